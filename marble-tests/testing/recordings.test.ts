import { delay, of } from 'rxjs';
import { displayMarbles, type MarbleRecorder, type MarbleRecording } from 'rx-actors';
import { marbles as run } from 'rx-actors/testing';
import { describe, expect, it } from 'vitest';
import { marbles } from '../marbles.js';
import { failing } from './failing.js';

interface Order {
  readonly id: number;
}

/** What an exchange carried while a program ran. */
function recorded(marblesSent: string, error?: unknown): MarbleRecorder<Order> {
  let recorder!: MarbleRecorder<Order>;
  run(({ system, send }) => {
    const orders = system.exchange<Order>('orders');
    recorder = displayMarbles(orders);
    send(orders, marblesSent, { a: { id: 1 }, b: { id: 2 } }, error);
  })();
  return recorder;
}

describe('recorded traffic', () => {
  it('runs as a test: it is sent again, and expected', () => {
    const recording = recorded('--a-(ab)- 250ms b|');
    expect(recording.text).toBe('--a-(ab) 251ms b|');
    marbles(({ system, probe, send, expectMessages, expectObservable }) => {
      const orders = system.exchange<Order>('orders');
      const sent = probe<Order>();
      orders.attach(sent);
      send(orders, recording);
      expectObservable(orders).toBe(recording);
      expectMessages(sent).toBe('--a-(ab)- 250ms b', { a: { id: 1 }, b: { id: 2 } });
    })();
  });

  it('runs as a test after it was kept as JSON, its error as its message', () => {
    const kept = JSON.parse(JSON.stringify(recorded('-a-b#', new Error('lost')))) as MarbleRecording<Order>;
    expect(kept).toEqual({ text: '-a-b#', values: { a: { id: 1 }, b: { id: 2 } }, error: 'lost' });
    marbles(({ system, send, expectObservable }) => {
      const orders = system.exchange<Order>('orders');
      send(orders, kept);
      expectObservable(orders).toBe(kept);
    })();
  });

  it('keeps the end, and an error that is none', () => {
    expect(JSON.parse(JSON.stringify(recorded('-a|')))).toEqual({ text: '-a|', values: { a: { id: 1 } } });
    expect(JSON.parse(JSON.stringify(recorded('-#', 'plain')))).toEqual({ text: '-#', values: {}, error: 'plain' });
  });

  it('fails when the program does something else now', () => {
    const answers = { text: '--x', values: { x: { id: 1 } } };
    const error = failing(({ system, send, expectObservable, scheduler }) => {
      const service = system.actor((order: Order) => of(order).pipe(delay(2, scheduler)));
      send(service, { text: '-a', values: { a: { id: 1 } } });
      expectObservable(service).toBe(answers);
    });
    expect(error.message).toContain('Expected: "--x"\nReceived: "---x"');
  });
});
