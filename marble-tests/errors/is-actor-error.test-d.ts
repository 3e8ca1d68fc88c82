import {
  isActorError,
  type ActorClosedError,
  type ActorError,
  type ActorErrorCode,
  type ActorErrors,
  type AskTimeoutError,
} from 'rx-actors';
import { describe, expectTypeOf, it } from 'vitest';

declare const caught: unknown;

describe('isActorError', () => {
  it('narrows to the class of the code', () => {
    if (isActorError(caught)) expectTypeOf(caught).toEqualTypeOf<ActorError>();
    if (isActorError(caught, 'ask-timeout')) expectTypeOf(caught).toEqualTypeOf<AskTimeoutError>();
    if (isActorError(caught, 'actor-closed')) expectTypeOf(caught).toEqualTypeOf<ActorClosedError>();
    // @ts-expect-error -- no such code
    isActorError(caught, 'timeout');
  });

  it('has codes that are a closed union', () => {
    expectTypeOf<keyof ActorErrors>().toEqualTypeOf<ActorErrorCode>();
    expectTypeOf<ActorErrors['ask-timeout']['code']>().toEqualTypeOf<'ask-timeout'>();
  });
});
