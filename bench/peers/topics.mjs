// Everything here that routes by patterns of words, behind one face: `await open(bindings)`, each a `{ pattern, recipient }`,
// gives `publish(key, message)`.
//
// Patterns are AMQP's: words split by dots, `*` is one word, `#` any number of them. A recipient is an object with
// `send(message)` and the same as a function, `receive`.

const ours = async (bindings) => {
  const { TopicExchange } = await import('../ours.mjs');
  const exchange = new TopicExchange({ maxSubscribers: Infinity });
  for (const { pattern, recipient } of bindings) exchange.bind(pattern, recipient);
  return (key, message) => exchange.publish(key, message);
};

const eventemitter2 = async (bindings) => {
  const { default: EventEmitter2 } = await import('eventemitter2');
  const emitter = new EventEmitter2({ wildcard: true, maxListeners: 0 });
  for (const { pattern, recipient } of bindings) emitter.on(pattern.replaceAll('#', '**'), recipient.receive);
  return (key, message) => emitter.emit(key, message);
};

/** It matches and leaves the sending to its user. */
const qlobber = async (bindings) => {
  const { Qlobber } = await import('qlobber');
  const routes = new Qlobber();
  for (const { pattern, recipient } of bindings) routes.add(pattern, recipient);
  return (key, message) => {
    for (const recipient of routes.match(key)) recipient.send(message);
  };
};

export { eventemitter2, ours, qlobber };
