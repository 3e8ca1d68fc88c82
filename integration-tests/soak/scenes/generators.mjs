import { setTimeout as sleep } from 'node:timers/promises';
import { Asking } from '../asking.mjs';
import { Intended } from '../intended.mjs';
import { restart, resume, stop } from '../library.mjs';
import { ended, pause, until } from '../waits.mjs';

const SLEEPING = ['sleep', 'throw late', 'return late'];

/** Actors out of generators, sync and async: every one that has begun comes to its `finally`. */
export async function generators({ account, system, random }) {
  const begun = { count: 0 };
  const body = random.chance(0.5) ? steps(begun) : asyncSteps(begun, () => actor);
  const supervision = random.pick([stop(), resume(), restart(), restart({ backoff: { min: 1, max: 2 } })]);
  const actor = system.generatorActor(body, { supervision });
  actor.subscribe({ error: () => undefined });
  const asked = [];
  const bursts = random.int(1, 5);
  for (let burst = 0; burst < bursts; burst++) {
    const size = random.int(1, 200);
    for (let n = 0; n < size; n++) {
      const properties = { value: n, work: someStep(random) };
      if (random.chance(0.8)) actor.send(account.message(properties));
      else asked.push(new Asking(actor, account.message({ ...properties, asked: true })));
    }
    if (random.chance(0.5)) await pause();
    if (random.chance(0.5)) asked.push(await cancelSoon(actor, { account, random }));
  }
  if (random.chance(0.7)) actor.close();
  else actor.kill('by the soak');
  await ended(actor);
  await Promise.all(asked.map(({ over }) => over));
  // One that is suspended in the middle is not waited for.
  await until(() => begun.count === 0);
}

/** Asks, and leaves perhaps in the middle of the turn: the generator goes on, and fails or ends with nobody waiting. */
async function cancelSoon(actor, { account, random }) {
  const work = random.pick(SLEEPING);
  const asking = new Asking(actor, account.message({ asked: true, work }));
  await pause();
  asking.cancel();
  return asking;
}

function someStep(random) {
  if (random.chance(0.003)) return 'throw';
  if (random.chance(0.001)) return 'return';
  return random.chance(0.01) ? 'sleep' : 'nothing';
}

const steps = (begun) =>
  function* () {
    let output;
    begun.count++;
    try {
      for (;;) {
        const message = yield output;
        message.begin();
        if (message.work.startsWith('throw')) throw new Intended('by a generator');
        message.done();
        if (message.work.startsWith('return')) return;
        output = message.value;
      }
    } finally {
      begun.count--;
    }
  };

const asyncSteps = (begun, actor) =>
  async function* () {
    let output;
    begun.count++;
    try {
      for (;;) {
        const message = yield output;
        message.begin();
        await (SLEEPING.includes(message.work) ? sleep(1) : undefined);
        if (message.work.startsWith('throw')) throw new Intended('by an async generator');
        if (actor().status === 'closed') return;
        message.doneLater();
        if (message.work.startsWith('return')) return;
        output = message.value;
      }
    } finally {
      begun.count--;
    }
  };
