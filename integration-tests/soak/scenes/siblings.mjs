import { Intended } from '../intended.mjs';
import { restart } from '../library.mjs';
import { ended, pause } from '../waits.mjs';
import { QUICK, work } from '../work.mjs';

/** A child restarts, and takes along its siblings, who are in the middle of something. */
export async function siblings({ account, system, random }) {
  const parent = system.actor(
    (message, { spawn }) => {
      message.begin();
      const [first, ...others] = Array.from({ length: random.int(2, 5) }, () =>
        spawn(work, { supervision: restart() }),
      );
      for (const child of others) {
        child.send(account.message({ work: 'never' }));
        for (let n = 0; n < 5; n++) child.send(account.message({ work: random.pick(QUICK) }));
      }
      // Its turn comes before theirs, but it takes a while to fail.
      first.send(account.message({ work: 'reject' }));
      message.done();
    },
    { siblings: random.pick(['one-for-all', 'rest-for-one']) },
  );
  parent.send(account.message());
  for (let n = 0; n < 3; n++) await pause();
  if (random.chance(0.5)) parent.send(account.message());
  if (random.chance(0.5)) parent.close();
  else parent.kill(new Intended('by the soak'));
  await ended(parent);
}
