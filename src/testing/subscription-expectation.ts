import { difference } from './comparison.js';
import { drawnSubscription } from './drawing.js';
import type { Comparing, Expectation } from './expectation.js';
import { parseSubscription, type SubscriptionFrames } from './frames.js';
import type { Mismatch } from './mismatch.js';

/** Certain subscriptions at certain times are expected. */
export class SubscriptionExpectation implements Expectation {
  readonly #logs: readonly SubscriptionFrames[];
  #expected: readonly SubscriptionFrames[] | undefined;
  #where = new Error();

  constructor(logs: readonly SubscriptionFrames[]) {
    this.#logs = logs;
  }

  get ready(): boolean {
    return this.#expected !== undefined;
  }

  marbles(marbles: string | readonly string[]): void {
    this.#where = new Error();
    this.#expected = [marbles]
      .flat()
      .map((diagram) => parseSubscription(diagram))
      .filter(({ subscribedFrame }) => subscribedFrame !== Infinity);
  }

  mismatch({ assertDeepEqual, frames }: Comparing): Mismatch | undefined {
    const expected = this.#expected!.map(uniform);
    const received = this.#logs.map(uniform);
    const wrong = difference(assertDeepEqual, received, expected);
    if (wrong === undefined) return undefined;
    const notes = frames ? [`Frames expected:${listed(expected)}`, `Frames received:${listed(received)}`] : [];
    return {
      what: 'expectSubscriptions',
      expected: drawnAll(expected),
      received: drawnAll(received),
      notes,
      cause: wrong.cause,
      where: this.#where,
    };
  }
}

/** RxJS's own are of a class of its own. */
function uniform({ subscribedFrame, unsubscribedFrame }: SubscriptionFrames): SubscriptionFrames {
  return { subscribedFrame, unsubscribedFrame };
}

function drawnAll(subscriptions: readonly SubscriptionFrames[]): string {
  return subscriptions.map(drawnSubscription).join('", "');
}

function listed(subscriptions: readonly SubscriptionFrames[]): string {
  return subscriptions
    .map(({ subscribedFrame, unsubscribedFrame }) => `\n  ${subscribedFrame} to ${unsubscribedFrame}`)
    .join('');
}
