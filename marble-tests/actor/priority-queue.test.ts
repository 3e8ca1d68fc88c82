import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Misfit, unwrapped, UpstreamError } from '../../src/actor/envelope.js';
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

  it.each([
    ['once when it comes at its turn', [1, 2, 3, 4, 5, 6, 7], 6],
    ['once for each level when it comes before all others', [7, 6, 5, 4, 3, 2, 1], 10],
  ])('asks compare about a message %s', (_, ranks, times) => {
    let compared = 0;
    const queue = new PriorityQueue<Item>((a, b) => {
      compared++;
      return a.rank - b.rank;
    });
    ranks.forEach((rank, order) => queue.push({ rank, order }));
    expect(compared).toBe(times);
  });

  it('gives undefined when it is empty', () => {
    const queue = new PriorityQueue<Item>((a, b) => a.rank - b.rank);
    expect(queue.shift()).toBe(undefined);
    queue.push({ rank: 1, order: 0 });
    expect([queue.shift(), queue.shift(), queue.length]).toEqual([{ rank: 1, order: 0 }, undefined, 0]);
  });

  it('has at once what compare pushes', () => {
    const seen: number[][] = [];
    const queue = new PriorityQueue<Item>((a, b) => {
      if (seen.length === 0) queue.push({ rank: 0, order: 2 });
      seen.push([queue.length, ...Array.from(queue, orderOf)]);
      return a.rank - b.rank;
    });
    [2, 1].forEach((rank, order) => queue.push({ rank, order }));
    expect(seen[0]).toEqual([3, 0, 1, 2]);
    expect(drain(queue).map(orderOf)).toEqual([2, 1, 0]);
  });

  it('E8 gives everything once when compare takes out all that is left', () => {
    const out: number[] = [];
    const take = () => out.push(orderOf(queue.shift()));
    let takes = false;
    const queue = new PriorityQueue<Item>((a, b) => {
      if (takes) while (queue.length > 0) take();
      return a.rank - b.rank;
    });
    for (let order = 0; order < 4; order++) queue.push({ rank: order, order });
    takes = true;
    take();
    expect(out.sort()).toEqual([0, 1, 2, 3]);
  });

  it.each<[string, ('push' | 'shift' | 'throw')[]]>([
    ['once, misfits first, then the least, when compare throws', ['throw']],
    ['once, misfits first, then the least, when compare pushes', ['push']],
    ['once, misfits first, then the least, when compare pushes and throws', ['push', 'throw']],
    ['once, though in any order, when compare shifts too', ['push', 'shift', 'throw']],
  ])('M3 E8 gives everything %s', (title, able) => {
    const rank = fc.nat(9);
    const step = fc.oneof({ weight: 3, arbitrary: rank }, { weight: 2, arbitrary: fc.constant('shift' as const) });
    const nothing = { weight: 4, arbitrary: fc.constant([]) };
    const actions = fc.oneof(nothing, { weight: 1, arbitrary: fc.array(fc.constantFrom(...able), { maxLength: 3 }) });
    fc.assert(
      fc.property(
        fc.array(rank, { minLength: 10, maxLength: 40 }),
        fc.array(step, { maxLength: 60 }),
        fc.array(actions, { maxLength: 60 }),
        (ranks, program, inCompare) => {
          let sent = 0;
          const waiting = new Set<Item>();
          const misfits = new Set<Item>();
          const push = (rank: number) => {
            const item = { rank, order: sent++ };
            waiting.add(item);
            queue.push(item);
          };
          const next = () => {
            const first = (item: Item) => (misfits.has(item) ? -1 : item.rank);
            return [...waiting].sort((a, b) => first(a) - first(b) || a.order - b.order)[0];
          };
          const shift = () => {
            const entry = queue.shift();
            const item = unwrapped(entry) as Item;
            expect(waiting.delete(item)).toBe(true);
            expect(entry instanceof Misfit).toBe(misfits.has(item));
            return item;
          };
          let calls = -ranks.length;
          const queue = new PriorityQueue<Item>((a, b) => {
            for (const each of inCompare[calls++] ?? []) {
              if (each === 'push') push(calls % 10);
              else if (each === 'shift') {
                if (queue.length > 0) shift();
              } else {
                const later = a.order > b.order ? a : b;
                if (waiting.has(later)) misfits.add(later);
                throw new Error('bad');
              }
            }
            return a.rank - b.rank;
          });
          const shiftNext = () => {
            if (waiting.size === 0) return;
            const expected = next();
            const given = shift();
            if (!title.includes('in any order')) expect(given).toBe(expected);
          };
          ranks.forEach(push);
          for (const each of program) {
            if (each === 'shift') shiftNext();
            else push(each);
          }
          while (waiting.size > 0) shiftNext();
          expect(queue.length).toBe(0);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

function orderOf(entry: unknown): number {
  return ((entry instanceof Misfit ? entry.entry : entry) as Item).order;
}
