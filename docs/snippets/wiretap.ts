import { map, VirtualTimeScheduler } from 'rxjs';
import { ActorSystem, displayMarbles, wiretap } from 'rx-actors';

const scheduler = new VirtualTimeScheduler();
const system = new ActorSystem({ scheduler });
const heard = wiretap(system);
heard.subscribe(({ exchange, message, time }) => console.log(time, exchange, message));
// One letter an exchange: who talks when.
const talk = displayMarbles(heard.pipe(map(({ exchange }) => exchange)), { scheduler });

const celsius = system.exchange<number>('celsius');
const kelvin = system.exchange<number>('kelvin');
celsius.subscribe((degrees) => kelvin.send(degrees + 273));
scheduler.schedule(() => celsius.send(20), 2);
scheduler.schedule(() => celsius.send(21), 9);
scheduler.flush();
console.log(talk.text, talk.values);
// prints:
// 2 celsius 20
// 2 kelvin 293
// 9 celsius 21
// 9 kelvin 294
// --(ab)---(ab) { a: 'celsius', b: 'kelvin' }
