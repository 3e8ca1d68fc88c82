import { describe, expect, it } from 'vitest';
import { WatchList } from '../../src/internal/watch-list.js';

/** A list with so many listeners, what they are told, and how each one leaves. */
function watched(count: number) {
  const list = new WatchList();
  const log: string[] = [];
  const watches = Array.from({ length: count }, (_, n) =>
    list.add({ ended: (termination) => log.push(`${n}:${String(termination)}`) }),
  );
  return { list, log, watches };
}

describe('WatchList', () => {
  it('tells everybody in the order in which they came, once', () => {
    const { list, log } = watched(3);
    list.tell('x');
    list.tell('y');
    expect(log).toEqual(['0:x', '1:x', '2:x']);
  });

  it.each([0, 1, 2])('tells nothing to number %d of three when it has left', (gone) => {
    const { list, log, watches } = watched(3);
    watches[gone].cancel();
    watches[gone].cancel();
    list.add({ ended: () => log.push('late') });
    list.tell('x');
    expect(log).toEqual([...[0, 1, 2].filter((n) => n !== gone).map((n) => `${n}:x`), 'late']);
  });

  it('has place for others when all have left', () => {
    const { list, log, watches } = watched(2);
    for (const watch of watches) watch.cancel();
    list.add({ ended: () => log.push('late') });
    list.tell('x');
    expect(log).toEqual(['late']);
  });

  it('lets one leave while others are told, and those who were told leave for nothing', () => {
    const list = new WatchList();
    const log: string[] = [];
    const first = list.add({
      ended: () => {
        log.push('first');
        second.cancel();
        first.cancel();
      },
    });
    const second = list.add({ ended: () => log.push('second') });
    list.add({ ended: () => log.push('third') });
    list.tell('x');
    first.cancel();
    second.cancel();
    list.add({ ended: () => log.push('late') });
    list.tell('x');
    expect(log).toEqual(['first', 'third', 'late']);
  });
});
