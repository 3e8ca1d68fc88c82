import { ActorSystem } from 'rx-actors';

const system = new ActorSystem({ name: 'orders' });
system.deadLetters.subscribe(({ message, reason }) => console.log(message, 'was not processed:', reason));

const printer = system.actor((line: string) => console.log(line), { name: 'printer' });
system.exchange<string>('lines').attach(printer);
system.exchange<string>('lines').send('hello');
console.log(system.actors.map(({ name }) => name));

await system.close();
printer.send('too late');
// prints:
// [ 'printer' ]
// hello
// too late was not processed: closed
