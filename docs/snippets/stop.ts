import { actor, defaultSystem } from 'rx-actors';

defaultSystem.deadLetters.subscribe(({ message, reason }) => console.log(message, 'is a dead letter:', reason));

const parser = actor((text: string) => {
  console.log(JSON.parse(text));
});
parser.send('[1]');
parser.send('oops');
parser.send('[2]');
await parser.join().catch((error: unknown) => console.log('ended by', (error as Error).name));
// prints:
// [ 1 ]
// oops is a dead letter: failed
// [2] is a dead letter: closed
// ended by SyntaxError
