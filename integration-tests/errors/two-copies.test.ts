import { ActorClosedError, ActorError, ActorSystem, Exchange, isActorError } from 'rx-actors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secondCopy } from '../second-copy.js';

type Copy = Awaited<ReturnType<typeof secondCopy>>;

describe('two copies of the package', () => {
  let copy: Copy['copy'];
  let remove: Copy['remove'];
  beforeAll(async () => {
    ({ copy, remove } = await secondCopy());
  });
  afterAll(() => remove());

  it('know the errors of each other', () => {
    const [ours, theirs] = [new ActorClosedError('ours'), new copy.ActorClosedError('theirs')];
    expect(theirs).not.toBeInstanceOf(ActorError);
    for (const error of [ours, theirs]) {
      for (const guard of [isActorError, copy.isActorError]) {
        expect(guard(error)).toBe(true);
        expect(guard(error, 'actor-closed')).toBe(true);
        expect(guard(error, 'ask-timeout')).toBe(false);
      }
    }
  });

  it('take the actors and exchanges of each other as recipients', async () => {
    const system = new ActorSystem();
    const got: string[] = [];
    const foreign = new copy.Exchange<string>();
    const worker = system.actor((message: string) => void got.push(`actor:${message}`));
    const ours = new Exchange<string>({ system });
    ours.subscribe((message) => got.push(`ours:${message}`));
    foreign.subscribe(worker, ours);
    foreign.send('a');
    await system.close();
    expect(got).toEqual(['ours:a', 'actor:a']);
  });

  it('X4 detach the ended actors of each other', () => {
    const foreign = new copy.Exchange<string>();
    const worker = new ActorSystem().actor(() => undefined);
    foreign.attach(worker);
    worker.kill();
    expect(foreign.subscriberCount).toBe(0);
  });

  it('share no names', () => {
    const theirs = copy.getExchange('two-copies');
    expect(new ActorSystem().exchange('two-copies')).not.toBe(theirs);
    theirs.complete();
  });
});
