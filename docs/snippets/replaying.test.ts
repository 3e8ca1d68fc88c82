import { displayMarbles, type MarbleRecording } from 'rx-actors';
import { marbles } from 'rx-actors/testing';
import { it } from 'vitest';

interface Trade {
  readonly symbol: string;
  readonly price: number;
}

/** In the program: what an exchange carries, until it stops. */
let kept = '';
const program = marbles(({ system, send }) => {
  const trades = system.exchange<Trade>('trades');
  const recorder = displayMarbles(trades);
  send(trades, '-a--b|', { a: { symbol: 'ACME', price: 12 }, b: { symbol: 'ACME', price: 13 } });
  trades.subscribe({ complete: () => (kept = JSON.stringify(recorder)) });
});
program();

it(
  'does again what was recorded',
  marbles(({ system, send, expectState }) => {
    const recording = JSON.parse(kept) as MarbleRecording<Trade>;
    const highest = system.statefulActor((high: number, { price }: Trade) => Math.max(high, price), 0);
    send(highest, recording);
    expectState(highest).toBe('oa--b|', { o: 0, a: 12, b: 13 });
  }),
);
