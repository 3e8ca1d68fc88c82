import { of, type ObservableInput } from 'rxjs';
import { ActorSystem } from 'rx-actors';
import { describe, expect, it } from 'vitest';

const COUNT = 1_000_000;

const behaviors: Record<string, (n: number) => ObservableInput<number> | undefined> = {
  nothing: () => undefined,
  array: (n) => [n],
  Observable: (n) => of(n),
  iterable: (n) => new Set([n]),
  Promise: (n) => Promise.resolve(n),
};

describe('a backlog of a million behind an asynchronous message', () => {
  it.each([...Object.keys(behaviors), 'all of them mixed'])(
    'O4.1 O4.2 is processed, each message once and in order: %s',
    { timeout: 120_000 },
    async (kind) => {
      const kinds = Object.values(behaviors);
      const behavior = kind in behaviors ? behaviors[kind] : undefined;
      let inOrder = true;
      let next = 0;
      let outputs = 0;
      const worker = new ActorSystem().actor((n: number) => {
        inOrder &&= n === next++;
        if (n === 0) return new Promise<number>((resolve) => setTimeout(() => resolve(0), 10));
        return (behavior ?? kinds[n % kinds.length])(n);
      });
      worker.subscribe((n) => (outputs += n));
      for (let n = 0; n < COUNT; n++) worker.send(n);
      expect(worker.pending).toBe(COUNT);
      await worker[Symbol.asyncDispose]();
      const all = ((COUNT - 1) * COUNT) / 2;
      let mixed = 0;
      for (let n = 0; n < COUNT; n++) if (n % kinds.length !== 0) mixed += n;
      expect({ inOrder, next, outputs }).toEqual({
        inOrder: true,
        next: COUNT,
        outputs: kind === 'nothing' ? 0 : behavior === undefined ? mixed : all,
      });
    },
  );
});
