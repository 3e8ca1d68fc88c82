// Big: 120 actors, each of which pings a random one of them and waits for its pong, a thousand times. The answer is the
// number of pongs that came from the actor that had been pinged.

import { deferred } from '../harness/deferred.mjs';
import { random } from '../harness/random.mjs';

const ACTORS = 120;

export const things = 'messages';
export const known = 120_000;
export const size = (share) => Math.round(1_000 * share);
export const title = () => 'big';
export const answer = (pings) => ACTORS * pings;
export const operations = (pings) => 2 * ACTORS * pings;

export async function ours() {
  const { Actor, ActorSystem } = await import('../ours.mjs');
  const { firstValueFrom } = await import('rxjs');

  class Neighbour extends Actor {
    sent = 0;
    answered = 0;
    pinged;

    constructor(index, pings, everyone, sink, options) {
      super(options);
      this.pick = random(index);
      this.pings = pings;
      this.everyone = everyone;
      this.sink = sink;
    }

    receive({ type, from }) {
      if (type === 'ping') {
        from.send({ type: 'pong', from: this });
        return;
      }
      if (type === 'pong' && from === this.pinged) this.answered++;
      if (this.sent < this.pings) this.ping();
      else this.sink.send(this.answered);
    }

    ping() {
      this.sent++;
      this.pinged = this.everyone[this.pick(ACTORS)];
      this.pinged.send({ type: 'ping', from: this });
    }
  }

  return (pings) => {
    const system = new ActorSystem();
    let finished = 0;
    let total = 0;
    const sink = system.actor((answered) => {
      total += answered;
      if (++finished === ACTORS) return [total];
    });
    const result = firstValueFrom(sink);
    const everyone = [];
    for (let index = 0; index < ACTORS; index++)
      everyone.push(new Neighbour(index, pings, everyone, sink, { system }).start());
    for (const neighbour of everyone) neighbour.send({ type: 'start' });
    return result;
  };
}

export async function nact() {
  const { dispatch, spawn, start, stop } = await import('nact');

  return async (pings) => {
    const system = start();
    const { promise, resolve } = deferred();
    const sink = spawn(
      system,
      ({ finished, total }, answered) => {
        if (finished + 1 === ACTORS) resolve(total + answered);
        return { finished: finished + 1, total: total + answered };
      },
      'sink',
      { initialState: { finished: 0, total: 0 } },
    );

    const neighbour = (state, type, { self, sender }) => {
      if (type === 'ping') {
        dispatch(sender, 'pong', self);
        return state;
      }
      const { sent, pinged, pick } = state;
      const answered = type === 'pong' && sender === pinged ? state.answered + 1 : state.answered;
      if (sent === pings) {
        dispatch(sink, answered);
        return { ...state, answered };
      }
      const next = everyone[pick(ACTORS)];
      dispatch(next, 'ping', self);
      return { sent: sent + 1, answered, pinged: next, pick };
    };
    const everyone = Array.from({ length: ACTORS }, (_, index) =>
      spawn(system, neighbour, `neighbour-${index}`, { initialState: { sent: 0, answered: 0, pick: random(index) } }),
    );
    for (const neighbour of everyone) dispatch(neighbour, 'start');

    const total = await promise;
    stop(system);
    return total;
  };
}

export async function xstate() {
  const { createActor, fromTransition } = await import('xstate');

  return async (pings) => {
    const sink = createActor(fromTransition((total, { answered }) => total + answered, 0)).start();
    const neighbour = (index) =>
      createActor(
        fromTransition(
          (state, { type, from }, { self }) => {
            if (type === 'ping') {
              from.send({ type: 'pong', from: self });
              return state;
            }
            const { sent, pinged, pick } = state;
            const answered = type === 'pong' && from === pinged ? state.answered + 1 : state.answered;
            if (sent === pings) {
              sink.send({ type: 'finished', answered });
              return { ...state, answered };
            }
            const next = everyone[pick(ACTORS)];
            next.send({ type: 'ping', from: self });
            return { sent: sent + 1, answered, pinged: next, pick };
          },
          { sent: 0, answered: 0, pinged: undefined, pick: random(index) },
        ),
      ).start();
    const everyone = Array.from({ length: ACTORS }, (_, index) => neighbour(index));
    for (const neighbour of everyone) neighbour.send({ type: 'start' });
    return sink.getSnapshot().context;
  };
}
