import { firstValueFrom } from 'rxjs';
import { ActorSystem, isActorError, resume } from '../library.mjs';
import { FAILING, QUICK, someWork, work } from '../work.mjs';

/** Systems that are made and closed, at once or with work to do, some by force; each adds up what it tells of itself. */
export async function systems({ account, ledger, random }) {
  const system = new ActorSystem();
  ledger.listen(system);
  const told = random.chance(0.3) ? countEvents(system) : undefined;
  const actors = Array.from({ length: random.int(1, 20) }, () => system.actor(work, { supervision: resume() }));
  const pool = system.actorPool(work, { size: random.int(1, 3), supervision: resume() });
  const exchange = system.exchange('news');
  const readers = actors.slice(0, 3);
  for (const reader of readers) exchange.attach(reader);
  const hurried = random.chance(0.3);
  const size = random.int(0, 200);
  for (let n = 0; n < size; n++) {
    if (random.chance(0.1)) exchange.send(account.message({ work: random.pick(QUICK) }, readers.length));
    else random.pick([...actors, pool]).send(account.message({ work: workFor(hurried, random) }));
  }
  const endings = Promise.all([...actors, pool].map(({ terminated }) => firstValueFrom(terminated)));
  if (hurried) {
    const how = await system.close({ timeout: 1 });
    const kinds = (await endings).map(({ kind }) => kind);
    account.expect(how, kinds.includes('killed') ? 'killed' : 'closed', 'how a system was closed');
  } else {
    await system.close();
  }

  account.expect(system.actors.length, 0, 'the actors of a closed system');
  account.expect(system.exchanges.size, 0, 'the exchanges of a closed system');
  actors[0].send(account.message());
  exchange.send(account.message());
  try {
    system.actor(work);
    account.wrong('a closed system has made an actor');
  } catch (error) {
    if (!isActorError(error, 'system-closed')) throw error;
  }
  if (told !== undefined) {
    account.expect(told.processed, account.fates.processed ?? 0, '`processed` events');
    account.expect(told.failed, account.fates.failed ?? 0, '`failed` events');
  }
}

function workFor(hurried, random) {
  if (hurried && random.chance(0.05)) return 'never';
  return random.chance(0.02) ? random.pick(FAILING) : someWork(random);
}

function countEvents(system) {
  const told = { processed: 0, failed: 0 };
  system.events.subscribe(({ type }) => {
    if (type in told) told[type]++;
  });
  return told;
}
