import { setMaxListeners } from 'node:events';
import { catchError, EMPTY, from, lastValueFrom, tap } from 'rxjs';
import { Asking } from '../asking.mjs';
import { askAll, askFirst, askWith, resume } from '../library.mjs';
import { ended, pause } from '../waits.mjs';
import { FAILING, QUICK, someWork, work } from '../work.mjs';

/** Asks that are answered, that time out, are cancelled or aborted, or fail. */
export async function asks({ account, system, random }) {
  const actor = system.actor(work, { supervision: resume() });
  const abort = new AbortController();
  // Node warns of the eleventh.
  setMaxListeners(0, abort.signal);
  const asked = [];
  const size = random.int(1, 400);
  for (let n = 0; n < size; n++) {
    const message = account.message({ asked: true, work: workFor(random) });
    const asking = new Asking(actor, message, optionsFor(message, abort, random), random.chance(0.1));
    if (random.chance(0.05)) asking.cancel();
    asked.push(asking);
    if (random.chance(0.02)) await pause();
    if (random.chance(0.02)) random.pick(asked).cancel();
  }
  if (random.chance(0.3)) abort.abort('by the soak');
  if (random.chance(0.2)) actor.kill('by the soak');
  else actor.close();
  await Promise.all(asked.map(({ over }) => over));
  await ended(actor);
  await several({ account, system, random });
}

function workFor(random) {
  if (random.chance(0.02)) return random.pick(FAILING);
  return random.chance(0.01) ? 'never' : someWork(random);
}

function optionsFor({ work }, abort, random) {
  // What never ends has to be cut short.
  if (work === 'never' || random.chance(0.1)) return { timeout: random.int(1, 5) };
  return random.chance(0.3) ? { signal: abort.signal, timeout: 60_000 } : undefined;
}

/** One after another, all at once, and whoever is first. */
async function several({ account, system, random }) {
  const actors = [1, 2, 3].map(() => system.actor(work, { mailbox: { capacity: random.int(1, 4) } }));
  const count = random.int(1, 50);
  const messages = Array.from({ length: count }, () => account.draft({ work: random.pick(QUICK) }));
  let answers = 0;
  const counted = tap(() => answers++);
  await lastValueFrom(from(messages).pipe(askWith(actors[0]), counted), { defaultValue: undefined });
  const least = messages.filter(({ work }) => work !== 'nothing').length;
  account.expect(answers >= least, true, `the answers to ${count} messages are ${least} or more`);

  const toAll = account.message({ work: 'observable', value: 7 }, actors.length);
  const all = await lastValueFrom(askAll(actors, toAll));
  account.expect(all.join(), '7,7,7', 'what all answer');

  const toAny = account.message({ work: 'observable', value: 8 }, actors.length);
  const first = await lastValueFrom(askFirst(actors, toAny).pipe(catchError(() => EMPTY)));
  account.expect(first, 8, 'what the first answers');
  toAny.cancelRest();

  for (const actor of actors) actor.close();
  await Promise.all(actors.map(ended));
}
