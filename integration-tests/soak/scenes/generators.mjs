import { setTimeout as sleep } from 'node:timers/promises';
import { Asking } from '../asking.mjs';
import { Intended } from '../intended.mjs';
import { restart, resume, stop } from '../library.mjs';
import { ended, pause, until } from '../waits.mjs';

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
      // Perhaps in the middle of its turn: the generator goes on, but nobody waits for what it yields.
      if (asked.length > 0 && random.chance(0.02)) random.pick(asked).cancel();
    }
    if (random.chance(0.5)) await pause();
    asked.at(-1)?.cancel();
  }
  if (random.chance(0.7)) actor.close();
  else actor.kill('by the soak');
  await ended(actor);
  await Promise.all(asked.map(({ over }) => over));
  // One that is suspended in the middle is not waited for.
  await until(() => begun.count === 0);
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
        if (message.work === 'throw') throw new Intended('by a generator');
        message.done();
        if (message.work === 'return') return;
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
        await (message.work === 'sleep' ? sleep(1) : undefined);
        if (message.work === 'throw') throw new Intended('by an async generator');
        if (actor().status === 'closed') return;
        message.doneLater();
        if (message.work === 'return') return;
        output = message.value;
      }
    } finally {
      begun.count--;
    }
  };
