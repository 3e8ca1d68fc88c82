import { getExchange, type Recipient } from 'rx-actors';

interface Order {
  readonly id: number;
  readonly total: number;
}

const printer = (name: string): Recipient<string> => ({ send: (line) => console.log(`${name}: ${line}`) });
const orders = getExchange<Order>('orders');
const describe = ({ id, total }: Order) => `order ${id} of ${total}`;
const shift = new AbortController();

orders.attach(printer('log'), { map: describe });
orders.attach(printer('large'), { map: describe, filter: ({ total }) => total > 100 });
orders.attach(printer('first'), { map: describe, once: true });
orders.attach(printer('clerk'), { map: describe, signal: shift.signal });

orders.send({ id: 1, total: 20 });
shift.abort();
orders.send({ id: 2, total: 200 });
// prints:
// log: order 1 of 20
// first: order 1 of 20
// clerk: order 1 of 20
// log: order 2 of 200
// large: order 2 of 200
