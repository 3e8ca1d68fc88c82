import { Order } from '../order.mjs';
import { ended, pause } from '../waits.mjs';
import { someWork, work } from '../work.mjs';

/** Plain actors are told by several senders, and end while messages wait: closed, killed, aborted, by themselves. */
export async function tell({ account, system, random }) {
  const order = new Order(account);
  const abort = new AbortController();
  const actor = system.actor(
    (message, context) => {
      order.see(message);
      // It tells itself as well.
      if (message.value > 0) {
        context.self.send(account.message({ sender: 'itself', number: itself++, value: message.value - 1 }));
      }
      return work(message, context);
    },
    { signal: abort.signal },
  );
  actor.subscribe({ error: () => undefined });
  let itself = 0;
  const numbers = [0, 0, 0];
  const bursts = random.int(1, 8);
  for (let burst = 0; burst < bursts; burst++) {
    const size = random.int(1, 400);
    for (let n = 0; n < size; n++) {
      const sender = random.int(0, numbers.length - 1);
      const value = random.chance(0.02) ? random.int(1, 10) : 0;
      actor.send(account.message({ sender, number: numbers[sender]++, value, work: someWork(random) }));
    }
    if (random.chance(0.3)) await pause();
  }
  await endSomehow(actor, abort, { account, random });
  await ended(actor);
  // Too late for a turn.
  actor.send(account.message());
}

async function endSomehow(actor, abort, { account, random }) {
  const how = random.pick(['close', 'close', 'kill', 'abort', 'kill itself', 'close itself']);
  if (random.chance(0.5)) await pause();
  if (how === 'close') actor.close();
  else if (how === 'kill') actor.kill('by the soak');
  else if (how === 'abort') abort.abort('by the soak');
  else actor.send(account.message({ sender: how, work: how === 'kill itself' ? 'kill' : 'close' }));
}
