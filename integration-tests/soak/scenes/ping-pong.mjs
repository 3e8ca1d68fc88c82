import { ended } from '../waits.mjs';

/** Two actors answer one another, at once or by Promises, until one of them has had enough. */
export async function pingPong({ account, system, random }) {
  const slow = random.chance(0.2);
  const passes = random.int(1, slow ? 200 : 3_000);
  const pass = (to) => (message) => {
    message.begin();
    message.done();
    if (message.number === passes) to().close();
    else if (slow)
      return Promise.resolve().then(() => {
        to().send(next(message));
      });
    else to().send(next(message));
    return undefined;
  };
  const next = ({ number }) => account.message({ number: number + 1 });
  const left = system.actor(pass(() => right));
  const right = system.actor(pass(() => left));
  left.send(account.message());
  await Promise.race([ended(left), ended(right)]);
  // The one that had enough may be at work still.
  left.close();
  right.close();
  await Promise.all([ended(left), ended(right)]);
}
