// Everything here that hands one message to many, behind one face: `await open(recipients)` gives `emit(message)`.
//
// A recipient is an object with `send(message)` and the same as a function, `receive`: each library takes what it is made for.

const ours = async (recipients) => {
  const exchange = await oursExchange();
  for (const recipient of recipients) exchange.attach(recipient);
  return (message) => exchange.send(message);
};

const oursToObservers = async (recipients) => {
  const exchange = await oursExchange();
  for (const { receive } of recipients) exchange.subscribe(receive);
  return (message) => exchange.send(message);
};

async function oursExchange() {
  const { ActorSystem } = await import('../ours.mjs');
  return new ActorSystem({ maxSubscribers: Infinity }).exchange('bench');
}

/** The floor: no isolation of errors, no order, nobody may come or go. */
const loop = async (recipients) => (message) => {
  for (let index = 0; index < recipients.length; index++) recipients[index].send(message);
};

const nanoevents = async (recipients) => {
  const { createNanoEvents } = await import('nanoevents');
  const emitter = createNanoEvents();
  for (const { receive } of recipients) emitter.on('message', receive);
  return (message) => emitter.emit('message', message);
};

const mitt = async (recipients) => {
  const { default: createMitt } = await import('mitt');
  const emitter = createMitt();
  for (const { receive } of recipients) emitter.on('message', receive);
  return (message) => emitter.emit('message', message);
};

const emitterOf = (load) => async (recipients) => {
  const emitter = new (await load())();
  for (const { receive } of recipients) emitter.on('message', receive);
  return (message) => emitter.emit('message', message);
};

const eventemitter3 = emitterOf(async () => (await import('eventemitter3')).default);

const tseep = emitterOf(async () => (await import('tseep')).EventEmitter);

const node = emitterOf(async () => {
  const { EventEmitter } = await import('node:events');
  return class extends EventEmitter {
    constructor() {
      super();
      this.setMaxListeners(0);
    }
  };
});

const Subject = async (recipients) => {
  const { Subject } = await import('rxjs');
  const subject = new Subject();
  for (const { receive } of recipients) subject.subscribe(receive);
  return (message) => subject.next(message);
};

export { eventemitter3, loop, mitt, nanoevents, node, ours, oursToObservers, Subject, tseep };
