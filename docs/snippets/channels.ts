import { once } from 'node:events';
import { Exchange } from 'rx-actors';

// Two ends of a channel, as two tabs of a browser have them.
const [here, there] = [new BroadcastChannel('news'), new BroadcastChannel('news')];
const out = new Exchange<string>();
out.attach(here);

const incoming = new Exchange<MessageEvent<string>>();
incoming.consume(there, 'message');
incoming.attach({ send: (line: string) => console.log('came in:', line) }, { map: (event) => event.data });

out.send('hello');
await once(there, 'message');
for (const channel of [here, there]) channel.close();
// prints:
// came in: hello
