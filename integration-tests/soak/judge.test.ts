import { beforeAll, describe, expect, it } from 'vitest';

interface Sample {
  readonly elapsed: number;
  readonly sent: number;
  readonly fates: Readonly<Record<string, number>>;
  readonly heap: number;
  readonly alive: number;
  readonly standing: number;
}

interface Result {
  readonly samples: readonly Sample[];
  readonly faults: Readonly<Record<string, number>>;
  readonly details: readonly string[];
}

let judge: (result: Result) => string[];
beforeAll(async () => {
  const path = './judge.mjs';
  ({ judge } = (await import(/* @vite-ignore */ path)) as { judge: typeof judge });
}, 60_000);

const none = { lost: 0, doubled: 0, wrong: 0 };

/** Five minutes, a sample every five seconds, with a heap that `heap` makes out of the time. */
function run(heap: (elapsed: number) => number, change: Partial<Sample> = {}): Result {
  const samples = Array.from({ length: 60 }, (_, index) => {
    const elapsed = 5 * (index + 1);
    const usual = { elapsed, sent: 1_000 * index, fates: { processed: 1_000 * index }, alive: 8, standing: 8 };
    return { ...usual, heap: heap(elapsed), ...(index === 59 ? change : {}) };
  });
  return { samples, faults: none, details: [] };
}

/** Between -1 and 1, the same every time. */
const noise = (elapsed: number): number => Math.sin(elapsed * 12.9898);

describe('the judge of a soak', () => {
  it('finds nothing wrong with a heap that is steady but for some noise', () => {
    expect(judge(run((elapsed) => 12 + 0.5 * noise(elapsed)))).toEqual([]);
  });

  it('finds nothing wrong with a heap that warms up and is steady then', () => {
    expect(judge(run((elapsed) => 12 - 6 * Math.exp(-elapsed / 30)))).toEqual([]);
  });

  it('does not take a few samples that stick out for growth, not even late ones', () => {
    expect(judge(run((elapsed) => (elapsed > 285 ? 40 : 12)))).toEqual([]);
  });

  it('fails a heap that grows by less than half a megabyte a minute, as little as it sticks out of the noise', () => {
    expect(judge(run((elapsed) => 12 + (0.45 * elapsed) / 60 + 0.5 * noise(elapsed)))).toEqual([
      expect.stringMatching(/^the heap grew by 1\.\d\d MB in the second half, 1\.00 MB are allowed$/),
    ]);
  });

  it('fails a large heap that grows by a small part of itself', () => {
    expect(judge(run((elapsed) => 200 + (2 * elapsed) / 60))).toEqual([]);
    expect(judge(run((elapsed) => 200 + (4 * elapsed) / 60))).toHaveLength(1);
  });

  it('says nothing of growth in a run of less than three minutes, where the heap is still warming up', () => {
    const { samples } = run((elapsed) => elapsed);
    expect(judge({ samples: samples.slice(0, 35), faults: none, details: [] })).toEqual([]);
    expect(judge({ samples: samples.slice(0, 36), faults: none, details: [] })).toHaveLength(1);
  });

  it('says nothing of growth by a few samples', () => {
    const { samples } = run((elapsed) => elapsed);
    expect(judge({ samples: samples.slice(49), faults: none, details: [] })).toEqual([]);
    expect(judge({ samples: samples.slice(48), faults: none, details: [] })).toHaveLength(1);
  });

  it('E8 fails when one message of many was lost', () => {
    const lost = run(() => 12, { sent: 59_000, fates: { processed: 58_900, failed: 99 } });
    expect(judge(lost)).toEqual(['after 300.0 s 59000 were sent, and 58999 have met a fate']);
  });

  it('E8 fails when one message of many was processed twice', () => {
    const doubled = run(() => 12, { sent: 59_000, fates: { processed: 59_001 } });
    expect(judge(doubled)).toEqual(['after 300.0 s 59000 were sent, and 59001 have met a fate']);
  });

  it('E9 fails when an actor is left', () => {
    expect(judge(run(() => 12, { alive: 9 }))).toEqual(['after 300.0 s 9 actors are alive, not 8']);
  });

  it('fails when the ledger has found anything', () => {
    const found = { ...run(() => 12), faults: { ...none, wrong: 1 }, details: ['wrong: tell: too late'] };
    expect(judge(found)).toEqual(['1 × wrong', 'wrong: tell: too late']);
  });

  it('fails when there was nothing to judge', () => {
    expect(judge({ samples: [], faults: none, details: [] })).toEqual(['no sample was taken']);
  });
});
