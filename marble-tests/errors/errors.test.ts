import {
  ActorClosedError,
  ActorError,
  ActorExit,
  ActorFailedError,
  AskTimeoutError,
  ChildFailedError,
  ExchangeClosedError,
  MailboxFullError,
  ResultCancelledError,
  StashFullError,
  SystemClosedError,
  type ActorErrorCode,
} from 'rx-actors';
import { describe, expect, it } from 'vitest';

const cause = new Error('cause');
const cases: [ActorError, string, ActorErrorCode, object, RegExp][] = [
  [new ActorExit('a'), 'ActorExit', 'actor-exit', { actor: 'a' }, /"a"/],
  [new ActorClosedError('a', { cause }), 'ActorClosedError', 'actor-closed', { actor: 'a', cause }, /"a" has ended/],
  [
    new ActorFailedError('a', 'broke', { cause }),
    'ActorFailedError',
    'actor-failed',
    { actor: 'a', cause },
    /"a" broke/,
  ],
  [new AskTimeoutError('a', 30), 'AskTimeoutError', 'ask-timeout', { actor: 'a', timeout: 30 }, /"a".* 30 ms/],
  [new MailboxFullError('a', 2), 'MailboxFullError', 'mailbox-full', { actor: 'a', capacity: 2 }, /"a" is full/],
  [new ResultCancelledError(), 'ResultCancelledError', 'result-cancelled', {}, /cancelled/],
  [new ExchangeClosedError('e', { cause }), 'ExchangeClosedError', 'exchange-closed', { exchange: 'e', cause }, /"e"/],
  [
    new ChildFailedError('a', 'c', { cause }),
    'ChildFailedError',
    'child-failed',
    { actor: 'a', child: 'c', cause },
    /"c"/,
  ],
  [new StashFullError('a', 3), 'StashFullError', 'stash-full', { actor: 'a', capacity: 3 }, /"a"/],
  [new SystemClosedError('s'), 'SystemClosedError', 'system-closed', { system: 's' }, /"s" is closed/],
];
const named = cases.map(([error, name, ...rest]) => [name, error, ...rest] as const);

describe('errors', () => {
  it.each(named)('%s has its name, code and fields', (name, error, code, fields, message) => {
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(ActorError);
    expect(error.name).toBe(name);
    expect(error.constructor.name).toBe(name);
    expect(error.code).toBe(code);
    // By this another copy of the package knows it, and any tool that looks.
    expect((error as object as Record<symbol, unknown>)[Symbol.for('rx-actors.error')]).toBe(true);
    expect(error).toMatchObject(fields);
    expect(error.message).toMatch(message);
    expect(error.stack).toContain('errors.test.ts');
  });

  it.each(named.filter(([, , , fields]) => !('cause' in fields)))(
    '%s has no cause unless it is given one',
    (_, error) => {
      expect('cause' in error).toBe(false);
    },
  );

  it('has a code of its own for every class', () => {
    expect(new Set(cases.map(([, , code]) => code)).size).toBe(cases.length);
  });
});
