import { Crowd } from '../crowd.mjs';
import { Exchange } from '../library.mjs';
import { BusyReader, Reader, SlowReader, Thrower } from '../reader.mjs';
import { ended, pause, until } from '../waits.mjs';
import { QUICK, work } from '../work.mjs';

const GROUPS = [undefined, undefined, 'first', 'second'];

/** Recipients of every kind come and go while an exchange is sent to: alone, in groups, with filters, maps and buffers. */
export async function exchanges({ account, system, random }) {
  const exchange = new Exchange({ system });
  /** Those that are detached in a way of their own are in `leave`. */
  const scene = { account, system, random, exchange, crowd: new Crowd(), actors: [], leave: new Map() };
  // Served first: it says how many more there are for a message, at the moment when that is decided.
  const usher = new BusyReader(account, (message) => {
    message.expect(scene.crowd.takers(message));
  });
  exchange.attach(usher);
  const steps = random.int(1, 300);
  for (let n = 0; n < steps; n++) {
    if (random.chance(0.15)) attachOne(scene);
    else if (random.chance(0.1)) leaveOne(scene);
    else publish(scene);
    if (random.chance(0.02)) await pause();
  }
  if (random.chance(0.7)) exchange.complete();
  else exchange.unsubscribe();
  account.expect(exchange.subscriberCount, 0, 'the subscribers of an exchange that has ended');
  exchange.send(account.message());
  for (const actor of scene.actors) actor.close();
  await Promise.all(scene.actors.map(ended));
  // What waited in a buffer is handed over, if the exchange has ended in order.
  await until(() => account.settled);
}

function publish({ account, exchange, random }, value = random.int(0, 9)) {
  exchange.send(account.message({ value, work: random.pick(QUICK), number: account.nextNumber() }));
}

function attachOne(scene) {
  const { account, crowd, exchange, random } = scene;
  const kind = random.int(0, 7);
  if (kind === 0) {
    const reader = new Reader(account);
    const subscription = exchange.subscribe((message) => reader.send(message));
    crowd.add(reader);
    scene.leave.set(reader, subscription);
    return;
  }
  const recipient = makeRecipient(kind, scene);
  const options = optionsFor(recipient, kind, scene);
  const { filter: wants, group } = options;
  if (random.chance(0.1)) leaveWith(new AbortController(), recipient, options, scene);
  crowd.add(recipient, { group, ...(wants !== undefined && { wants }) });
  exchange.attach(recipient, options);
}

/** Is detached by a signal. */
function leaveWith(controller, recipient, options, { leave }) {
  options.signal = controller.signal;
  leave.set(recipient, { unsubscribe: () => controller.abort() });
}

function makeRecipient(kind, scene) {
  const { account, crowd, exchange } = scene;
  if (kind === 1) return makeActor(scene);
  if (kind === 2) return new Thrower(account);
  if (kind === 3) return new SlowReader(account);
  // It publishes while it is handling a publication.
  if (kind === 4)
    return new BusyReader(account, ({ value }) => {
      if (value === 9) publish(scene, 8);
    });
  if (kind === 5) {
    const leaving = new BusyReader(account, ({ value }) => {
      if (value !== 7) return;
      crowd.remove(leaving);
      exchange.detach(leaving);
    });
    return leaving;
  }
  return new Reader(account);
}

/** One that ends by itself is attached no longer. */
function makeActor({ actors, crowd, random, system }) {
  const mailbox = random.chance(0.3) ? { capacity: random.int(1, 5) } : {};
  const actor = system.actor(work, { mailbox });
  actor.subscribe({ complete: () => crowd.remove(actor) });
  actors.push(actor);
  return actor;
}

function optionsFor(recipient, kind, { account, crowd, random }) {
  const group = random.pick(GROUPS);
  const options = { ...(group !== undefined && { group }) };
  if (random.chance(0.3)) {
    const most = random.int(0, 9);
    options.filter = ({ value }) => value <= most;
  }
  // What a recipient throws at is told as it was sent, not as it was mapped.
  if (kind !== 2 && random.chance(0.2)) options.map = (message) => copyOf(message, account);
  if (random.chance(0.1)) {
    const { map = (message) => message } = options;
    options.once = true;
    // Called when it takes its only message, which may have to wait for it then.
    options.map = (message) => {
      crowd.remove(recipient);
      return map(message);
    };
  }
  if (kind === 3 || random.chance(0.2)) {
    options.buffer = random.int(1, 5);
    if (random.chance(0.5)) options.overflow = random.pick(['drop-newest', 'drop-oldest']);
  }
  return options;
}

/** Another message with the same content: the first one has been seen to. */
function copyOf(message, account) {
  const { value, work, number } = message;
  message.begin();
  message.done();
  return account.message({ value, work, number });
}

/** Somebody goes: is detached, or is an actor that ends. */
function leaveOne({ actors, crowd, exchange, leave, random }) {
  if (crowd.size === 0) return;
  const recipient = random.pick(crowd.recipients);
  const subscription = leave.get(recipient);
  if (subscription !== undefined) {
    subscription.unsubscribe();
    crowd.remove(recipient);
  } else if (actors.includes(recipient) && random.chance(0.5)) {
    if (random.chance(0.5)) {
      recipient.kill('by the soak');
    } else {
      recipient.close();
      // A group gives nothing more to it, and it may not have ended yet.
      if (crowd.groupOf(recipient) !== undefined) crowd.remove(recipient);
    }
  } else {
    exchange.detach(recipient);
    crowd.remove(recipient);
  }
}
