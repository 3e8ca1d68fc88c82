import { StatefulActor, statefulActor, type ActorContext } from 'rx-actors';

type Message = { readonly type: 'order'; readonly id: number } | { readonly type: 'open' };
interface Shop {
  readonly open: boolean;
  readonly done: readonly number[];
}

/** Puts orders aside until the shop opens. */
function reduce(shop: Shop, message: Message, context: ActorContext<Message>): Shop {
  if (message.type === 'open') {
    context.unstashAll();
    return { ...shop, open: true };
  }
  if (shop.open) return { ...shop, done: [...shop.done, message.id] };
  context.stash();
  return shop;
}

// Not started, so that the messages wait.
const here = new StatefulActor(reduce, { open: false, done: [] });
here.send({ type: 'order', id: 1 });
here.send({ type: 'open' });
here.send({ type: 'order', id: 2 });
const snapshot = structuredClone(here.snapshot({ messages: true }));
here.kill('moved');

const there = statefulActor(reduce, { open: false, done: [] }, { snapshot });
there.close();
await there.join();
console.log(there.state);
// prints:
// { open: true, done: [ 1, 2 ] }
