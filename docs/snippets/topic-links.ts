import { Exchange, TopicExchange } from 'rx-actors';

const events = new TopicExchange<string>();
const orders = new Exchange<string>();
const everyone = { send: (message: string) => console.log('got', message) };

events.bind('order.#', orders);
orders.attach(everyone);
// Bound here too: one publication reaches everyone once, by whichever way comes first.
events.bind('#', everyone);
events.publish('order.placed', 'a book');
events.publish('user.joined', 'Ada');
// prints:
// got a book
// got Ada
