// Everything here that takes messages one at a time, behind one face, so that a workload is written once.
//
// `await open()` gives `{ behavior, spawn, send }`: `behavior(receive)` turns a function of one message into what the library
// calls a behavior, `spawn(behavior)` starts an actor with it, `send(actor, message)` tells it something.

const ours = async () => {
  const { ActorSystem } = await import('../ours.mjs');
  const system = new ActorSystem();
  return {
    behavior: (receive) => receive,
    spawn: (behavior) => system.actor(behavior),
    send: (actor, message) => actor.send(message),
  };
};

const concatMap = async () => {
  const { EMPTY, Subject, concatMap } = await import('rxjs');
  return {
    behavior: (receive) => (message) => receive(message) ?? EMPTY,
    spawn(behavior) {
      const inbox = new Subject();
      inbox.pipe(concatMap(behavior)).subscribe();
      return inbox;
    },
    send: (inbox, message) => inbox.next(message),
  };
};

const xstate = async () => {
  const { createActor, fromTransition } = await import('xstate');
  return {
    behavior: (receive) =>
      fromTransition((state, { message }) => {
        receive(message);
        return state;
      }, 0),
    spawn: (behavior) => createActor(behavior).start(),
    send: (actor, message) => actor.send({ type: 'message', message }),
  };
};

const nact = async () => {
  const { dispatch, spawn, start } = await import('nact');
  const system = start();
  let names = 0; // its own random names of 31 bits collide among 100,000 actors
  return {
    behavior: (receive) => (_state, message) => receive(message),
    spawn: (behavior) => spawn(system, behavior, `actor-${names++}`),
    send: (actor, message) => dispatch(actor, message),
  };
};

/** No actor, but the fastest queue of functions. Its worker answers later, as a synchronous one would run on the sender's stack. */
const fastqAnswering = (answer) => async () => {
  const { default: queue } = await import('fastq');
  return {
    behavior: (receive) => (message, done) => {
      receive(message);
      answer(done);
    },
    spawn: (behavior) => queue(behavior, 1),
    send: (inbox, message) => inbox.push(message),
  };
};

const fastq = fastqAnswering(queueMicrotask);

/** The same without what Node's `queueMicrotask` adds for async_hooks. */
const fastqByPromise = fastqAnswering((done) => Promise.resolve().then(done));

export { concatMap, fastq, fastqByPromise, nact, ours, xstate };
