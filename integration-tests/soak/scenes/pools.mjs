import { Asking } from '../asking.mjs';
import { Intended } from '../intended.mjs';
import { isActorError, restart, resume, stop } from '../library.mjs';
import { ended, pause } from '../waits.mjs';
import { FAILING, someWork, work } from '../work.mjs';

/** Pools of every routing, which grow and shrink while they work, and whose members fail and end. */
export async function pools({ account, system, random }) {
  const pool = system.actorPool(work, {
    size: random.int(1, 5),
    routing: random.pick(['round-robin', 'least-pending', { hash: (message) => keyOf(message, random) }]),
    supervision: random.pick([resume(), resume(), restart(), restart({ backoff: { min: 1, max: 2 } }), stop()]),
    ...(random.chance(0.4) && { mailbox: { capacity: random.int(1, 60) } }),
  });
  pool.subscribe({ error: () => undefined });
  const waits = [];
  const bursts = random.int(1, 8);
  for (let burst = 0; burst < bursts; burst++) {
    const size = random.int(1, 80);
    for (let n = 0; n < size; n++) {
      const properties = { value: random.int(0, 20), work: workFor(random) };
      const draw = random.next();
      if (draw < 0.7) pool.send(account.message(properties));
      else if (draw < 0.9)
        waits.push(new Asking(pool, account.message({ ...properties, asked: true }), askOptions(random)).over);
      else waits.push(offer(pool, account.draft(properties), account));
      if (random.chance(0.01)) pool.resize(random.int(1, 6));
    }
    if (random.chance(0.5)) await pause();
    if (random.chance(0.5)) pool.resize(random.int(1, 6));
  }
  if (random.chance(0.7)) pool.close();
  else pool.kill('by the soak');
  await Promise.all(waits);
  await ended(pool);
  account.expect(pool.pending, 0, 'what waits for a pool that has ended');
}

function keyOf({ value }, random) {
  if (random.chance(0.0005)) throw new Intended('by a hash');
  return String(value);
}

function workFor(random) {
  if (random.chance(0.01)) return random.pick(FAILING);
  return random.chance(0.005) ? random.pick(['close', 'kill']) : someWork(random);
}

function askOptions(random) {
  if (random.chance(0.2)) return { whenFull: 'wait' };
  return random.chance(0.2) ? { timeout: random.int(1, 5) } : undefined;
}

function offer(pool, draft, account) {
  return new Promise((resolve) => {
    pool.offer(draft).subscribe({
      next: () => {
        draft.expect();
      },
      error: (error) => {
        if (!isActorError(error, 'actor-closed')) account.wrong(`an offer failed with ${error}`);
        resolve();
      },
      complete: resolve,
    });
  });
}
