import { statefulActor, type StateSnapshot } from 'rx-actors';

/** Version 1 was a string, `tea,milk`; version 2 an array of names; version 3 counts them. */
type Cart = Readonly<Record<string, number>>;

const toVersion2 = (cart: string): readonly string[] => cart.split(',');
const toVersion3 = (cart: readonly string[]): Cart => Object.fromEntries(cart.map((item) => [item, 1]));

/** One step after another, so that a new version needs one step more and no change to the others. */
function migrate(state: unknown, version: number): Cart {
  if (version > 3) throw new RangeError(`This cart is of version ${version}: update the app.`);
  let cart = state;
  if (version < 2) cart = toVersion2(cart as string);
  if (version < 3) cart = toVersion3(cart as readonly string[]);
  return cart as Cart;
}

const add = (cart: Cart, item: string): Cart => ({ ...cart, [item]: (cart[item] ?? 0) + 1 });
const saved: StateSnapshot<unknown> = { version: 1, state: 'tea,milk' };

const cart = statefulActor(add, {}, { version: 3, migrate, snapshot: saved });
cart.send('tea');
cart.close();
await cart.join();
console.log(cart.snapshot());
// prints:
// { version: 3, state: { tea: 2, milk: 1 } }
