// Ping Pong: two actors, one message under way. The answer is the number of pongs.

import { deferred } from '../harness/deferred.mjs';

export const things = 'messages';
export const known = 40_000;
export const size = (share) => Math.round(40_000 * share);
export const title = () => 'pingpong';
export const answer = (pings) => pings;
export const operations = (pings) => 2 * pings;

export async function ours() {
  const { ActorSystem } = await import('../ours.mjs');
  const { firstValueFrom } = await import('rxjs');

  return (pings) => {
    const system = new ActorSystem();
    let pongs = 0;
    const ping = system.actor(() => {
      if (++pongs === pings) return [pongs];
      pong.send('ping');
    });
    const pong = system.actor(() => ping.send('pong'));

    const last = firstValueFrom(ping);
    pong.send('ping');
    return last;
  };
}

export async function nact() {
  const { dispatch, spawn, start, stop } = await import('nact');

  return async (pings) => {
    const system = start();
    const { promise, resolve } = deferred();
    const ping = spawn(
      system,
      (pongs, _message, { self }) => {
        if (pongs + 1 === pings) resolve(pings);
        else dispatch(pong, 'ping', self);
        return pongs + 1;
      },
      'ping',
      { initialState: 0 },
    );
    const pong = spawn(system, (_state, _message, { sender, self }) => dispatch(sender, 'pong', self), 'pong');

    dispatch(pong, 'ping', ping);
    const pongs = await promise;
    stop(system);
    return pongs;
  };
}

export async function xstate() {
  const { createActor, fromTransition } = await import('xstate');

  return async (pings) => {
    const ping = createActor(
      fromTransition((pongs, { from }, { self }) => {
        if (pongs + 1 < pings) from.send({ type: 'ping', from: self });
        return pongs + 1;
      }, 0),
    ).start();
    const pong = createActor(
      fromTransition((state, { from }, { self }) => {
        from.send({ type: 'pong', from: self });
        return state;
      }, 0),
    ).start();

    pong.send({ type: 'ping', from: ping });
    return ping.getSnapshot().context;
  };
}
