// Dining Philosophers: twenty of them eat a thousand times each; an arbiter hands out the forks, and who is denied asks again.
// The answer is the number of meals.

import { deferred } from '../harness/deferred.mjs';

const PHILOSOPHERS = 20;

export const things = 'meals';
export const known = 20_000;
export const size = (share) => Math.round(1_000 * share);
export const title = () => 'philosopher';
export const answer = (rounds) => PHILOSOPHERS * rounds;
export const operations = answer;

/** The forks on the table: those beside the seat are taken both, or none. */
class Table {
  #taken = new Array(PHILOSOPHERS).fill(false);

  take(seat) {
    const other = (seat + 1) % PHILOSOPHERS;
    if (this.#taken[seat] || this.#taken[other]) return false;
    this.#taken[seat] = this.#taken[other] = true;
    return true;
  }

  putBack(seat) {
    this.#taken[seat] = this.#taken[(seat + 1) % PHILOSOPHERS] = false;
  }
}

export async function ours() {
  const { Actor, ActorSystem } = await import('../ours.mjs');
  const { firstValueFrom } = await import('rxjs');

  class Arbiter extends Actor {
    table = new Table();
    meals = 0;
    left = PHILOSOPHERS;

    receive({ type, seat, from, meals }) {
      switch (type) {
        case 'hungry':
          from.send(this.table.take(seat) ? 'eat' : 'denied');
          return;
        case 'done':
          this.table.putBack(seat);
          return;
        case 'leave':
          this.meals += meals;
          return --this.left === 0 ? [this.meals] : undefined;
      }
    }
  }

  class Philosopher extends Actor {
    meals = 0;

    constructor(seat, rounds, arbiter, options) {
      super(options);
      this.seat = seat;
      this.rounds = rounds;
      this.arbiter = arbiter;
    }

    receive(message) {
      const { seat, arbiter } = this;
      if (message === 'eat') {
        this.meals++;
        arbiter.send({ type: 'done', seat });
      }
      if (this.meals < this.rounds) {
        arbiter.send({ type: 'hungry', seat, from: this });
      } else {
        arbiter.send({ type: 'leave', meals: this.meals });
        this.close();
      }
    }
  }

  return (rounds) => {
    const system = new ActorSystem();
    const arbiter = new Arbiter({ system }).start();
    const meals = firstValueFrom(arbiter);
    for (let seat = 0; seat < PHILOSOPHERS; seat++)
      new Philosopher(seat, rounds, arbiter, { system }).start().send('start');
    return meals;
  };
}

export async function nact() {
  const { dispatch, spawn, start, stop } = await import('nact');

  return async (rounds) => {
    const system = start();
    const { promise, resolve } = deferred();
    const table = new Table();
    const arbiter = spawn(
      system,
      (state, { type, seat, meals }, { sender }) => {
        switch (type) {
          case 'hungry':
            dispatch(sender, table.take(seat) ? 'eat' : 'denied');
            return state;
          case 'done':
            table.putBack(seat);
            return state;
          case 'leave':
            if (state.left === 1) resolve(state.meals + meals);
            return { left: state.left - 1, meals: state.meals + meals };
        }
      },
      'arbiter',
      { initialState: { left: PHILOSOPHERS, meals: 0 } },
    );

    const philosopher = ({ seat, meals }, message, { self }) => {
      if (message === 'eat') {
        meals++;
        dispatch(arbiter, { type: 'done', seat });
      }
      if (meals < rounds) {
        dispatch(arbiter, { type: 'hungry', seat }, self);
      } else {
        dispatch(arbiter, { type: 'leave', meals });
        stop(self);
      }
      return { seat, meals };
    };
    for (let seat = 0; seat < PHILOSOPHERS; seat++)
      dispatch(spawn(system, philosopher, `philosopher-${seat}`, { initialState: { seat, meals: 0 } }), 'start');

    const meals = await promise;
    stop(system);
    return meals;
  };
}

export async function xstate() {
  const { createActor, fromTransition } = await import('xstate');

  return async (rounds) => {
    const { promise, resolve } = deferred();
    const table = new Table();
    const arbiter = createActor(
      fromTransition(
        (state, { type, seat, from, meals }) => {
          switch (type) {
            case 'hungry':
              from.send({ type: table.take(seat) ? 'eat' : 'denied' });
              return state;
            case 'done':
              table.putBack(seat);
              return state;
            case 'leave':
              if (state.left === 1) resolve(state.meals + meals);
              return { left: state.left - 1, meals: state.meals + meals };
            default:
              return state;
          }
        },
        { left: PHILOSOPHERS, meals: 0 },
      ),
    ).start();

    const philosopher = fromTransition(
      ({ seat, meals }, { type }, { self }) => {
        if (type === 'xstate.stop') return { seat, meals };
        if (type === 'eat') {
          meals++;
          arbiter.send({ type: 'done', seat });
        }
        if (meals < rounds) {
          arbiter.send({ type: 'hungry', seat, from: self });
        } else {
          arbiter.send({ type: 'leave', meals });
          self.stop();
        }
        return { seat, meals };
      },
      ({ input: seat }) => ({ seat, meals: 0 }),
    );
    for (let seat = 0; seat < PHILOSOPHERS; seat++)
      createActor(philosopher, { input: seat }).start().send({ type: 'start' });
    return promise;
  };
}
