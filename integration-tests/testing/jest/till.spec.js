import { describe, expect, test } from '@jest/globals';
import { AskTimeoutError, askWith, displayMarbles, restart } from 'rx-actors';
import { of, timer } from 'rxjs';
import { map } from 'rxjs/operators';
import { marbles } from './marbles.js';

const PRICES = { apple: 3, bread: 4 };

/** Looks up the price of an article, which takes 3 ms. */
const scan = (article) => {
  if (!(article in PRICES)) throw new RangeError(`no such article: ${article}`);
  return timer(3).pipe(map(() => ({ article, price: PRICES[article], at: Math.random() })));
};

const goods = { a: 'apple', b: 'bread', x: 'xylophone' };

describe('a till', () => {
  test(
    'scans one article after another',
    marbles(({ send, system, expectObservable }) => {
      const till = system.actor(scan);
      send(till, '                -(ab)-----|', goods);
      expectObservable(till).toBe('----a--b--|', {
        a: { article: 'apple', price: 3, at: expect.any(Number) },
        b: expect.objectContaining({ article: 'bread' }),
      });
    }),
  );

  test(
    'looks up the next price when the one before has come',
    marbles(({ cold, send, system, expectSubscriptions }) => {
      const lookUp = cold('---p|');
      const till = system.actor(() => lookUp);
      send(till, '                                 -(ab)------', goods);
      expectSubscriptions(lookUp.subscriptions).toBe(['-^---!', '-----^---!']);
    }),
  );

  test(
    'adds up',
    marbles(({ send, system, expectState }) => {
      const sum = system.statefulActor((total, price) => total + price, 0);
      send(sum, '            --a--b', { a: 3, b: 4 });
      expectState(sum).toBe('0-3--7', { 0: 0, 3: 3, 7: 7 });
    }),
  );

  test(
    'goes on after an article that it does not know',
    marbles(({ send, system, expectFailures, expectDeadLetters, expectObservable }) => {
      const till = system.actor(scan, { name: 'till', supervision: restart() });
      send(till, '                -x-a', goods);
      expectObservable(till).toBe('------p', { p: expect.objectContaining({ price: 3 }) });
      expectFailures().toBe('     -f', { f: { actor: 'till', error: new RangeError('no such article: xylophone') } });
      expectDeadLetters().toBe('  -x', { x: { message: 'xylophone', reason: 'failed' } });
    }),
  );

  test(
    'ends when it is killed, and loses what it was at',
    marbles(({ hot, send, system, expectDeadLetters, expectTerminated }) => {
      const till = system.actor(scan);
      send(till, '                 -a---', goods);
      hot('                        --k').subscribe(() => till.kill());
      expectTerminated(till).toBe('--k');
      expectDeadLetters().toBe('   --a', { a: { message: 'apple', reason: expect.any(String) } });
    }),
  );

  test(
    'leaves nothing behind once it is closed',
    marbles(
      ({ send, system, expectTerminated }) => {
        const till = system.actor(scan);
        send(till, '                 -a---|', goods);
        expectTerminated(till).toBe('-----c');
      },
      { mayRemain: 'nothing' },
    ),
  );
});

describe('a probe in the place of a till', () => {
  test(
    'replies, ignores and fails as it is told',
    marbles(({ hot, probe, expectMessages, expectObservable }) => {
      const till = probe((article) => of(PRICES[article]));
      hot('--i').subscribe(() => till.ignore());
      hot('------f').subscribe(() => till.failWith('out of paper'));
      const prices = (articles) => hot(articles, goods).pipe(askWith(till, { timeout: 2 }));
      expectObservable(prices('-a')).toBe('      -p', { p: 3 });
      expectObservable(prices('---b')).toBe('    -----#', {}, expect.any(AskTimeoutError));
      expectObservable(prices('-------a')).toBe('-------#', {}, 'out of paper');
      expectMessages(till).toBe('               -a-b---a', goods);
    }),
  );
});

describe('a recorded morning', () => {
  let recorder;
  let kept;

  test(
    'is recorded, and kept as JSON',
    marbles(({ send, system }) => {
      const sales = system.exchange('sales');
      recorder = displayMarbles(sales);
      send(sales, '-a- 1s b-(ab)-|', { a: { article: 'apple' }, b: { article: 'bread' } });
    }),
  );

  test(
    'happens again',
    marbles(({ send, system, probe, expectMessages, expectObservable }) => {
      kept = JSON.parse(JSON.stringify(recorder));
      const sales = system.exchange('sales');
      const inbox = probe();
      sales.attach(inbox);
      send(sales, kept);
      expectObservable(sales).toBe(recorder);
      expectMessages(inbox).toBe('-a- 1s b-(ab)', { a: { article: 'apple' }, b: { article: 'bread' } });
    }),
  );
});
