import { resume } from '../library.mjs';
import { Intended } from '../intended.mjs';
import { ended, pause } from '../waits.mjs';

const BAD = -1;

/** Actors with a state, which is what their messages make of it; one is restored out of a snapshot. */
export async function states({ account, system, random }) {
  const seen = [];
  const first = counter(system, account);
  first.subscribe((state) => seen.push(state));
  const size = random.int(1, 300);
  for (let n = 0; n < size; n++) tell(first, account, random);
  if (random.chance(0.5)) await pause();
  const snapshot = first.snapshot({ messages: random.chance(0.5) });
  // What waits in the snapshot waits twice.
  for (const message of snapshot.messages ?? []) message.expect();
  const second = counter(system, account, snapshot);
  if (random.chance(0.5)) first.close();
  else first.kill('restored');
  for (let n = 0; n < size; n++) tell(second, account, random);
  second.close();
  await Promise.all([ended(first), ended(second)]);
  account.expect(first.state, first.sum, 'the state of a counter');
  account.expect(second.state, second.sum, 'the state of a restored counter');
  account.expect(seen.at(-1), first.state, 'the last state that an observer has seen');
}

function counter(system, account, snapshot) {
  const actor = system.statefulActor(
    (state, message) => {
      message.begin();
      if (message.value === BAD) throw new Intended('by a reducer');
      message.done();
      actor.sum += message.value;
      return state + message.value;
    },
    0,
    { supervision: resume(), snapshot },
  );
  actor.sum = snapshot?.state ?? 0;
  return actor;
}

function tell(actor, account, random) {
  actor.send(account.message({ value: random.chance(0.02) ? BAD : random.int(0, 9) }));
}
