import { getTopicExchange, TopicExchange } from 'rx-actors';

interface Orders {
  'order.placed': { readonly id: number; readonly title: string };
  'order.paid': { readonly id: number; readonly cents: number };
  'user.joined': { readonly name: string };
}

declare module 'rx-actors' {
  interface TopicExchangeTypes {
    'compatibility.shop': Orders;
  }
}

/** Keys and patterns. */
export function topics(): void {
  const shop = getTopicExchange('compatibility.shop');
  shop.topic('order.*').subscribe((order) => console.log('order', order.id));
  shop.topic('*.joined').subscribe(({ name }) => console.log('joined:', name));
  shop.topic('order.placed').subscribe(({ title }) => console.log('placed:', title));
  shop.publish('order.placed', { id: 1, title: 'a book' });
  shop.publish('order.paid', { id: 1, cents: 990 });
  shop.publish('user.joined', { name: 'Ada' });
  shop.complete();

  const events = new TopicExchange<string>();
  const bound = events.bind('#.error', { send: (message) => console.log('error:', message) });
  events.publish('disk.error', 'full');
  events.publish('error', 'unknown');
  events.publish('disk.info', 'fine');
  bound.unsubscribe();
  events.publish('disk.error', 'unheard');
}
