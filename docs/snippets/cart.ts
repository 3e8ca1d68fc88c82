import { lastValueFrom } from 'rxjs';
import { statefulActor } from 'rx-actors';

type Message = { readonly type: 'add' | 'remove'; readonly item: string } | { readonly type: 'clear' };

function reduce(items: readonly string[], message: Message): readonly string[] {
  switch (message.type) {
    case 'add':
      return [...items, message.item];
    case 'remove':
      return items.filter((item) => item !== message.item);
    case 'clear':
      return [];
  }
}

const cart = statefulActor(reduce, []);
cart.subscribe((items) => console.log('seen:', items));
cart.send({ type: 'add', item: 'tea' });
console.log('asked:', await lastValueFrom(cart.ask({ type: 'add', item: 'milk' })));
cart.send({ type: 'clear' });
cart.close();
await cart.join();
console.log('at the end:', cart.state);
// prints:
// seen: []
// seen: [ 'tea' ]
// seen: [ 'tea', 'milk' ]
// asked: [ 'tea', 'milk' ]
// seen: []
// at the end: []
