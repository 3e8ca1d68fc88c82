// P7: what an actor weighs, what it takes to start one, a million at once, and what is left of things that are over.

import { atMost } from '../harness/bars.mjs';
import { mapValues } from '../harness/map-values.mjs';
import { retained } from '../harness/measures.mjs';
import { Tally } from '../harness/tally.mjs';
import { bytesPer, millionsPerSecond, nanosecondsPer, size } from '../harness/units.mjs';
import { concatMap, nact, ours, xstate } from '../peers/actors.mjs';

const SAMPLE = 1e5;

export const rows = (scale) => {
  const actors = { ours, concatMap, xstate, nact };
  const million = 1e6 * scale;
  return [
    weight('an idle actor before its first message', 'actor', atMost(400, '≤ 400 B'), mapValues(actors, idle)),
    weight(
      'an idle actor after a synchronous message',
      'actor',
      atMost(500, '≤ 500 B'),
      mapValues(actors, idleAfterMessage),
    ),
    weight('an attached recipient with its subscription', 'recipient', atMost(250, '≤ 250 B'), {
      ours: attached,
      Subject: subscribed,
    }),
    {
      id: 'P7',
      title: 'spawn',
      unit: millionsPerSecond('actors'),
      bar: atMost(1_000, '≥ 1 M/s'),
      contestants: mapValues(actors, (open) => spawning(open, SAMPLE * scale)),
    },
    {
      id: 'P7',
      title: `${size(million)} actors alive, each answers an ask`,
      unit: nanosecondsPer('actor'),
      bar: atMost(Infinity, 'all answer'),
      contestants: { ours: aliveAndAnswering(million) },
    },
    leftovers('an actor that ended', 'actor', endedActors),
    leftovers('a completed ask', 'ask', completedAsks),
    leftovers('a detached recipient', 'recipient', detachedRecipients),
  ];
};

const weight = (title, thing, bar, contestants) => ({
  id: 'P7',
  title,
  unit: bytesPer(thing),
  bar,
  measure: retained(SAMPLE),
  contestants,
});

/** A leak is a pointer each, 8 B, at the least; less is the heap's own housekeeping over a hundred thousand things. */
const NOTHING = atMost(7, 'nothing (≤ 7 B)');

const leftovers = (what, thing, contestant) => ({
  ...weight(`left behind by ${what}`, thing, NOTHING, { ours: contestant }),
  measure: retained(SAMPLE, SAMPLE),
});

export const idle = (open) => async () => {
  const { behavior, spawn } = await open();
  const nothing = behavior(() => {});
  return async (things) => {
    for (let index = 0; index < things.length; index++) things[index] = spawn(nothing);
    return {};
  };
};

export const idleAfterMessage = (open) => async () => {
  const { behavior, spawn, send } = await open();
  let tally;
  const counting = behavior((message) => void tally.add(message));
  return async (things) => {
    for (let index = 0; index < things.length; index++) things[index] = spawn(counting);
    tally = new Tally(things.length);
    const processed = tally.reaches(things.length);
    things.forEach(send);
    await processed;
    return { problem: tally.problem };
  };
};

class Nobody {
  receive = () => {};
  send() {}
}

/** The recipients are the user's own and there before: only what attaching takes is weighed. */
async function attached() {
  const { ActorSystem } = await import('../ours.mjs');
  const recipients = Array.from({ length: SAMPLE }, () => new Nobody());
  let exchange;
  return async (things) => {
    exchange = new ActorSystem({ maxSubscribers: Infinity }).exchange('bench');
    for (let index = 0; index < things.length; index++) things[index] = exchange.attach(recipients[index]);
    return { problem: wrong(exchange.subscriberCount, things.length) };
  };
}

async function subscribed() {
  const { Subject } = await import('rxjs');
  const recipients = Array.from({ length: SAMPLE }, () => new Nobody());
  let subject;
  return async (things) => {
    subject = new Subject();
    for (let index = 0; index < things.length; index++) things[index] = subject.subscribe(recipients[index].receive);
    return { problem: wrong(subject.observers.length, things.length) };
  };
}

const spawning = (open, count) => async () => {
  const { behavior, spawn, send } = await open();
  let tally;
  const counting = behavior((message) => void tally.add(message));

  return async (share) => {
    const operations = count * share;
    const start = performance.now();
    const actors = Array.from({ length: operations }, () => spawn(counting));
    const nanoseconds = (performance.now() - start) * 1e6;

    tally = new Tally(1);
    const processed = tally.reaches(1);
    send(actors.at(-1), 0);
    await processed;
    return { operations, nanoseconds, problem: tally.problem };
  };
};

const aliveAndAnswering = (count) => async () => {
  const { ActorSystem } = await import('../ours.mjs');

  return async (share) => {
    const operations = count * share;
    const system = new ActorSystem();
    const tally = new Tally(operations);
    const answered = tally.reaches(operations);
    const actors = Array.from({ length: operations }, () => system.actor((message) => [message]));
    actors.forEach((actor, index) => actor.ask(index).subscribe((answer) => tally.add(answer)));
    await answered;
    return { operations, problem: tally.problem };
  };
};

async function endedActors() {
  const { ActorSystem } = await import('../ours.mjs');
  const system = new ActorSystem();
  return async ({ length }) => {
    const tally = new Tally(length);
    const actors = Array.from({ length }, () => system.actor((message) => void tally.add(message)));
    actors.forEach((actor, index) => {
      actor.send(index);
      actor.close();
    });
    await Promise.all(actors.map((actor) => actor.join()));
    return { problem: tally.problem };
  };
}

async function completedAsks() {
  const { ActorSystem } = await import('../ours.mjs');
  const actor = new ActorSystem().actor((message) => [message]);
  return async ({ length }) => {
    const tally = new Tally(length);
    const answered = tally.reaches(length);
    for (let index = 0; index < length; index++) actor.ask(index).subscribe((answer) => tally.add(answer));
    await answered;
    return { problem: tally.problem };
  };
}

async function detachedRecipients() {
  const { ActorSystem } = await import('../ours.mjs');
  const exchange = new ActorSystem({ maxSubscribers: Infinity }).exchange('bench');
  return async ({ length }) => {
    const recipients = Array.from({ length }, () => new Nobody());
    for (const recipient of recipients) exchange.attach(recipient);
    for (const recipient of recipients) exchange.detach(recipient);
    return { problem: wrong(exchange.subscriberCount, 0) };
  };
}

const wrong = (count, expected) => (count === expected ? undefined : `${count} attached instead of ${expected}`);
