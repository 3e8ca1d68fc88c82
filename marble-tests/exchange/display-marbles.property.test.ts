import fc from 'fast-check';
import { Subject } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { displayMarbles, type MarbleRecorder } from 'rx-actors';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';

type Messages = ReturnType<typeof TestScheduler.parseMarbles>;

/** What a test reads that the diagram was pasted into; only inside a run, where a character is a millisecond. */
function parsed<T>({ text, values, error }: MarbleRecorder<T>): Messages {
  return TestScheduler.parseMarbles(text, values, error, false, true);
}

/** What a source emits that may emit anything after its end, too. */
function untilTheEnd(messages: Messages): Messages {
  const end = messages.findIndex(({ notification }) => notification.kind !== 'N');
  return end < 0 ? messages : messages.slice(0, end + 1);
}

const letters = fc.constantFrom('a', 'b', 'c', 'm', 's', 'Z', '0', '1', '2', '5', 'é');
const marble = fc.oneof({ weight: 30, arbitrary: letters }, { weight: 1, arbitrary: fc.constantFrom('|', '#') });
const group = fc.array(fc.oneof(marble, fc.constant(' ')), { maxLength: 5 }).map((inner) => `(${inner.join('')})`);
const pause = fc
  .tuple(fc.oneof(fc.nat({ max: 25 }), fc.nat({ max: 2000 })), fc.constantFrom('ms', 'ms', 's', 'm'))
  .map(([length, unit]) => ` ${length}${unit} `);
const dashes = fc.nat({ max: 25 }).map((length) => '-'.repeat(length));
const diagrams = fc.array(fc.oneof(marble, marble, group, pause, dashes, fc.constant(' ')), { maxLength: 25 });
const values = fc.dictionary(letters, fc.oneof(fc.anything(), letters, fc.constantFrom(0, -0, NaN, undefined)), {
  minKeys: 10,
  noNullPrototype: true,
});

// RxJS takes a falsy error for none.
const errors = fc.anything().filter(Boolean);

describe('displayMarbles under random traffic', () => {
  it('gives a diagram that emits the same again, in the same frames', () => {
    fc.assert(
      fc.property(diagrams, fc.option(values), errors, (parts, byLetter, error) => {
        let emitted: Messages = [];
        let read: Messages = [];
        let recorder!: MarbleRecorder<unknown>;
        marbles(({ cold, flush }) => {
          const source = cold<unknown>(parts.join(''), byLetter ?? undefined, error);
          recorder = displayMarbles(source, { limit: 10_000 });
          flush();
          emitted = untilTheEnd(source.messages);
          read = parsed(recorder);
        })();
        expect(read).toStrictEqual(emitted);
        expect(recorder.notes).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('loses nothing and keeps the order at any pace, and tells how late it draws', () => {
    const pauses = fc.array(
      fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 100 }), fc.float({ min: 0, max: 10, noNaN: true })),
    );
    const frames = fc.constantFrom(0.001, 0.1, 1, 3, 10, 1000);
    fc.assert(
      fc.property(pauses, frames, (gaps, frame) => {
        let now = 1e12;
        const source = new Subject<number>();
        const recorder = displayMarbles(source, { frame, scheduler: { now: () => now } });
        const times = gaps.map((gap, n) => {
          now += gap;
          source.next(n);
          return now - 1e12;
        });
        let read: Messages = [];
        marbles(() => {
          read = parsed(recorder);
        })();
        expect(read.map(({ notification }) => notification)).toEqual(
          times.map((_, value) => expect.objectContaining({ kind: 'N', value })),
        );
        const delays = read.map((message, n) => message.frame - Math.round(times[n] / frame));
        const late = delays.filter((delay) => delay !== 0).length;
        expect(Math.min(0, ...delays)).toBe(0);
        expect(recorder.notes).toEqual(
          late === 0
            ? []
            : [
                expect.stringContaining(
                  `${late} of ${times.length} notifications stand up to ${Math.max(...delays)} frames late`,
                ),
              ],
        );
      }),
      { numRuns: 2000 },
    );
  });
});
