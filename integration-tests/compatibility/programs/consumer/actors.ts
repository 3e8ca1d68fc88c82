import { firstValueFrom, lastValueFrom, map, of, range, take, timer, toArray } from 'rxjs';
import {
  Actor,
  actor,
  generatorActor,
  gracefulStop,
  isActorError,
  sendTo,
  statefulActor,
  WorkerActor,
  type ActorContext,
} from 'rx-actors';

/** Every kind of actor, and what is common to all of them. */
export async function actors(): Promise<void> {
  await functions();
  await states();
  await generators();
  await classes();
  await workers();
  await context();
  await backPressure();
  await ends();
}

async function functions(): Promise<void> {
  const lengths = actor((text: string) => timer(1).pipe(map(() => text.length)));
  const all = lastValueFrom(lengths.pipe(toArray()));
  for (const text of ['a', 'bb', 'ccc']) lengths.send(text);
  of('dddd').subscribe(lengths);
  console.log('lengths:', (await all).join());

  const promised = actor(async (n: number) => Promise.resolve(n * 2));
  range(1, 3).pipe(sendTo(promised)).subscribe();
  console.log('doubled:', (await lastValueFrom(promised.pipe(take(3), toArray()))).join());
  promised.close();
}

async function states(): Promise<void> {
  const total = statefulActor((sum, by: number) => sum + by, 0);
  const seen: number[] = [];
  total.subscribe((sum) => seen.push(sum));
  for (const by of [1, 2, 3]) total.send(by);
  total.close();
  await total.join();
  console.log('sums:', seen.join(), 'state:', total.state);

  const restored = statefulActor((sum: number, by: number) => sum + by, 0, { snapshot: total.snapshot() });
  console.log('restored:', restored.state);
  restored.close();
}

async function generators(): Promise<void> {
  const pairs = generatorActor(function* (): Generator<string | undefined, void, number> {
    let left = yield;
    for (;;) {
      const right: number = yield;
      left = yield `${left}+${right}`;
    }
  });
  pairs.subscribe((pair) => console.log('pair:', pair));
  for (const n of [1, 2, 3, 4]) pairs.send(n);
  pairs.close();
  await pairs.join();

  const slow = generatorActor(async function* (): AsyncGenerator<number | undefined, void, number> {
    let n = yield;
    for (;;) n = yield await firstValueFrom(timer(1).pipe(map(() => n * n)));
  });
  slow.subscribe((square) => console.log('square:', square));
  slow.send(3);
  slow.close();
  await slow.join();
}

class Receiver extends Actor<string> {
  protected override async run(): Promise<void> {
    try {
      for (;;) console.log('received:', await this.recv());
    } catch (error) {
      if (!isActorError(error, 'actor-exit')) throw error;
      console.log(error.name);
    }
  }
}

class Echo extends Actor<string, string> {
  protected override receive(message: string): string[] {
    return [message, message];
  }
}

async function classes(): Promise<void> {
  const receiver = new Receiver({ name: 'receiver' }).start();
  receiver.send('hello');
  receiver.close();
  await receiver.join();

  const echo = new Echo().start();
  echo.subscribe((sound) => console.log('echo:', sound));
  echo.send('ho');
  echo.close();
  await echo.join();
}

async function workers(): Promise<void> {
  await using worker = new WorkerActor().start();
  const power = worker.submit(Math.pow, 2, 10);
  const later = worker.submit(async (text: string) => Promise.resolve(text.toUpperCase()), 'done');
  const observed = worker.submit(() => of(1, 2, 3));
  console.log('results:', await power.result(), await later.result(), await observed.result());
}

type Message = { readonly type: 'ready' } | { readonly type: 'query'; readonly text: string };

async function context(): Promise<void> {
  const waiting = (message: Message, { stash, become, unstashAll }: ActorContext<Message>): undefined => {
    if (message.type === 'query') {
      stash();
      return;
    }
    become(({ type }) => [`answers ${type}`]);
    unstashAll();
  };
  const database = actor<Message, string>(waiting);
  const answer = lastValueFrom(database.ask({ type: 'query', text: 'select' }));
  database.send({ type: 'ready' });
  console.log('stashed:', await answer);
  database.close();

  const clock = actor((tick: 'go' | 'tick' | 'idle', { self, timers, receiveTimeout }) => {
    console.log('clock:', tick);
    if (tick === 'go') timers.start('tick', 'tick', 1);
    if (tick === 'tick') receiveTimeout(1, 'idle');
    if (tick === 'idle') self.close();
  });
  clock.send('go');
  await clock.join();
}

async function backPressure(): Promise<void> {
  const slow = actor((n: number) => timer(1).pipe(map(() => n)), { mailbox: { capacity: 1 } });
  const handled = lastValueFrom(slow.pipe(toArray()));
  for (const n of [1, 2, 3, 4]) await firstValueFrom(slow.offer(n), { defaultValue: undefined });
  slow.close();
  console.log('offered:', (await handled).join(), 'takes more:', slow.trySend(5));

  const urgent = actor((n: number) => console.log('priority:', n), { mailbox: { compare: (a, b) => a - b } });
  for (const n of [3, 1, 2]) urgent.send(n);
  urgent.close();
  await urgent.join();
}

async function ends(): Promise<void> {
  const stuck = actor((_: string) => timer(1_000_000));
  stuck.send('work');
  const end = await gracefulStop(stuck, { timeout: 1 });
  console.log('stuck:', end.kind, stuck.status);

  const controller = new AbortController();
  const aborted = actor((_: string) => timer(1_000_000), { signal: controller.signal });
  controller.abort('enough');
  const killed = await firstValueFrom(aborted.terminated);
  console.log('aborted:', killed.kind === 'killed' ? killed.reason : killed.kind);
}
