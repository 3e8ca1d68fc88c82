import { Asking } from '../asking.mjs';
import { Intended } from '../intended.mjs';
import { isActorError, resume } from '../library.mjs';
import { ended, pause } from '../waits.mjs';
import { someWork, work } from '../work.mjs';

/** Bounded mailboxes, which drop the newest or the oldest, and those with priorities; offers that wait for room. */
export async function mailboxes({ account, system, random }) {
  const mailbox = mailboxFor(random);
  const { capacity = Infinity, overflow } = mailbox;
  const actor = system.actor(work, { mailbox, supervision: resume() });
  const waits = [];
  const sizes = actor.pending$.subscribe((size) => {
    if (size > capacity) account.wrong(`${size} messages wait in a mailbox for ${capacity}`);
  });
  const size = random.int(1, 300);
  for (let n = 0; n < size; n++) {
    const properties = { value: random.int(0, 9), work: someWork(random) };
    const draw = random.next();
    if (draw < 0.5) {
      actor.send(account.message(properties));
    } else if (draw < 0.7) {
      const message = account.message(properties);
      const taken = actor.trySend(message);
      // Nothing has had a turn yet: it waits, or it has been dropped.
      if (overflow !== 'drop-oldest') account.expect(taken, !message.settled, '`trySend`');
    } else if (draw < 0.85) {
      waits.push(new Asking(actor, account.message({ ...properties, asked: true }), askOptions(random)).over);
    } else {
      waits.push(offer(actor, account.draft(properties), account, random));
    }
    if (random.chance(0.05)) await pause();
  }
  // One after another, each when there is room.
  for (let n = 0; n < 20; n++) await offer(actor, account.draft(), account, random);
  if (random.chance(0.7)) actor.close();
  else actor.kill('by the soak');
  await Promise.all(waits);
  await ended(actor);
  account.expect(sizes.closed, true, '`pending$` has completed');
}

function mailboxFor(random) {
  const capacity = random.int(1, 30);
  if (random.chance(0.3)) return { capacity, overflow: 'drop-oldest' };
  if (random.chance(0.4)) return { capacity };
  const compare = (a, b) => {
    if (random.chance(0.0005)) throw new Intended('by a comparison');
    return a.value - b.value;
  };
  return random.chance(0.5) ? { compare } : { compare, capacity };
}

function askOptions(random) {
  if (random.chance(0.3)) return { whenFull: 'wait' };
  return random.chance(0.2) ? { whenFull: 'wait', timeout: random.int(1, 4) } : undefined;
}

/** Resolves when the mailbox has taken a message, never will, or the offer is withdrawn. */
function offer(actor, draft, account, random) {
  return new Promise((resolve) => {
    const subscription = actor.offer(draft).subscribe({
      next: () => {
        draft.expect();
      },
      error: (error) => {
        if (!isActorError(error, 'actor-closed')) account.wrong(`an offer failed with ${error}`);
        resolve();
      },
      complete: resolve,
    });
    if (!subscription.closed && random.chance(0.1)) {
      subscription.unsubscribe();
      resolve();
    }
  });
}
