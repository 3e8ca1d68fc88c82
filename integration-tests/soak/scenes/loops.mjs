import { map } from 'rxjs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Asking } from '../asking.mjs';
import { Intended } from '../intended.mjs';
import { Actor, restart, stop } from '../library.mjs';
import { ended, pause } from '../waits.mjs';
import { someWork, work } from '../work.mjs';

/** A `run()` that takes its messages by `recv()`: one counts as processed at the next `recv()`. */
class Loop extends Actor {
  async run() {
    let message = await this.recv();
    for (;;) {
      message.begin();
      if (message.work === 'throw') throw new Intended('by a loop');
      if (message.work === 'sleep') await sleep(1);
      // Killed meanwhile: it is a dead letter.
      if (this.status === 'closed') return;
      const next = this.recv();
      message.doneLater();
      message = await next;
    }
  }
}

/** A `run()` that is a pipeline. */
class Pipeline extends Actor {
  run() {
    return this.mailbox.pipe(
      map((message) => {
        message.begin();
        if (message.work === 'throw') throw new Intended('by a pipeline');
        message.done();
        return message.value;
      }),
    );
  }
}

/** A class that handles its messages one by one. */
class Receiver extends Actor {
  receive(message, context) {
    return work(message, context);
  }
}

/** Actors with a `run()` or a `receive()` of their own. */
export async function loops({ account, system, random }) {
  const Kind = random.pick([Loop, Pipeline, Receiver]);
  const supervision = random.pick([stop(), restart(), restart({ backoff: { min: 1, max: 4 } })]);
  const actor = new Kind({ system, supervision });
  actor.subscribe({ error: () => undefined });
  const asked = [];
  const bursts = random.int(1, 5);
  for (let burst = 0; burst < bursts; burst++) {
    const size = random.int(1, 200);
    for (let n = 0; n < size; n++) {
      const properties = { value: n, work: workFor(Kind, random) };
      if (random.chance(0.1)) asked.push(new Asking(actor, account.message({ ...properties, asked: true })));
      else actor.send(account.message(properties));
    }
    if (burst === 0) actor.start();
    if (random.chance(0.5)) await pause();
  }
  if (random.chance(0.7)) actor.close();
  else actor.kill('by the soak');
  await ended(actor);
  await Promise.all(asked.map(({ over }) => over));
}

function workFor(Kind, random) {
  if (random.chance(0.005)) return 'throw';
  if (Kind === Loop && random.chance(0.01)) return 'sleep';
  return Kind === Receiver ? someWork(random) : 'nothing';
}
