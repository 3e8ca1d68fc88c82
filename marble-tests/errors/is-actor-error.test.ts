import { ActorClosedError, AskTimeoutError, isActorError } from 'rx-actors';
import { describe, expect, it } from 'vitest';

/** An error class as another copy of the package would define it. */
class ForeignError extends Error {
  readonly code = 'actor-closed';
  get [Symbol.for('rx-actors.error')](): true {
    return true;
  }
}

describe('isActorError', () => {
  it('tells ours from any other value', () => {
    expect(isActorError(new ActorClosedError('a'))).toBe(true);
    for (const other of [undefined, null, 3, 'actor-closed', {}, new Error('x'), { code: 'actor-closed' }, () => 1]) {
      expect(isActorError(other)).toBe(false);
    }
  });

  it('tells one code from another', () => {
    const error: unknown = new AskTimeoutError('a', 5);
    expect(isActorError(error, 'ask-timeout') && error.timeout).toBe(5);
    expect(isActorError(error, 'actor-closed')).toBe(false);
    expect(isActorError(new Error('x'), 'ask-timeout')).toBe(false);
  });

  it('knows the errors of another copy of the package', () => {
    const error = new ForeignError('foreign');
    expect(error).not.toBeInstanceOf(ActorClosedError);
    expect(isActorError(error)).toBe(true);
    expect(isActorError(error, 'actor-closed')).toBe(true);
    expect(isActorError(error, 'mailbox-full')).toBe(false);
  });

  it('does not take a symbol of the same name for its mark', () => {
    expect(isActorError(Object.assign(new Error('x'), { [Symbol('rx-actors.error')]: true }))).toBe(false);
  });
});
