import { Intended } from '../intended.mjs';
import { generatorActor, gracefulStop, restart, resume, statefulActor, stop } from '../library.mjs';
import { ended, pause } from '../waits.mjs';
import { FAILING, someWork, work } from '../work.mjs';

const DEEPEST = 3;
const MOST_CHILDREN = 5;

/** Families: children that are made and end, fail and are watched; parents that restart and end while they have some. */
export async function families({ account, system, random }) {
  const parent = system.actor(behavior(1, { account, random }), {
    supervision: random.pick([resume(), restart(), restart({ backoff: { min: 1, max: 3 } })]),
    siblings: random.pick(['one-for-one', 'one-for-all', 'rest-for-one']),
  });
  parent.subscribe({ error: () => undefined });
  const bursts = random.int(1, 8);
  for (let burst = 0; burst < bursts; burst++) {
    const size = random.int(1, 60);
    for (let n = 0; n < size; n++) parent.send(account.message({ work: somethingToDo(random) }));
    if (random.chance(0.7)) await pause();
  }
  const how = random.pick(['close', 'kill', 'graceful', 'impatient']);
  if (how === 'close') parent.close();
  else if (how === 'kill') parent.kill('by the soak');
  else await gracefulStop(parent, how === 'impatient' ? { timeout: random.int(0, 3) } : {});
  await ended(parent);
}

function somethingToDo(random) {
  const draw = random.next();
  if (draw < 0.2) return 'spawn';
  if (draw < 0.7) return 'pass on';
  if (draw < 0.75) return 'end one';
  if (draw < 0.78) return 'unwatch';
  return draw < 0.8 ? random.pick(FAILING) : someWork(random);
}

/** What a parent does with a message; its children do the same, up to a depth. */
function behavior(depth, { account, random }) {
  const acts = {
    spawn(context) {
      if (context.children.length >= MOST_CHILDREN || depth === DEEPEST) return;
      const child = makeChild(context);
      if (random.chance(0.5)) context.watch(child, () => account.draft({ work: 'nothing' }));
    },
    'pass on'({ children }) {
      if (children.length === 0) return;
      const child = random.pick(children);
      const size = random.int(1, 5);
      for (let n = 0; n < size; n++) child.send(account.message({ work: somethingToDo(random) }));
    },
    'end one'({ children }) {
      if (children.length === 0) return;
      if (random.chance(0.5)) random.pick(children).close();
      else random.pick(children).kill('by its parent');
    },
    unwatch({ children, unwatch }) {
      if (children.length > 0) unwatch(random.pick(children));
    },
  };

  function makeChild({ self, spawn }) {
    const options = {
      supervision: random.pick([stop(), resume(), restart(), restart({ limit: 2 })]),
      siblings: random.pick(['one-for-one', 'one-for-all', 'rest-for-one']),
    };
    const kind = random.int(0, 9);
    if (kind === 0) return statefulActor(reduce, 0, { ...options, parent: self });
    if (kind === 1) return generatorActor(steps, { ...options, parent: self });
    return spawn(behavior(depth + 1, { account, random }), options);
  }

  return (message, context) => {
    const act = acts[message.work];
    if (act === undefined) return work(message, context);
    message.begin();
    act(context);
    message.done();
    return undefined;
  };
}

function reduce(state, message) {
  message.begin();
  if (FAILING.includes(message.work)) throw new Intended('by a child with a state');
  message.done();
  return state + 1;
}

function* steps() {
  for (;;) {
    const message = yield;
    message.begin();
    if (FAILING.includes(message.work)) throw new Intended('by a child out of a generator');
    message.done();
  }
}
