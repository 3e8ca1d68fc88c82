import { lastValueFrom, timer, map } from 'rxjs';
import { actor, type ActorContext } from 'rx-actors';

type Message = { readonly type: 'connected' } | { readonly type: 'query'; readonly sql: string };

/** Until the connection is there, queries are put aside; whoever has asked goes on waiting. */
function connecting(message: Message, context: ActorContext<Message>): undefined {
  if (message.type === 'query') {
    context.stash();
    return;
  }
  context.become(connected);
  context.unstashAll();
}

const connected = (message: Message): string[] => (message.type === 'query' ? [`rows of ${message.sql}`] : []);

const database = actor<Message, string>(connecting);
timer(10)
  .pipe(map((): Message => ({ type: 'connected' })))
  .subscribe((message) => database.send(message));
console.log(await lastValueFrom(database.ask({ type: 'query', sql: 'select 1' })));
// prints:
// rows of select 1
