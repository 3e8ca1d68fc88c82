import { filter, map, timer, type Observable } from 'rxjs';
import { actor, DisplayMessages, getExchange, isActorError, type Recipient } from 'rx-actors';

interface Price {
  readonly symbol: string;
  readonly cents: number;
}

declare module 'rx-actors' {
  interface ExchangeTypes {
    'compatibility.prices': Price;
  }
}

const print = (name: string): Recipient<unknown> => ({ send: (message) => console.log(`${name}:`, message) });

/** Publish and subscribe. */
export async function exchanges(): Promise<void> {
  const prices = getExchange('compatibility.prices', { replay: 1 });
  const cheap: Observable<string> = prices.pipe(
    filter(({ cents }) => cents < 100),
    map(({ symbol }) => symbol),
  );
  cheap.subscribe((symbol) => console.log('cheap:', symbol));
  prices.attach(print('mapped'), { filter: ({ cents }) => cents > 100, map: ({ symbol }) => symbol });
  prices.send({ symbol: 'A', cents: 50 });
  prices.send({ symbol: 'B', cents: 500 });
  prices.subscribe(({ symbol }) => console.log('replayed:', symbol));
  prices.complete();

  const lines = getExchange<string>('compatibility.lines', { unrouted: print('nobody for') });
  lines.send('unheard');
  {
    using attached = lines.subscribe(print('a'), new DisplayMessages((line) => console.log(line)));
    lines.send('heard');
    console.log('attached:', lines.subscriberCount);
  }
  console.log('attached after the block:', lines.subscriberCount);

  const once = lines.attach(print('once'), { once: true });
  lines.send('first');
  lines.send('second');
  console.log('closed:', once.closed);

  await iteration();
  await groups();
  lines.complete();
  try {
    lines.attach(print('late'));
  } catch (error) {
    console.log(isActorError(error, 'exchange-closed') ? error.exchange : String(error));
  }
}

async function iteration(): Promise<void> {
  const steps = getExchange<string>('compatibility.steps');
  const walk = async (): Promise<void> => {
    for await (const step of steps) {
      console.log('step:', step);
      if (step === 'right') break;
    }
  };
  const walking = walk();
  const iterator = steps.iterate({ buffer: 1, overflow: 'drop-oldest' });
  for (const step of ['left', 'right', 'left']) steps.send(step);
  await walking;
  const result = await iterator.next();
  console.log('kept:', result.done === true ? 'nothing' : result.value, 'dropped:', steps.dropped);
  await iterator.return?.();
  console.log('subscribed:', steps.subscriberCount);
  steps.complete();
}

async function groups(): Promise<void> {
  const jobs = getExchange<string>('compatibility.jobs');
  const workers = ['Ada', 'Bob'].map((name) =>
    actor((job: string) => {
      console.log(name, 'does', job);
      return timer(5);
    }),
  );
  for (const worker of workers) jobs.attach(worker, { group: 'workers' });
  for (const job of ['dig', 'rake']) jobs.send(job);
  for (const worker of workers) worker.close();
  await Promise.all(workers.map((worker) => worker.join()));
  jobs.complete();
}
