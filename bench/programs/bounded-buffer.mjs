// Producer and Consumer with a Bounded Buffer: forty producers make a thousand items each for forty consumers, a manager
// keeps the buffer. The answer is the sum of the numbers of the items consumed.

import { deferred } from '../harness/deferred.mjs';
import { compute } from './compute.mjs';

const PRODUCERS = 40;
const CONSUMERS = 40;
const CAPACITY = 50;
const COST = 25;

export const things = 'items';
export const known = 19_980_000;
export const size = (share) => Math.round(1_000 * share);
export const title = () => 'bndbuffer';
export const answer = (items) => (PRODUCERS * items * (items - 1)) / 2;
export const operations = (items) => PRODUCERS * items;

function work(number) {
  for (let round = 0; round < COST; round++) compute(number + round);
}

export async function ours() {
  const { Actor, ActorSystem } = await import('../ours.mjs');
  const { firstValueFrom } = await import('rxjs');

  class Manager extends Actor {
    buffer = [];
    idleProducers = [];
    idleConsumers = [];
    consumed = 0;
    sum = 0;

    constructor(items, options) {
      super(options);
      this.expected = items * PRODUCERS;
    }

    receive({ type, from, number }) {
      if (type === 'item') return this.store(from, number);
      if (number !== undefined) {
        this.consumed++;
        this.sum += number;
      }
      if (this.consumed === this.expected) return [this.sum];
      this.serve(from);
    }

    store(producer, number) {
      const consumer = this.idleConsumers.shift();
      if (consumer) consumer.send({ number });
      else this.buffer.push(number);
      if (this.buffer.length < CAPACITY - PRODUCERS) producer.send('produce');
      else this.idleProducers.push(producer);
    }

    serve(consumer) {
      if (this.buffer.length === 0) {
        this.idleConsumers.push(consumer);
        return;
      }
      consumer.send({ number: this.buffer.shift() });
      this.idleProducers.shift()?.send('produce');
    }
  }

  class Producer extends Actor {
    produced = 0;

    constructor(items, manager, options) {
      super(options);
      this.items = items;
      this.manager = manager;
    }

    receive() {
      if (this.produced === this.items) {
        this.close();
        return;
      }
      work(this.produced);
      this.manager.send({ type: 'item', from: this, number: this.produced++ });
    }
  }

  class Consumer extends Actor {
    constructor(manager, options) {
      super(options);
      this.manager = manager;
    }

    receive({ number }) {
      work(number);
      this.manager.send({ type: 'free', from: this, number });
    }
  }

  return (items) => {
    const system = new ActorSystem();
    const manager = new Manager(items, { system }).start();
    const sum = firstValueFrom(manager);
    for (let index = 0; index < CONSUMERS; index++)
      manager.send({ type: 'free', from: new Consumer(manager, { system }).start() });
    for (let index = 0; index < PRODUCERS; index++) new Producer(items, manager, { system }).start().send('produce');
    return sum;
  };
}

/** What a manager keeps, for the two libraries that keep it outside of the actor's code. */
const emptyBuffer = () => ({ buffer: [], idleProducers: [], idleConsumers: [], consumed: 0, sum: 0 });

export async function nact() {
  const { dispatch, spawn, start, stop } = await import('nact');

  const store = (state, producer, number) => {
    const { buffer, idleConsumers, idleProducers } = state;
    const consumer = idleConsumers.shift();
    if (consumer) dispatch(consumer, { number });
    else buffer.push(number);
    if (buffer.length < CAPACITY - PRODUCERS) dispatch(producer, 'produce');
    else idleProducers.push(producer);
    return state;
  };
  const serve = (state, consumer) => {
    const { buffer, idleConsumers, idleProducers } = state;
    if (buffer.length === 0) {
      idleConsumers.push(consumer);
      return state;
    }
    dispatch(consumer, { number: buffer.shift() });
    if (idleProducers.length > 0) dispatch(idleProducers.shift(), 'produce');
    return state;
  };

  return async (items) => {
    const system = start();
    const { promise, resolve } = deferred();
    const manager = spawn(
      system,
      (state, { type, number }, { sender }) => {
        if (type === 'item') return store(state, sender, number);
        const done = number !== undefined;
        const consumed = state.consumed + (done ? 1 : 0);
        const sum = state.sum + (done ? number : 0);
        if (consumed === items * PRODUCERS) resolve(sum);
        return serve({ ...state, consumed, sum }, sender);
      },
      'manager',
      { initialStateFunc: emptyBuffer },
    );
    const producer = (produced, _message, { self }) => {
      if (produced === items) {
        stop(self);
        return produced;
      }
      work(produced);
      dispatch(manager, { type: 'item', number: produced }, self);
      return produced + 1;
    };
    const consumer = (_state, { number }, { self }) => {
      work(number);
      dispatch(manager, { type: 'free', number }, self);
    };
    for (let index = 0; index < CONSUMERS; index++)
      dispatch(manager, { type: 'free' }, spawn(system, consumer, `consumer-${index}`));
    for (let index = 0; index < PRODUCERS; index++)
      dispatch(spawn(system, producer, `producer-${index}`, { initialState: 0 }), 'produce');

    const sum = await promise;
    stop(system);
    return sum;
  };
}

export async function xstate() {
  const { createActor, fromTransition } = await import('xstate');

  const store = (state, producer, number) => {
    const { buffer, idleConsumers, idleProducers } = state;
    const consumer = idleConsumers.shift();
    if (consumer) consumer.send({ type: 'item', number });
    else buffer.push(number);
    if (buffer.length < CAPACITY - PRODUCERS) producer.send({ type: 'produce' });
    else idleProducers.push(producer);
    return state;
  };
  const serve = (state, consumer) => {
    const { buffer, idleConsumers, idleProducers } = state;
    if (buffer.length === 0) {
      idleConsumers.push(consumer);
      return state;
    }
    consumer.send({ type: 'item', number: buffer.shift() });
    idleProducers.shift()?.send({ type: 'produce' });
    return state;
  };

  return async (items) => {
    const { promise, resolve } = deferred();
    const manager = createActor(
      fromTransition((state, { type, from, number }) => {
        if (type === 'item') return store(state, from, number);
        const done = number !== undefined;
        const consumed = state.consumed + (done ? 1 : 0);
        const sum = state.sum + (done ? number : 0);
        if (consumed === items * PRODUCERS) resolve(sum);
        return serve({ ...state, consumed, sum }, from);
      }, emptyBuffer()),
    ).start();
    const producer = fromTransition((produced, { type }, { self }) => {
      if (type !== 'produce') return produced; // its own event on stopping
      if (produced === items) {
        self.stop();
        return produced;
      }
      work(produced);
      manager.send({ type: 'item', from: self, number: produced });
      return produced + 1;
    }, 0);
    const consumer = fromTransition((state, { number }, { self }) => {
      work(number);
      manager.send({ type: 'free', from: self, number });
      return state;
    }, 0);
    for (let index = 0; index < CONSUMERS; index++) manager.send({ type: 'free', from: createActor(consumer).start() });
    for (let index = 0; index < PRODUCERS; index++) createActor(producer).start().send({ type: 'produce' });
    return promise;
  };
}
