import { NEVER, of, timer } from 'rxjs';
import { ActorSystem, actor, defaultSystem, resume } from 'rx-actors';
import { LeftoversError, settled } from 'rx-actors/testing';
import { describe, expect, it } from 'vitest';

describe('settled', () => {
  it('resolves when everything that was sent, and what that led to, has been processed', async () => {
    const system = new ActorSystem();
    const log: string[] = [];
    const second = system.actor((m: string) => {
      log.push(m);
      return timer(2);
    });
    const first = system.actor(async (m: string) => {
      await Promise.resolve();
      second.send(`${m}1`);
      second.send(`${m}2`);
    });
    first.send('a');
    first.send('b');
    await settled(system);
    expect(log).toEqual(['a1', 'a2', 'b1', 'b2']);
    expect([first.status, second.status]).toEqual(['running', 'running']);
  });

  it('looks at the default system when it is given none', async () => {
    const log: string[] = [];
    const worker = actor((m: string) => {
      log.push(m);
      return of(m);
    });
    worker.send('a');
    await settled();
    expect(log).toEqual(['a']);
    worker.close();
    await settled(defaultSystem);
    expect(worker.status).toBe('closed');
  });

  it('resolves at once, though in a task of its own, when there is nothing to do', async () => {
    await expect(settled(new ActorSystem(), { timeout: 0 })).resolves.toBeUndefined();
  });

  it('rejects with what is left when that takes too long', async () => {
    const system = new ActorSystem();
    const busy = system.actor((_: string) => NEVER, { name: 'busy' });
    const hoarder = system.actor((_: string, { stash }) => stash(), { name: 'hoarder', supervision: resume() });
    const idle = system.actor((_: string) => undefined, { name: 'idle' });
    for (const m of ['a', 'b', 'c']) busy.send(m);
    hoarder.send('a');
    idle.send('a');
    const error: unknown = await settled(system, { timeout: 5 }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LeftoversError);
    expect((error as LeftoversError).leftovers).toEqual([
      'actor "busy" is at work, has 2 messages waiting',
      'actor "hoarder" has put 1 message aside',
    ]);
    busy.close();
    const closing: unknown = await settled(system, { timeout: 5 }).catch((reason: unknown) => reason);
    expect((closing as LeftoversError).leftovers[0]).toBe(
      'actor "busy" is closed and has not ended, is at work, has 2 messages waiting',
    );
  });

  it('refuses what is no system, and no time', () => {
    expect(() => settled({} as never)).toThrow('Expected `system` to be an ActorSystem');
    expect(() => settled(new ActorSystem(), { timeout: -1 })).toThrow('Expected `timeout` to be');
  });
});
