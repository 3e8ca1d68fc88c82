import { catchError, distinctUntilChanged, filter, firstValueFrom, map, of, timer } from 'rxjs';
import { actor, statefulActor } from 'rx-actors';

interface Todo {
  readonly text: string;
  readonly status: 'saving' | 'saved' | 'failed';
}
type Message =
  { readonly type: 'add'; readonly text: string } | { readonly type: 'saved' | 'failed'; readonly text: string };

/** Stands for a request. */
const request = (text: string) =>
  timer(5).pipe(
    map(() => {
      if (text === 'nonsense') throw new Error('refused');
    }),
  );

// What takes time is the work of another actor. Its outputs are messages to the store.
const saver = actor((text: string) =>
  request(text).pipe(
    map((): Message => ({ type: 'saved', text })),
    catchError(() => of<Message>({ type: 'failed', text })),
  ),
);

function reduce(todos: readonly Todo[], message: Message): readonly Todo[] {
  if (message.type === 'add') {
    saver.send(message.text);
    return [...todos, { text: message.text, status: 'saving' }];
  }
  return todos.map((todo) => (todo.text === message.text ? { ...todo, status: message.type } : todo));
}

const store = statefulActor(reduce, []);
store.consume(saver);

// What one part of a page shows, whenever it changes.
const select = <T>(selector: (todos: readonly Todo[]) => T) => store.pipe(map(selector), distinctUntilChanged());
const isDone = ({ status }: Todo) => status !== 'saving';
select((todos) => todos.filter((todo) => !isDone(todo)).length).subscribe((n) => console.log('saving:', n));

for (const text of ['milk', 'nonsense']) store.send({ type: 'add', text });
await firstValueFrom(store.pipe(filter((todos) => todos.length === 2 && todos.every(isDone))));
console.log(store.state);
// prints:
// saving: 0
// saving: 1
// saving: 2
// saving: 1
// saving: 0
// [
//   { text: 'milk', status: 'saved' },
//   { text: 'nonsense', status: 'failed' }
// ]
