import { from, lastValueFrom, map } from 'rxjs';
import { Reader } from '../reader.mjs';
import { sendTo } from '../library.mjs';
import { pause } from '../waits.mjs';

/** Exchanges that are found by name, again and again: each ends, and the next of its name is another. */
export async function names({ account, system, random }) {
  const name = `news of ${account.nextNumber()}`;
  let former;
  const lives = random.int(1, 5);
  for (let life = 0; life < lives; life++) {
    const exchange = system.exchange(name);
    account.expect(exchange === former, false, 'an exchange that has ended is found again');
    account.expect(system.exchange(name), exchange, 'the exchange of a name');
    former = exchange;
    await live(exchange, { account, random });
    exchange.send(account.message());
  }
  account.expect(system.exchanges.has(name), false, 'the name of an exchange that has ended is taken');
}

async function live(exchange, { account, random }) {
  let running = 0;
  exchange.whileSubscribed(() => {
    running++;
    return () => running--;
  });
  const buffer = random.int(1, 50);
  const taken = take(exchange.iterate({ buffer, overflow: random.pick(['drop-newest', 'drop-oldest']) }));
  account.expect(running, 1, 'what runs while somebody is subscribed');
  const reader = new Reader(account);
  const attached = exchange.subscribe(reader);
  const counts = [];
  exchange.subscriberCount$.subscribe((count) => counts.push(count));
  for (const way of ['consume', 'operator', 'next']) {
    const size = random.int(0, 60);
    const messages = Array.from({ length: size }, () => account.message({ number: account.nextNumber() }, 2));
    if (way === 'consume') exchange.consume(from(messages));
    else if (way === 'operator')
      await lastValueFrom(
        from(messages).pipe(
          sendTo(exchange),
          map(() => 1),
        ),
        { defaultValue: 0 },
      );
    else from(messages).subscribe((message) => exchange.next(message));
    await pause();
  }
  attached.unsubscribe();
  exchange.complete();
  await taken;
  account.expect(running, 0, 'what runs when everybody has gone');
  account.expect(counts.join(), '2,1,0', 'the numbers of subscribers');
}

/** Takes all messages out of an iterator. */
async function take(messages) {
  for await (const message of messages) {
    message.begin();
    message.done();
    if (message.number % 16 === 0) await pause();
  }
}
