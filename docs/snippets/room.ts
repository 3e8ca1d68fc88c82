import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { getExchange } from 'rx-actors';

/** Stands for a WebSocket of the package ws: `send` calls back when the text is out. */
class Socket extends EventEmitter {
  constructor(readonly name: string) {
    super();
  }
  send(text: string, sent: () => void): void {
    console.log(`${this.name} gets`, text);
    sent();
  }
}

/** For each connection of a server. */
function join(socket: Socket): void {
  const room = getExchange<string>('room', { replay: 1 });
  // What comes faster than a client takes it waits for that client alone; beyond 100 the oldest are dropped.
  const client = { send: (text: string) => new Promise<void>((sent) => socket.send(text, sent)) };
  const attached = room.attach(client, { buffer: 100, overflow: 'drop-oldest' });
  socket.on('message', (text: string) => room.send(`${socket.name}: ${text}`));
  socket.on('close', () => attached.unsubscribe());
}

const [ada, bob] = [new Socket('Ada'), new Socket('Bob')];
join(ada);
ada.emit('message', 'anyone here?');
await wait(1);
join(bob);
await wait(1);
bob.emit('message', 'yes');
await wait(1);
ada.emit('close');
bob.emit('message', 'Ada?');
// prints:
// Ada gets Ada: anyone here?
// Bob gets Ada: anyone here?
// Ada gets Bob: yes
// Bob gets Bob: yes
// Bob gets Bob: Ada?
