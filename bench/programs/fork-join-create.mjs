// Fork Join, creation: forty thousand actors, each of which computes something for one message and ends. The answer is the
// number of those that did.

import { deferred } from '../harness/deferred.mjs';
import { compute } from './compute.mjs';

export const things = 'actors';
export const known = 40_000;
export const size = (share) => Math.round(40_000 * share);
export const title = () => 'fjcreate';
export const answer = (actors) => actors;
export const operations = (actors) => actors;

export async function ours() {
  const { ActorSystem } = await import('../ours.mjs');

  return async (actors) => {
    const system = new ActorSystem();
    let ended = 0;
    const work = (theta, { self }) => {
      compute(theta);
      ended++;
      self.close();
    };
    for (let made = 0; made < actors; made++) system.actor(work).send(37.2);
    await system.close();
    return ended;
  };
}

export async function nact() {
  const { dispatch, spawn, start, stop } = await import('nact');

  return async (actors) => {
    const system = start();
    const { promise, resolve } = deferred();
    let ended = 0;
    const work = (_state, theta, { self }) => {
      compute(theta);
      stop(self);
      if (++ended === actors) resolve(ended);
    };
    for (let made = 0; made < actors; made++) dispatch(spawn(system, work, `worker-${made}`), 37.2);
    await promise;
    stop(system);
    return ended;
  };
}

export async function xstate() {
  const { createActor, fromTransition } = await import('xstate');

  return async (actors) => {
    let ended = 0;
    const work = fromTransition((state, { type, theta }) => {
      if (type !== 'compute') return state; // its own event on stopping
      compute(theta);
      ended++;
      return state;
    }, 0);
    for (let made = 0; made < actors; made++) {
      const worker = createActor(work).start();
      worker.send({ type: 'compute', theta: 37.2 });
      worker.stop();
    }
    return ended;
  };
}
