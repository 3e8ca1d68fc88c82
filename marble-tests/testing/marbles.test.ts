import { asapScheduler, asyncScheduler, of, queueScheduler, scheduled } from 'rxjs';
import { ActorSystem, sendTo } from 'rx-actors';
import { marbles as run } from 'rx-actors/testing';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';

describe('marbles', () => {
  it(
    'joins the helpers of RxJS with a system and probes',
    marbles(({ hot, cold, time, system, probe, expectObservable, expectMessages, expectSubscriptions }) => {
      const source = hot('  -a-b-|');
      const subs = '        ^----!';
      const work = cold('    (x|) ');
      const result = '      -x-x-|';
      const received = '    -a-b--';
      const sent = probe<string>();
      const worker = system.actor(() => work);
      source.pipe(sendTo(sent)).subscribe(worker);
      expectObservable(worker).toBe(result);
      expectMessages(sent).toBe(received);
      expectSubscriptions(source.subscriptions).toBe(subs);
      expectSubscriptions(work.subscriptions).toBe(['-(^!)', '---(^!)']);
      probe<number>().send(time('---|'));
    }),
  );

  it('gives a fresh system to every run', () => {
    const systems: ActorSystem[] = [];
    const test = run(({ system }) => void systems.push(system));
    test();
    test();
    expect(systems[0]).toBeInstanceOf(ActorSystem);
    expect(systems[0]).not.toBe(systems[1]);
  });

  it('fails when a probe has not got what is expected', () => {
    const test = (expected: string) =>
      marbles(({ hot, probe, expectMessages }) => {
        const sent = probe<string>();
        hot('-a-b').subscribe((message) => sent.send(message));
        expectMessages(sent).toBe(expected);
      });
    expect(test('-a-b')).not.toThrow();
    for (const wrong of ['----', '-a--', '-a-c', '--ab', '-a-b-c', '-a-b-|']) expect(test(wrong)).toThrow();
  });

  it('compares by default, too', () => {
    const test = (expected: string) =>
      run(({ hot, expectObservable }) => {
        expectObservable(hot('-a-b-|')).toBe(expected);
      });
    expect(test('-a-b-|')).not.toThrow();
    for (const wrong of ['-a-c-|', '-a-b--', '-a-b-#', '-a--b|']) expect(test(wrong)).toThrow(/Expected[^]*Received/);
  });

  it.each([
    ['errors', new Error('one'), new Error('other')],
    ['undefined and null', undefined, null],
    ['NaN and null', NaN, null],
    ['sets', new Set([1]), new Set([2])],
    ['maps', new Map([[1, 1]]), new Map([[1, 2]])],
  ])('tells %s apart by default', (_, one, other) => {
    const test = (expected: unknown) =>
      run(({ hot, expectObservable }) => {
        expectObservable(hot('-a', { a: one as unknown })).toBe('-a', { a: expected });
      });
    expect(test(one)).not.toThrow();
    expect(test(other)).toThrow();
  });

  it('uses the comparison that it is given', () => {
    const compared: unknown[][] = [];
    run(({ hot, expectObservable }) => expectObservable(hot('a')).toBe('b'), {
      assertDeepEqual: (...pair) => compared.push(pair),
    })();
    expect(compared).toHaveLength(1);
  });

  it('throws what the body throws', () => {
    const test = marbles(() => {
      throw new Error('in the body');
    });
    expect(test).toThrow('in the body');
  });

  it('T2 leaves asapScheduler alive when the body throws while an action is pending', async () => {
    const ran: string[] = [];
    const test = marbles(({ system }) => {
      system.actor(() => void ran.push('actor')).send('a');
      asapScheduler.schedule(() => ran.push('asap'));
      throw new Error('in the body');
    });
    expect(test).toThrow('in the body');
    const after = await new Promise((resolve) => asapScheduler.schedule(resolve));
    expect(after).toBeUndefined();
  });

  it('T2 leaves asapScheduler alive when what is pending throws, or schedules itself for ever', async () => {
    const again = (): void => void asapScheduler.schedule(again);
    const test = marbles(() => {
      asapScheduler.schedule(() => {
        throw new Error('leftover');
      });
      asapScheduler.schedule(again);
      throw new Error('in the body');
    });
    expect(test).toThrow('in the body');
    await new Promise((resolve) => asapScheduler.schedule(resolve));
  });

  it(
    'T2 runs the next test as if nothing had happened',
    marbles(({ system, expectObservable }) => {
      const worker = system.actor((message: string) => scheduled(of(message), asapScheduler));
      worker.send('a');
      expectObservable(worker).toBe('a');
    }),
  );

  it(
    'T1 makes every scheduler of RxJS virtual',
    marbles(({ cold, expectObservable }) => {
      const schedulers = [asapScheduler, asyncScheduler, queueScheduler];
      for (const scheduler of schedulers) {
        expectObservable(scheduled(cold('a|'), scheduler)).toBe('a|');
      }
    }),
  );
});
