// Fibonacci: an actor for every call of the recursion, which ends when it has answered.

import { deferred } from '../harness/deferred.mjs';

export const things = 'actors';
export const known = 75_025;
export const size = (share) => 25 + Math.round(Math.log(share) / Math.log(1.618));
export const title = (n) => `fib(${n})`;
export const operations = (n) => 2 * answer(n) - 1;

export function answer(n) {
  let [last, fibonacci] = [0, 1];
  for (let index = 1; index < n; index++) [last, fibonacci] = [fibonacci, last + fibonacci];
  return fibonacci;
}

export async function ours() {
  const { Actor, ActorSystem } = await import('../ours.mjs');

  class Fibonacci extends Actor {
    sum = 0;
    answers = 0;

    constructor(parent, options) {
      super(options);
      this.parent = parent;
      this.options = options;
    }

    receive({ type, n, value }) {
      if (type === 'answer') {
        this.sum += value;
        if (++this.answers === 2) this.answer(this.sum);
      } else if (n <= 2) {
        this.answer(1);
      } else {
        this.call(n - 1);
        this.call(n - 2);
      }
    }

    call(n) {
      new Fibonacci(this, this.options).start().send({ type: 'call', n });
    }

    answer(value) {
      this.parent.send({ type: 'answer', value });
      this.close();
    }
  }

  return async (n) => {
    const system = new ActorSystem();
    const { promise, resolve } = deferred();
    new Fibonacci({ send: resolve }, { system }).start().send({ type: 'call', n });
    return (await promise).value;
  };
}

export async function nact() {
  const { dispatch, query, spawn, start, stop } = await import('nact');
  const initialState = { parent: undefined, sum: 0, answers: 0 };

  return async (n) => {
    const system = start();
    let names = 0;
    const call = (n, parent) =>
      dispatch(spawn(system, fibonacci, `fibonacci-${names++}`, { initialState }), { type: 'call', n }, parent);
    const reply = (parent, value, self) => {
      dispatch(parent, { type: 'answer', value });
      stop(self);
    };
    const fibonacci = (state, { type, n, value }, { self, sender }) => {
      if (type === 'answer') {
        const sum = state.sum + value;
        if (state.answers + 1 === 2) reply(state.parent, sum, self);
        return { ...state, sum, answers: state.answers + 1 };
      }
      if (n <= 2) {
        reply(sender, 1, self);
        return state;
      }
      call(n - 1, self);
      call(n - 2, self);
      return { ...state, parent: sender };
    };

    const root = spawn(system, fibonacci, 'root', { initialState });
    const { value } = await query(root, { type: 'call', n }, 60_000);
    stop(system);
    return value;
  };
}

export async function xstate() {
  const { createActor, fromTransition } = await import('xstate');

  const fibonacci = fromTransition(
    (state, { type, n, value, parent }, { self }) => {
      if (type === 'answer') {
        const sum = state.sum + value;
        if (state.answers + 1 === 2) reply(state.parent, sum, self);
        return { ...state, sum, answers: state.answers + 1 };
      }
      if (type !== 'call') return state; // its own event on stopping
      if (n <= 2) {
        reply(parent, 1, self);
        return state;
      }
      call(n - 1, self);
      call(n - 2, self);
      return { ...state, parent };
    },
    { parent: undefined, sum: 0, answers: 0 },
  );
  const call = (n, parent) => createActor(fibonacci).start().send({ type: 'call', n, parent });
  const reply = (parent, value, self) => {
    parent.send({ type: 'answer', value });
    self.stop();
  };

  return async (n) => {
    const { promise, resolve } = deferred();
    call(n, { send: resolve });
    return (await promise).value;
  };
}
