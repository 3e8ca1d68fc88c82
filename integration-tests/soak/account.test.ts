import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

interface Message {
  expect(more?: number): void;
  begin(): void;
  putAside(): void;
  done(): void;
  doneLater(): void;
  answered(): void;
  cancel(): void;
  cancelRest(): void;
  refused(): void;
  failing(delivery: boolean): void;
  letter(reason: string): void;
}

interface Account {
  readonly settled: boolean;
  message(properties?: object, due?: number): Message;
  draft(properties?: object, limit?: number): Message;
  close(): void;
}

interface Ledger {
  readonly sent: number;
  readonly fates: Record<string, number>;
  readonly faults: Record<string, number>;
}

let modules: { Ledger: new () => Ledger; Account: new (scene: string, ledger: Ledger) => Account };
beforeAll(async () => {
  const paths = ['./ledger.mjs', './account.mjs'];
  modules = Object.assign({}, ...(await Promise.all(paths.map((path) => import(/* @vite-ignore */ path)))));
}, 60_000);

let ledger: Ledger;
let account: Account;
beforeEach(() => {
  ledger = new modules.Ledger();
  account = new modules.Account('a scene', ledger);
});

/** Closes the account: how many were sent, which fates they have met, and what was wrong. */
function closed(): { sent: number; fates: Record<string, number>; lost: number; doubled: number; wrong: number } {
  account.close();
  const { sent, fates, faults } = ledger;
  return { sent, fates, ...(faults as { lost: number; doubled: number; wrong: number }) };
}

const fine = { lost: 0, doubled: 0, wrong: 0 };

describe('E8 the account of a soak', () => {
  it('adds up messages that were processed, failed, cancelled or dead letters', () => {
    const [processed, failed, cancelled, late, asked] = Array.from({ length: 5 }, () => account.message());
    processed.begin();
    processed.done();
    failed.begin();
    failed.failing(false);
    failed.letter('failed');
    cancelled.cancel();
    late.letter('closed');
    asked.begin();
    asked.answered();
    expect(account.settled).toBe(true);
    expect(closed()).toEqual({ ...fine, sent: 5, fates: { processed: 2, failed: 1, cancelled: 1, closed: 1 } });
  });

  it('finds one message that was lost', () => {
    for (let n = 0; n < 100; n++) account.message().letter('closed');
    account.message().begin();
    expect(account.settled).toBe(false);
    expect(closed()).toEqual({ ...fine, lost: 1, sent: 101, fates: { closed: 100 } });
  });

  it('finds a message that was begun with twice', () => {
    const message = account.message();
    message.begin();
    message.begin();
    message.done();
    expect(closed()).toMatchObject({ doubled: 1 });
  });

  it('finds a message that is processed and a dead letter', () => {
    const message = account.message();
    message.begin();
    message.done();
    message.letter('killed');
    expect(closed()).toMatchObject({ doubled: 1 });
  });

  it('finds a message that is two dead letters, and one that is a dead letter and cancelled', () => {
    const [first, second] = [account.message(), account.message()];
    first.letter('closed');
    first.letter('closed');
    second.letter('overflow');
    second.cancel();
    expect(closed()).toMatchObject({ doubled: 2 });
  });

  it('finds what comes when the account is closed already', () => {
    const message = account.message();
    message.letter('closed');
    expect(closed()).toMatchObject(fine);
    message.begin();
    expect(ledger.faults).toMatchObject({ doubled: 0 });
    message.done();
    expect(ledger.faults).toMatchObject({ doubled: 1 });
  });

  it('takes back what a Promise has done when the actor was ended before it was heard, once', () => {
    const message = account.message();
    message.begin();
    message.doneLater();
    message.letter('killed');
    message.letter('killed');
    expect(closed()).toEqual({ ...fine, doubled: 1, sent: 1, fates: { processed: 0, killed: 1 } });
  });

  it('does not take it back for a failure, which could not be', () => {
    const message = account.message();
    message.begin();
    message.doneLater();
    message.failing(false);
    message.letter('failed');
    expect(closed()).toMatchObject({ doubled: 1 });
  });

  it('lets a message begin again that was put aside', () => {
    const message = account.message();
    message.begin();
    message.putAside();
    message.begin();
    message.done();
    expect(closed()).toMatchObject(fine);
  });

  it('counts a draft that was sent, and none that was not', () => {
    account.draft();
    const [processed, dead, often] = [account.draft(), account.draft(), account.draft({}, 2)];
    processed.begin();
    processed.done();
    dead.letter('closed');
    for (let n = 0; n < 2; n++) {
      often.begin();
      often.done();
    }
    expect(closed()).toEqual({ ...fine, sent: 4, fates: { processed: 3, closed: 1 } });
  });

  it('finds a draft that was begun with and lost, and one that comes too often', () => {
    account.draft().begin();
    const twice = account.draft();
    twice.letter('closed');
    twice.letter('closed');
    expect(closed()).toMatchObject({ lost: 1, doubled: 1 });
  });

  it('wants a publication to reach as many as there are', () => {
    const [reached, missing] = [account.message({}, 2), account.message({}, 2)];
    reached.expect();
    for (let n = 0; n < 3; n++) {
      reached.begin();
      reached.done();
    }
    missing.begin();
    missing.done();
    expect(closed()).toMatchObject({ lost: 1, sent: 5, fates: { processed: 4 } });
  });

  it('books what the rest of those that were asked are spared', () => {
    const message = account.message({}, 3);
    message.begin();
    message.done();
    message.cancelRest();
    expect(closed()).toEqual({ ...fine, sent: 3, fates: { processed: 1, cancelled: 2 } });
  });

  it('finds an ask that fails without a dead letter, and one that completes though nobody began with it', () => {
    account.message({ asked: true }).refused();
    account.message({ asked: true }).answered();
    expect(closed()).toMatchObject({ wrong: 2, lost: 1 });
  });

  it("finds a dead letter 'failed' that no failure has preceded", () => {
    account.message().letter('failed');
    expect(closed()).toMatchObject({ wrong: 1 });
  });
});
