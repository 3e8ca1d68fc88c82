import { interval, take } from 'rxjs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Asking } from '../asking.mjs';
import { restart, resume } from '../library.mjs';
import { ended, pause } from '../waits.mjs';
import { FAILING, someWork, work } from '../work.mjs';

const KEYS = [1, 2, 3];

/** Timers, idle timeouts, messages that are put aside and put back, behaviors that become others. */
export async function habits({ account, system, random }) {
  const actor = system.actor(behavior({ account, random }), {
    supervision: random.pick([resume(), restart(), restart({ backoff: { min: 1, max: 2 } })]),
    ...(random.chance(0.3) && { stashCapacity: random.int(0, 20) }),
  });
  const asked = [];
  const bursts = random.int(1, 5);
  for (let burst = 0; burst < bursts; burst++) {
    const size = random.int(1, 80);
    for (let n = 0; n < size; n++) {
      const properties = { value: n, work: somethingToDo(random) };
      if (random.chance(0.3)) actor.send(account.message(properties));
      else if (random.chance(0.8)) asked.push(new Asking(actor, account.message({ ...properties, asked: true })));
      else
        asked.push(new Asking(actor, account.message({ ...properties, asked: true }), { timeout: random.int(1, 4) }));
    }
    if (random.chance(0.3)) random.pick(asked)?.cancel();
    await (random.chance(0.5) ? pause() : sleep(random.int(1, 4)));
  }
  if (random.chance(0.7)) actor.close();
  else actor.kill('by the soak');
  await ended(actor);
  await Promise.all(asked.map(({ over }) => over));
}

function somethingToDo(random) {
  const draw = random.next();
  if (draw < 0.05) return 'shut';
  if (draw < 0.1) return 'open';
  if (draw < 0.2) return random.pick(['later', 'ticks', 'cancel', 'cancel all', 'idle', 'busy']);
  if (draw < 0.25) return 'become';
  return draw < 0.27 ? random.pick(FAILING) : someWork(random);
}

function behavior({ account, random }) {
  let shut = false;
  const acts = {
    later: ({ timers }) => timers.start(random.pick(KEYS), account.draft(), random.int(0, 3)),
    ticks: ({ timers }) => timers.start(random.pick(KEYS), account.draft({}, 3), interval(1).pipe(take(3))),
    cancel: ({ timers }) => timers.cancel(random.pick(KEYS)),
    'cancel all': ({ timers }) => timers.cancelAll(),
    idle: ({ receiveTimeout }) => receiveTimeout(1, account.draft({}, Infinity)),
    busy: ({ receiveTimeout }) => receiveTimeout(undefined),
    become: ({ become }) => become(other),
    shut: () => {
      shut = true;
    },
    open: ({ unstashAll }) => {
      shut = false;
      unstashAll();
    },
  };

  const usual = (message, context) => {
    const act = acts[message.work];
    if (act === undefined) return shut ? putAside(message, context) : work(message, context);
    message.begin();
    act(context);
    message.done();
    return undefined;
  };
  /** Does without habits, and becomes the usual one again after a while. */
  const other = (message, { become }) => {
    message.begin();
    if (message.value % 5 === 0) become(usual);
    message.done();
  };
  return usual;
}

function putAside(message, { stash }) {
  message.begin();
  stash();
  message.putAside();
}
