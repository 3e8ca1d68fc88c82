import { getTopicExchange } from 'rx-actors';

declare module 'rx-actors' {
  interface TopicExchangeTypes {
    shop: {
      'order.placed': { readonly id: number; readonly title: string };
      'order.paid': { readonly id: number; readonly cents: number };
      'user.joined': { readonly name: string };
    };
  }
}

const shop = getTopicExchange('shop');
// The union of what `order.*` matches: both have an `id`.
shop.topic('order.*').subscribe((order) => console.log('order', order.id));
shop.topic('*.joined').subscribe(({ name }) => console.log(name, 'joined'));
shop.publish('order.placed', { id: 1, title: 'a book' });
shop.publish('order.paid', { id: 1, cents: 990 });
shop.publish('user.joined', { name: 'Ada' });
// prints:
// order 1
// order 1
// Ada joined
