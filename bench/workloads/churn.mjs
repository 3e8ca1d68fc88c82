// P6: what it costs to come and go, in a crowd.

import { nanosecondsBeyond, timesBetter } from '../harness/bars.mjs';
import { mapValues } from '../harness/map-values.mjs';
import { random } from '../harness/random.mjs';
import { nanosecondsPer, size } from '../harness/units.mjs';

export const rows = (scale) => {
  const count = 1e5 * scale;
  return [
    ...Object.entries(ORDERS).map(([name, order]) => ({
      ...row,
      title: `attach ${size(count)}, detach them ${name}`,
      unit: nanosecondsPer('recipient'),
      bar: timesBetter(100, { than: ['Subject'] }),
      contestants: mapValues({ ours, Subject }, (open) => comeAndGo(open, count, order)),
    })),
    {
      ...row,
      title: `attach, send, detach beside ${size(1_000)} standing`,
      unit: nanosecondsPer('send'),
      bar: nanosecondsBeyond(1_000, { of: 'our send alone' }),
      contestants: {
        ours: visits(ours, 1e4 * scale),
        'our send alone': sendsAlone(ours, 1e4 * scale),
        Subject: visits(Subject, 1e4 * scale),
        'its send alone': sendsAlone(Subject, 1e4 * scale),
      },
    },
  ];
};

/** A Subject needs up to ten seconds for each of the first three rows: one round of it tells enough. */
const row = { id: 'P6', patience: 5 };

const ORDERS = {
  'first in, first out': (indices) => indices,
  'last in, first out': (indices) => indices.reverse(),
  'in random order': shuffled,
};

// The contestants: `attach(recipient)` gives what `detach` takes.

const ours = async () => {
  const { ActorSystem } = await import('../ours.mjs');
  const exchange = new ActorSystem({ maxSubscribers: Infinity }).exchange('bench');
  return {
    attach(recipient) {
      exchange.attach(recipient);
      return recipient;
    },
    detach: (recipient) => exchange.detach(recipient),
    send: (message) => exchange.send(message),
    size: () => exchange.subscriberCount,
  };
};

const Subject = async () => {
  const { Subject } = await import('rxjs');
  const subject = new Subject();
  return {
    attach: ({ receive }) => subject.subscribe(receive),
    detach: (subscription) => subscription.unsubscribe(),
    send: (message) => subject.next(message),
    size: () => subject.observers.length,
  };
};

let received = 0;

class Recipient {
  receive = () => void received++;
  send() {
    received++;
  }
}

const comeAndGo = (open, count, order) => async () => {
  const { attach, detach, size } = await open();

  return async (share) => {
    const operations = count * share;
    const recipients = Array.from({ length: operations }, () => new Recipient());
    const leaving = order(Array.from({ length: operations }, (_, index) => index));

    const start = performance.now();
    const attached = recipients.map(attach);
    const problem = wrong(size(), operations, 'attached');
    for (const index of leaving) detach(attached[index]);
    const nanoseconds = (performance.now() - start) * 1e6;

    return { operations, nanoseconds, problem: problem ?? wrong(size(), 0, 'attached in the end') };
  };
};

const STANDING = 1_000;

const visits = (open, sends) => async () => {
  const { attach, detach, send } = await withStanding(open);
  const visitor = new Recipient();
  return counted(sends, STANDING + 1, (message) => {
    const attached = attach(visitor);
    send(message);
    detach(attached);
  });
};

const sendsAlone = (open, sends) => async () => {
  const { send } = await withStanding(open);
  return counted(sends, STANDING, send);
};

async function withStanding(open) {
  const crowd = await open();
  for (let standing = 0; standing < STANDING; standing++) crowd.attach(new Recipient());
  return crowd;
}

const counted = (sends, width, once) => async (share) => {
  const operations = sends * share;
  received = 0;
  for (let message = 0; message < operations; message++) once(message);
  return { operations, problem: wrong(received, operations * width, 'messages received') };
};

const wrong = (got, expected, what) => (got === expected ? undefined : `${got} instead of ${expected} ${what}`);

function shuffled(indices) {
  const pick = random(42);
  for (let last = indices.length - 1; last > 0; last--) {
    const other = pick(last + 1);
    [indices[last], indices[other]] = [indices[other], indices[last]];
  }
  return indices;
}
