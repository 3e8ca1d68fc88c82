// Thread Ring: 503 actors in a ring pass a token a thousand times, their making included. The answer is the number of the
// actor that holds it in the end.

import { deferred } from '../harness/deferred.mjs';

const NODES = 503;

export const things = 'passes';
export const known = 498;
export const size = (share) => Math.round(1_000 * share);
export const title = () => 'threadring';
export const answer = (passes) => (passes % NODES) + 1;
export const operations = (passes) => passes;

export async function ours() {
  const { ActorSystem } = await import('../ours.mjs');

  return (passes) => {
    const system = new ActorSystem();
    const { promise, resolve } = deferred();
    const ring = Array.from({ length: NODES }, (_, index) =>
      system.actor((token) => {
        if (token === 0) resolve(index + 1);
        else ring[(index + 1) % NODES].send(token - 1);
      }),
    );
    ring[0].send(passes);
    return promise;
  };
}

export async function nact() {
  const { dispatch, spawn, start, stop } = await import('nact');

  return async (passes) => {
    const system = start();
    const { promise, resolve } = deferred();
    const ring = Array.from({ length: NODES }, (_, index) =>
      spawn(
        system,
        (_state, token) => {
          if (token === 0) resolve(index + 1);
          else dispatch(ring[(index + 1) % NODES], token - 1);
        },
        `node-${index + 1}`,
      ),
    );
    dispatch(ring[0], passes);
    const holder = await promise;
    stop(system);
    return holder;
  };
}

export async function xstate() {
  const { createActor, fromTransition } = await import('xstate');

  return async (passes) => {
    const { promise, resolve } = deferred();
    const ring = Array.from({ length: NODES }, (_, index) =>
      createActor(
        fromTransition((state, { token }) => {
          if (token === 0) resolve(index + 1);
          else ring[(index + 1) % NODES].send({ type: 'token', token: token - 1 });
          return state;
        }, 0),
      ).start(),
    );
    ring[0].send({ type: 'token', token: passes });
    return promise;
  };
}
