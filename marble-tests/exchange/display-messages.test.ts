import { DisplayMessages, Exchange } from 'rx-actors';
import { describe, expect, it, vi } from 'vitest';
import { marbles } from '../marbles.js';
import { reportTo } from '../recorder.js';

describe('DisplayMessages', () => {
  it('numbers and shows what it is sent', () => {
    const lines: string[] = [];
    const display = new DisplayMessages((line) => lines.push(line));
    ['hello', 3, { price: 12 }, undefined, null, ['a', 1n]].forEach((message) => display.send(message));
    expect(lines).toEqual([
      "msg[1]: 'hello'",
      'msg[2]: 3',
      'msg[3]: { price: 12 }',
      'msg[4]: undefined',
      'msg[5]: null',
      "msg[6]: ['a', 1n]",
    ]);
    expect(display.count).toBe(6);
  });

  it('writes to the console unless told where', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    new DisplayMessages().send('hello');
    expect(log.mock.calls).toEqual([["msg[1]: 'hello'"]]);
    log.mockRestore();
  });

  it(
    'shows what goes through an exchange, from when it is attached',
    marbles(({ hot, system, probe, expectMessages }) => {
      const sent = hot('   -a--b--c-');
      const attach = hot(' --x------');
      const shown = '      ----1--2-';
      const exchange = new Exchange<string>({ system });
      const lines = probe<string>();
      sent.subscribe((message) => exchange.send(message));
      attach.subscribe(() => exchange.attach(new DisplayMessages((line) => lines.send(line))));
      expectMessages(lines).toBe(shown, { 1: "msg[1]: 'b'", 2: "msg[2]: 'c'" });
    }),
  );

  it(
    'O6 is reported when its write throws, and counts on',
    marbles(({ hot, system, probe, expectMessages }) => {
      const exchange = new Exchange<string>({ system });
      const unhandled = probe();
      reportTo(unhandled);
      exchange.attach(
        new DisplayMessages((line) => {
          throw line;
        }),
      );
      hot('                        -a-b-').subscribe((message) => exchange.send(message));
      expectMessages(unhandled).toBe('-1-2-', { 1: "msg[1]: 'a'", 2: "msg[2]: 'b'" });
    }),
  );

  it.each([null, 3, 'stdout', {}])('refuses %o as write', (write: any) => {
    expect(() => new DisplayMessages(write)).toThrow(/^Expected `write` to be a function, got /);
  });
});
