import { VirtualTimeScheduler } from 'rxjs';
import { ActorSystem, displayMarbles } from 'rx-actors';

// Real time needs no scheduler; here the time is virtual, so that it always prints the same.
const scheduler = new VirtualTimeScheduler();
const system = new ActorSystem({ scheduler });
const orders = system.exchange<{ readonly item: string } | 'paid'>('orders');

const recorder = displayMarbles(orders, { scheduler });
scheduler.schedule(() => orders.send({ item: 'book' }), 3);
scheduler.schedule(() => orders.send({ item: 'pen' }), 3);
scheduler.schedule(() => orders.send('paid'), 120);
scheduler.schedule(() => orders.send('paid'), 125);
scheduler.schedule(() => orders.complete(), 130);
scheduler.flush();

// To paste into a test: hot(text, values).
console.log(recorder.text);
console.log(recorder.values);
// The same as a picture.
console.log(recorder.svg.slice(0, 4));
// prints:
// ---(ab) 113ms c----c----|
// { a: { item: 'book' }, b: { item: 'pen' }, c: 'paid' }
// <svg
