import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Misfit, UpstreamError } from '../../src/actor/envelope.js';
import { PriorityQueue } from '../../src/actor/priority-queue.js';

interface Item {
  readonly rank: number;
  readonly order: number;
}

const drain = (queue: PriorityQueue<Item>): unknown[] => {
  const entries: unknown[] = [];
  while (queue.length > 0) entries.push(queue.shift());
  return entries;
};

describe('PriorityQueue', () => {
  it('M3 gives the least first, stable among equals, however pushes and shifts are mixed', () => {
    const step = fc.oneof({ weight: 3, arbitrary: fc.nat(5) }, { weight: 2, arbitrary: fc.constant('shift') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (program) => {
        const queue = new PriorityQueue<Item>((a, b) => a.rank - b.rank);
        const model: Item[] = [];
        program.forEach((each, order) => {
          if (each === 'shift') {
            model.sort((a, b) => a.rank - b.rank || a.order - b.order);
            expect(queue.shift()).toBe(model.shift());
          } else {
            const item = { rank: each, order };
            queue.push(item);
            model.push(item);
          }
          expect(queue.length).toBe(model.length);
        });
      }),
    );
  });

  it('M3 lets nothing overtake an error, neither way', () => {
    const step = fc.oneof({ weight: 4, arbitrary: fc.nat(5) }, { weight: 1, arbitrary: fc.constant('error') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (program) => {
        const queue = new PriorityQueue<Item>((a, b) => a.rank - b.rank);
        const expected: unknown[] = [];
        let batch: Item[] = [];
        const flush = () => {
          expected.push(...batch.sort((a, b) => a.rank - b.rank || a.order - b.order));
          batch = [];
        };
        program.forEach((each, order) => {
          if (each === 'error') {
            const error = new UpstreamError(order);
            queue.push(error);
            flush();
            expected.push(error);
          } else {
            const item = { rank: each, order };
            queue.push(item);
            batch.push(item);
          }
        });
        flush();
        expect(drain(queue)).toEqual(expected);
      }),
    );
  });

  it('M3 loses and doubles nothing when compare throws: every entry comes once, bare or as a misfit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(9), { maxLength: 60 }),
        fc.array(fc.boolean(), { maxLength: 400 }),
        (ranks, throws) => {
          let calls = 0;
          const queue = new PriorityQueue<Item>((a, b) => {
            if (throws[calls++]) throw new Error(`call ${calls}`);
            return a.rank - b.rank;
          });
          const out: number[] = [];
          ranks.forEach((rank, order) => {
            queue.push({ rank, order });
            if (order % 3 === 2) out.push(orderOf(queue.shift()));
          });
          out.push(...drain(queue).map(orderOf));
          expect(out.sort((a, b) => a - b)).toEqual(ranks.map((_, order) => order));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('M3 blames the later one, which comes at once; the others keep their order', () => {
    const queue = new PriorityQueue<Item>((a, b) => {
      if (a.rank === 13 || b.rank === 13) throw new Error('unlucky');
      return a.rank - b.rank;
    });
    [2, 13, 1, 3].forEach((rank, order) => queue.push({ rank, order }));
    expect(drain(queue).map((entry) => (entry instanceof Misfit ? 'misfit' : (entry as Item).rank))).toEqual([
      'misfit',
      1,
      2,
      3,
    ]);
  });

  it('M3 compares a misfit no more that is put in again, and gives it before all others', () => {
    let compared = 0;
    const queue = new PriorityQueue<Item>((a, b) => {
      compared++;
      return a.rank - b.rank;
    });
    const misfit = new Misfit({ rank: 9, order: 0 }, new Error('bad'));
    queue.push({ rank: 1, order: 1 });
    queue.push(misfit);
    expect(queue.shift()).toBe(misfit);
    expect(compared).toBe(0);
    expect(drain(queue)).toEqual([{ rank: 1, order: 1 }]);
  });

  it('M3 takes NaN for equal', () => {
    const queue = new PriorityQueue<Item>(() => NaN);
    [3, 1, 2].forEach((rank, order) => queue.push({ rank, order }));
    expect(drain(queue).map(orderOf)).toEqual([0, 1, 2]);
  });

  it('E8 loses and doubles nothing when compare pushes into the same queue', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 40 }), fc.nat(60), fc.nat(9), (ranks, when, rank) => {
        let calls = 0;
        let pushed = 0;
        const queue = new PriorityQueue<Item>((a, b) => {
          if (calls++ === when) queue.push({ rank, order: ranks.length + pushed++ });
          return a.rank - b.rank;
        });
        ranks.forEach((each, order) => queue.push({ rank: each, order }));
        const out = drain(queue).map(orderOf);
        expect(out.sort((a, b) => a - b)).toEqual(Array.from({ length: ranks.length + pushed }, (_, n) => n));
      }),
      { numRuns: 1000 },
    );
  });
});

function orderOf(entry: unknown): number {
  return ((entry instanceof Misfit ? entry.entry : entry) as Item).order;
}
