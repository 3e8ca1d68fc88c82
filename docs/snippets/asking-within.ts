import { lastValueFrom, map } from 'rxjs';
import { actor } from 'rx-actors';

const names = actor((id: number) => [`user ${id}`]);
// The ask is the work on the message: the next one waits until the answer is there.
const greeter = actor((id: number) => names.ask(id).pipe(map((name) => `Hello ${name}`)));
console.log(await lastValueFrom(greeter.ask(7)));

// It asks itself, while it is at work on the message: without the timeout both would wait for ever.
const forgetful = actor((question: string, { self }) =>
  question === 'who?' ? self.ask('again', { timeout: 10 }).pipe(map(String)) : ['me'],
);
await lastValueFrom(forgetful.ask('who?')).catch((error: unknown) => console.log((error as Error).name));
// prints:
// Hello user 7
// AskTimeoutError
