// Run with --expose-gc: makes things, lets go of them, and prints, case by case, how many are still there.
import { setTimeout as sleep } from 'node:timers/promises';

const { Actor, ActorSystem, Exchange, actor, getExchange } = await import(process.argv[2]);
const MANY = 1000;

/** Each makes many and returns weak references to them; what it puts in `kept` outlives them. */
const cases = {
  'detached recipients': (kept) => {
    const exchange = (kept.exchange = new Exchange());
    return make(
      () => ({ send() {} }),
      (task) => {
        exchange.attach(task);
        exchange.send(1);
        exchange.detach(task);
      },
    );
  },
  'unsubscribed observers': (kept) => {
    const exchange = (kept.exchange = new Exchange());
    return make(
      () => ({ next() {} }),
      (observer) => exchange.subscribe(observer).unsubscribe(),
    );
  },
  'recipients of a block': (kept) => {
    const exchange = (kept.exchange = new Exchange());
    return make(
      () => ({ send() {} }),
      (task) => exchange.subscribe(task, { send() {} }).unsubscribe(),
    );
  },
  'recipients of an ended exchange': (kept) => {
    const exchange = (kept.exchange = new Exchange());
    const made = make(
      () => ({ send() {} }),
      (task) => exchange.attach(task),
    );
    exchange.complete();
    return made;
  },
  'ended exchanges that had a name': () =>
    make(
      (index) => getExchange(`memory-${index}`),
      (exchange) => exchange.complete(),
    ),
  'exchanges that an actor was detached from': (kept) => {
    const worker = (kept.worker = actor(() => undefined));
    return make(
      () => new Exchange(),
      (exchange) => {
        exchange.attach(worker);
        exchange.detach(worker);
      },
    );
  },
  'exchanges that ended with an actor attached': (kept) => {
    const worker = (kept.worker = actor(() => undefined));
    return make(
      () => new Exchange(),
      (exchange) => {
        exchange.attach(worker);
        exchange.complete();
      },
    );
  },
  'exchanges whose binding ends while it is made': (kept) => {
    const worker = (kept.worker = actor(() => undefined));
    return make(
      () => new Exchange(),
      (exchange) => {
        exchange.subscriberCount$.subscribe((count) => count === 1 && exchange.detach(worker));
        exchange.attach(worker);
      },
    );
  },
  'actors that were killed while attached': (kept) => {
    const exchange = (kept.exchange = new Exchange());
    return make(
      () => actor(() => undefined),
      (worker) => {
        exchange.attach(worker);
        worker.kill();
      },
    );
  },
  'actors that were closed while attached': (kept) => {
    const exchange = (kept.exchange = new Exchange({ replay: 1 }));
    return make(
      () => actor(() => undefined),
      (worker) => {
        exchange.attach(worker);
        exchange.send(1);
        worker.close();
      },
    );
  },
  'ended actors that were attached': (kept) => {
    const exchange = (kept.exchange = new Exchange());
    return make(
      () => new Actor(),
      (worker) => {
        worker.kill();
        exchange.attach(worker);
      },
    );
  },
  'members that left a group': (kept) => {
    const exchange = (kept.exchange = new Exchange());
    exchange.attach({ send() {} }, { group: 'stays' });
    return make(
      () => ({ send() {} }),
      (task, index) => {
        // One half in groups that go with them, the other in one that stays.
        const group = index % 2 === 0 ? `group ${index}` : 'stays';
        exchange.attach(task, { group });
        exchange.send(1);
        exchange.detach(task);
      },
    );
  },
  'actors that ended as members of a group': (kept) => {
    const exchange = (kept.exchange = new Exchange());
    exchange.attach({ send() {} }, { group: 'workers' });
    return make(
      () => actor(() => undefined),
      (worker, index) => {
        exchange.attach(worker, { group: 'workers' });
        exchange.send(1);
        if (index % 2 === 0) worker.kill();
        else worker.close();
      },
    );
  },
  'systems that were let go': () =>
    make(
      () => new ActorSystem(),
      (system) => {
        const worker = system.actor(() => undefined);
        system.exchange('news').attach(worker);
        system.exchange('news').send(1);
      },
    ),
};

function make(create, use) {
  return Array.from({ length: MANY }, (_, index) => {
    const made = create(index);
    use(made, index);
    return new WeakRef(made);
  });
}

const left = {};
for (const [name, run] of Object.entries(cases)) {
  const kept = {};
  const made = run(kept);
  for (let round = 0; round < 10; round++) {
    await sleep(1);
    globalThis.gc();
  }
  left[name] = made.filter((reference) => reference.deref() !== undefined).length;
  // Still used here, so that it was there all the time.
  kept.exchange?.send(1);
  kept.worker?.kill();
}
console.log(JSON.stringify(left));
