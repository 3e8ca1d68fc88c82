import { interval } from 'rxjs';
import { Asking } from './asking.mjs';
import { Intended } from './intended.mjs';
import { Actor, restart, resume, WorkerActor } from './library.mjs';
import { ended, until } from './waits.mjs';
import { FAILING, QUICK, someWork, work } from './work.mjs';

/** How many of each kind. */
const MANY = 10;

/**
 * Those that live as long as the soak: what they were sent must leave nothing in them, however much it was.
 *
 * They are attached to exchanges of their own, some of them in groups, and some tell themselves the time.
 */
export class Standing {
  #account;
  #system;
  #exchange;
  #topics;
  #actors;
  #pool;
  #worker;
  #children = new Set();

  /** @param account - Of what they tell themselves. */
  constructor(system, account) {
    this.#system = system;
    this.#account = account;
    this.#exchange = system.exchange('standing', { replay: MANY });
    this.#topics = system.topicExchange('standing topics');
    this.#pool = system.actorPool(work, { size: 4, supervision: restart() });
    this.#worker = new WorkerActor({ system }).start();
    this.#actors = Array.from({ length: MANY }, () => this.#makeOneOfEach()).flat();
    this.#actors.forEach((actor, index) => {
      this.#topics.bind(`*.${index}.#`, actor);
      if (index % 4 === 0) this.#exchange.attach(actor);
      else this.#exchange.attach(actor, { group: `group ${index % 4}` });
    });
  }

  /** How many actors there are, the members of the pool included. */
  get size() {
    return this.#actors.length + 2 + this.#pool.size;
  }

  /** Sends them things, and waits until all have been seen to. */
  play = async ({ account, random }) => {
    const size = random.int(1, 300);
    const alone = Math.ceil(this.#actors.length / 4);
    for (let n = 0; n < size; n++) {
      const draw = random.next();
      if (draw < 0.05) this.#exchange.send(account.message({ work: random.pick(QUICK) }, alone + 3));
      else if (draw < 0.1) this.#publish(account, random);
      else if (draw < 0.2) this.#pool.send(account.message({ work: workFor(random) }));
      else if (draw < 0.22) this.#submit(account);
      else random.pick(this.#actors).send(account.message({ work: workFor(random) }));
    }
    const asked = [...this.#actors, ...Array(this.#pool.size).fill(this.#pool)].map(
      (actor) => new Asking(actor, account.message({ asked: true }), { timeout: 3_600_000 }),
    );
    await Promise.all(asked.map(({ over }) => over));
    await this.#submit(account);
    await until(() => this.#children.size === 0);
  };

  /** They end, with what they tell themselves. */
  async end() {
    const actors = [...this.#actors, this.#pool, this.#worker];
    for (const actor of actors) actor.close();
    await Promise.all(actors.map(ended));
    this.#exchange.complete();
    this.#topics.complete();
    this.#account.close();
  }

  #publish(account, random) {
    const index = random.int(0, this.#actors.length - 1);
    this.#topics.publish(`a.${index}.b`, account.message({ work: random.pick(QUICK) }));
  }

  async #submit(account) {
    const message = account.message();
    await this.#worker
      .submit(() => {
        message.begin();
        message.done();
      })
      .result();
  }

  #makeOneOfEach() {
    const system = this.#system;
    const supervision = restart();
    return [
      system.actor(work, { supervision: resume() }),
      system.actor(work, { supervision: restart({ backoff: { min: 1, max: 2 } }) }),
      system.statefulActor(reduce, 0, { supervision }),
      system.generatorActor(steps, { supervision }),
      system.generatorActor(asyncSteps, { supervision }),
      new Loop({ system, supervision }).start(),
      this.#makeClock(),
      system.actor(this.#parent, { supervision: resume() }),
    ];
  }

  /** Has children for a while, but not because one has ended. */
  #parent = (message, context) => {
    if (message.work === 'array' && context.children.length < 3) {
      const child = context.spawn(work);
      this.#children.add(child);
      context.watch(child, () => {
        this.#children.delete(child);
        return message.account.draft();
      });
      child.send(message.account.message({ work: 'close' }));
    }
    return work(message, context);
  };

  /** Tells itself the time, again and again. */
  #makeClock() {
    const clock = this.#system.actor(
      (message, context) => {
        if (!context.timers.has('clock')) context.timers.start('clock', this.#account.draft({}, Infinity), interval(5));
        return work(message, context);
      },
      { supervision: restart() },
    );
    clock.send(this.#account.message());
    return clock;
  }
}

function workFor(random) {
  return random.chance(0.01) ? random.pick(FAILING) : someWork(random);
}

/** What those do that have no behavior that returns its work. */
function handle(message) {
  message.begin();
  if (FAILING.includes(message.work)) throw new Intended('by one that stands');
}

function reduce(state, message) {
  handle(message);
  message.done();
  return state + 1;
}

function* steps() {
  for (;;) {
    const message = yield;
    handle(message);
    message.done();
  }
}

async function* asyncSteps() {
  for (;;) {
    const message = yield;
    handle(message);
    await undefined;
    message.doneLater();
  }
}

class Loop extends Actor {
  async run() {
    let message = await this.recv();
    for (;;) {
      handle(message);
      const next = this.recv();
      message.doneLater();
      message = await next;
    }
  }
}
