import { Exchange } from '../library.mjs';
import { Reader } from '../reader.mjs';
import { ended, pause } from '../waits.mjs';
import { QUICK, work } from '../work.mjs';

/** Exchanges that replay: whoever comes late gets the last publications first. */
export async function replay({ account, system, random }) {
  const capacity = random.int(1, 20);
  const exchange = new Exchange({ system, replay: capacity });
  const kept = [];
  const actors = [];
  const attached = [];
  /** Gets what is kept, and what comes. */
  const attach = (recipient, options) => {
    for (const message of kept) message.expect();
    attached.push(recipient);
    exchange.attach(recipient, options);
  };
  attach(new Reader(account));
  const steps = random.int(1, 200);
  for (let n = 0; n < steps; n++) {
    const draw = random.next();
    if (draw < 0.05) {
      attach(new Reader(account));
    } else if (draw < 0.07) {
      const actor = system.actor(work);
      actors.push(actor);
      attach(actor);
    } else if (draw < 0.1 && attached.length > 1) {
      // Not the first, who sees to it that somebody gets everything.
      exchange.detach(attached.splice(random.int(1, attached.length - 1), 1)[0]);
    } else if (draw < 0.11) {
      exchange.clearReplay();
      kept.length = 0;
    } else {
      const properties = { work: random.pick(QUICK), number: account.nextNumber() };
      const message = account.message(properties, attached.length);
      kept.push(message);
      if (kept.length > capacity) kept.shift();
      exchange.send(message);
      account.expect(exchange.current, message, 'the last message that is kept');
    }
    if (random.chance(0.01)) await pause();
  }
  exchange.complete();
  for (const actor of actors) actor.close();
  await Promise.all(actors.map(ended));
}
