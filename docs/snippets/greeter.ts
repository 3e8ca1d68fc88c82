import { lastValueFrom, map, timer } from 'rxjs';
import { actor } from 'rx-actors';

const greeter = actor((name: string) => timer(10).pipe(map(() => `Hello ${name}`)));
greeter.subscribe((greeting) => console.log(greeting));

greeter.send('Ada');
greeter.send('Grace');
console.log(greeter.pending, 'messages wait');

console.log('answer:', await lastValueFrom(greeter.ask('Alan')));
greeter.close();
await greeter.join();
// prints:
// 2 messages wait
// Hello Ada
// Hello Grace
// Hello Alan
// answer: Hello Alan
