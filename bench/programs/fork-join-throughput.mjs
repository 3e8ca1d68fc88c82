// Fork Join, throughput: sixty actors, each of which computes something for each of ten thousand messages. The answer is the
// number of computations.

import { compute } from './compute.mjs';

const WORKERS = 60;

export const things = 'messages';
export const known = 600_000;
export const size = (share) => Math.round(10_000 * share);
export const title = () => 'fjthrput';
export const answer = (messages) => WORKERS * messages;
export const operations = answer;

const sum = (counts) => counts.reduce((total, count) => total + count, 0);

export async function ours() {
  const { Actor, ActorSystem } = await import('../ours.mjs');

  class Worker extends Actor {
    processed = 0;
    receive(theta) {
      compute(theta);
      this.processed++;
    }
  }

  return async (messages) => {
    const system = new ActorSystem();
    const workers = Array.from({ length: WORKERS }, () => new Worker({ system }).start());
    for (let sent = 0; sent < messages; sent++) for (const worker of workers) worker.send(37.2);
    await system.close();
    return sum(workers.map(({ processed }) => processed));
  };
}

export async function nact() {
  const { dispatch, query, spawn, start, stop } = await import('nact');

  const worker = (processed, message, { sender }) => {
    if (message === 'retrieve') {
      dispatch(sender, processed);
      return processed;
    }
    compute(message);
    return processed + 1;
  };

  return async (messages) => {
    const system = start();
    const workers = Array.from({ length: WORKERS }, (_, index) =>
      spawn(system, worker, `worker-${index}`, { initialState: 0 }),
    );
    for (let sent = 0; sent < messages; sent++) for (const worker of workers) dispatch(worker, 37.2);
    const counts = await Promise.all(workers.map((worker) => query(worker, 'retrieve', 60_000)));
    stop(system);
    return sum(counts);
  };
}

export async function xstate() {
  const { createActor, fromTransition } = await import('xstate');

  const worker = fromTransition((processed, { theta }) => {
    compute(theta);
    return processed + 1;
  }, 0);

  return async (messages) => {
    const workers = Array.from({ length: WORKERS }, () => createActor(worker).start());
    for (let sent = 0; sent < messages; sent++)
      for (const worker of workers) worker.send({ type: 'compute', theta: 37.2 });
    return sum(workers.map((worker) => worker.getSnapshot().context));
  };
}
