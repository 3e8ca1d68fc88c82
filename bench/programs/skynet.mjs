// Skynet: an actor makes ten, each of which makes ten, down to a million that say their number; everyone sums up what it
// hears, says it to the one above and ends.

import { deferred } from '../harness/deferred.mjs';

const CHILDREN = 10;

export const things = 'actors';
export const known = 499_999_500_000;
/** With a million it takes nact fifty seconds and more than a gigabyte. */
export const nactShare = 0.1;
export const size = (share) => 10 ** Math.max(1, Math.floor(Math.log10(1e6 * share)));
export const title = (leaves) => `skynet ${leaves.toLocaleString('en')}`;
export const answer = (leaves) => (leaves * (leaves - 1)) / 2;
export const operations = (leaves) => Math.floor((leaves * CHILDREN) / (CHILDREN - 1));

export async function ours() {
  const { Actor, ActorSystem } = await import('../ours.mjs');

  class Skynet extends Actor {
    sum = 0;
    answers = 0;

    constructor(parent, options) {
      super(options);
      this.parent = parent;
      this.options = options;
    }

    receive({ type, number, leaves }) {
      if (type === 'sum') {
        this.sum += number;
        if (++this.answers === CHILDREN) this.answer(this.sum);
      } else if (leaves === 1) {
        this.answer(number);
      } else {
        const share = leaves / CHILDREN;
        for (let child = 0; child < CHILDREN; child++)
          new Skynet(this, this.options).start().send({ type: 'start', number: number + child * share, leaves: share });
      }
    }

    answer(number) {
      this.parent.send({ type: 'sum', number });
      this.close();
    }
  }

  return async (leaves) => {
    const system = new ActorSystem();
    const { promise, resolve } = deferred();
    new Skynet({ send: resolve }, { system }).start().send({ type: 'start', number: 0, leaves });
    return (await promise).number;
  };
}

export async function nact() {
  const { dispatch, query, spawn, start, stop } = await import('nact');
  const initialState = { parent: undefined, sum: 0, answers: 0 };

  return async (leaves) => {
    const system = start();
    let names = 0;
    const reply = (parent, number, self) => {
      dispatch(parent, { type: 'sum', number });
      stop(self);
    };
    const skynet = (state, { type, number, leaves }, { self, sender }) => {
      if (type === 'sum') {
        const sum = state.sum + number;
        if (state.answers + 1 === CHILDREN) reply(state.parent, sum, self);
        return { ...state, sum, answers: state.answers + 1 };
      }
      if (leaves === 1) {
        reply(sender, number, self);
        return state;
      }
      const share = leaves / CHILDREN;
      for (let child = 0; child < CHILDREN; child++) {
        const below = spawn(system, skynet, `skynet-${names++}`, { initialState });
        dispatch(below, { type: 'start', number: number + child * share, leaves: share }, self);
      }
      return { ...state, parent: sender };
    };

    const root = spawn(system, skynet, 'root', { initialState });
    const { number } = await query(root, { type: 'start', number: 0, leaves }, 600_000);
    stop(system);
    return number;
  };
}

export async function xstate() {
  const { createActor, fromTransition } = await import('xstate');

  const reply = (parent, number, self) => {
    parent.send({ type: 'sum', number });
    self.stop();
  };
  const skynet = fromTransition(
    (state, { type, number, leaves, parent }, { self }) => {
      if (type === 'sum') {
        const sum = state.sum + number;
        if (state.answers + 1 === CHILDREN) reply(state.parent, sum, self);
        return { ...state, sum, answers: state.answers + 1 };
      }
      if (type !== 'start') return state; // its own event on stopping
      if (leaves === 1) {
        reply(parent, number, self);
        return state;
      }
      const share = leaves / CHILDREN;
      for (let child = 0; child < CHILDREN; child++)
        createActor(skynet)
          .start()
          .send({ type: 'start', number: number + child * share, leaves: share, parent: self });
      return { ...state, parent };
    },
    { parent: undefined, sum: 0, answers: 0 },
  );

  return async (leaves) => {
    const { promise, resolve } = deferred();
    createActor(skynet)
      .start()
      .send({ type: 'start', number: 0, leaves, parent: { send: resolve } });
    return (await promise).number;
  };
}
