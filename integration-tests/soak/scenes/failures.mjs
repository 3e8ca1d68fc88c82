import { NEVER } from 'rxjs';
import { Asking } from '../asking.mjs';
import { Intended } from '../intended.mjs';
import { restart, resume, stop } from '../library.mjs';
import { ended, pause } from '../waits.mjs';
import { FAILING, someWork, work } from '../work.mjs';

/** Behaviors that fail in every way, under every supervision; hooks that are called as often as they have to be. */
export async function failures({ account, system, random }) {
  let restarts = 0;
  let endings = 0;
  let incarnations = 1;
  const actor = system.actor(
    (message, context) => {
      if (message.work === 'throw' && random.chance(0.1)) context.self.error(new Intended('of an upstream'));
      return work(message, context);
    },
    {
      supervision: supervisionFor(random),
      beforeRestart: () => restarts++,
      afterEnd: () => endings++,
    },
  );
  // Sometimes somebody looks on, which takes another way through the library.
  const looking = random.chance(0.2) ? system.events : NEVER;
  const restarted = looking.subscribe((event) => {
    if (event.type === 'restarted' && event.actor === actor) incarnations++;
  });
  actor.subscribe({ error: () => undefined });
  const asked = [];
  const bursts = random.int(1, 6);
  for (let burst = 0; burst < bursts; burst++) {
    const size = random.int(1, 100);
    for (let n = 0; n < size; n++) {
      const properties = { work: random.chance(0.03) ? random.pick(FAILING) : someWork(random) };
      if (random.chance(0.2)) asked.push(new Asking(actor, account.message({ ...properties, asked: true })));
      else actor.send(account.message(properties));
    }
    if (random.chance(0.5)) await pause();
  }
  if (random.chance(0.8)) actor.close();
  else actor.kill('by the soak');
  await ended(actor);
  restarted.unsubscribe();
  await Promise.all(asked.map(({ over }) => over));
  account.expect(endings, 1, 'calls of `afterEnd`');
  account.expect(restarts >= incarnations - 1, true, '`beforeRestart` is called for every restart');
}

function supervisionFor(random) {
  const backoff = { min: 1, max: random.int(1, 6), jitter: random.pick([0, 0.5]) };
  const directives = [
    stop(),
    resume(),
    restart(),
    restart({ limit: random.int(0, 5) }),
    restart({ limit: 3, within: 5, backoff }),
    restart({ backoff }),
  ];
  if (random.chance(0.7)) return random.pick(directives);
  return (_error, message) => (message === undefined ? resume() : random.pick(directives));
}
