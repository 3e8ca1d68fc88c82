import { ActorSystem, isActorError, restart, resume, stop, type Supervision, type Termination } from 'rx-actors';

function add(sum: number, n: number): number {
  if (n < 0) throw new RangeError(`${n} is negative`);
  return sum + n;
}

/** Supervision, children, and an account of what was not processed. */
export async function failures(): Promise<void> {
  const system = new ActorSystem({ name: 'failures' });
  system.failures.subscribe((failure) => {
    const who = 'actor' in failure ? `${failure.actor.name}, ${failure.directive}` : failure.exchange.name;
    console.log('failure:', who, failure.error instanceof Error ? failure.error.message : failure.error);
  });
  system.deadLetters.subscribe(({ message, reason }) => console.log('dead letter:', message, reason));

  const byKind: Supervision = (error) => (error instanceof RangeError ? resume() : stop());
  const supervisions = { resume: resume(), restart: restart({ limit: 3, within: 60_000 }), byKind, stop: stop() };
  for (const [name, supervision] of Object.entries(supervisions)) {
    const sum = system.statefulActor(add, 0, { name, supervision });
    for (const n of [1, -1, 2]) sum.send(n);
    sum.close();
    await sum.join().catch((error: unknown) => console.log('join:', String(error)));
    console.log(name, sum.state);
  }

  await families(system);
  const exchange = system.exchange<string>('throws');
  exchange.attach({
    send: (message) => {
      throw new TypeError(`no ${message}`);
    },
  });
  exchange.send('thanks');
  await system.close();
}

async function families(system: ActorSystem): Promise<void> {
  const fails = (job: string): void => {
    throw new Error(`cannot ${job}`);
  };
  const parent = system.actor(
    (job: string, context) => {
      const afterEnd = ({ kind }: Termination) => console.log('child ended:', kind);
      const child = context.spawn(fails, { name: 'child', afterEnd });
      if (context.children.includes(child)) child.send(job);
    },
    {
      name: 'parent',
      supervision: (error) => {
        if (isActorError(error, 'child-failed')) console.log(error.child, 'of', error.actor);
        return stop();
      },
    },
  );
  const watcher = system.actor((message: 'start' | Termination['kind'], { self, watch }) => {
    console.log('watcher:', message);
    if (message === 'start') watch(parent, ({ kind }) => kind);
    else self.close();
  });
  watcher.send('start');
  parent.send('fly');
  await parent.join().catch((error: unknown) => console.log('join:', isActorError(error) && error.code));
  await watcher.join();
  console.log('parent:', parent.status);
}
