// What ten emitters do in the cases in which they differ, as the table of docs/guide/emitters.md. It runs each of them: ours from
// dist, those of Node and RxJS, and the peers of bench, which `npm ci --prefix bench` installs.
// Usage: node scripts/emitters.mjs [--write]   --write puts the table into the page; without it the page has to say the same
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildIfStale } from './build.mjs';
import { main, root } from './lib.mjs';

const page = join(root, 'docs', 'guide', 'emitters.md');
const begin = '<!-- emitters: written by scripts/emitters.mjs -->\n\n';
const end = '\n<!-- emitters: end -->';

/** More answers than a stack holds. */
const ANSWERS = 10_000;

const peer = (name) => {
  const require = createRequire(join(root, 'bench', 'package.json'));
  return import(pathToFileURL(require.resolve(name)).href);
};

/** An emitter with `on`, `off` and `emit`. */
const emitterOf = (emitter) => ({
  on: (handler) => {
    emitter.on('message', handler);
    return () => emitter.off('message', handler);
  },
  emit: (message) => emitter.emit('message', message),
});

/** Each gives `on(handler)`, which gives back how to take the handler away, and `emit(message)`. */
export const emitters = {
  'rx-actors Exchange': async (library) => {
    const { ActorSystem, Exchange } = library ?? (await import('../dist/index.js'));
    const exchange = new Exchange({ system: new ActorSystem() });
    return {
      on: (handler) => {
        const subscription = exchange.attach(Object.assign(handler, { send: handler }));
        return () => subscription.unsubscribe();
      },
      emit: (message) => exchange.send(message),
    };
  },
  'RxJS Subject': async () => {
    const { Subject } = await import('rxjs');
    const subject = new Subject();
    return {
      on: (handler) => {
        const subscription = subject.subscribe(handler);
        return () => subscription.unsubscribe();
      },
      emit: (message) => subject.next(message),
    };
  },
  EventTarget: () => {
    const target = new EventTarget();
    const listeners = new Map();
    const listenerOf = (handler) => {
      if (!listeners.has(handler)) listeners.set(handler, (event) => handler(event.detail));
      return listeners.get(handler);
    };
    return {
      on: (handler) => {
        target.addEventListener('message', listenerOf(handler));
        return () => target.removeEventListener('message', listenerOf(handler));
      },
      emit: (detail) => target.dispatchEvent(new CustomEvent('message', { detail })),
    };
  },
  'Node EventEmitter': async () => {
    const { EventEmitter } = await import('node:events');
    return emitterOf(new EventEmitter());
  },
  'Node diagnostics_channel': async () => {
    const { Channel, channel } = await import('node:diagnostics_channel');
    const made = channel(Symbol('message'));
    if (!(made instanceof Channel)) throw new Error('no channel');
    return {
      on: (handler) => {
        made.subscribe(handler);
        return () => made.unsubscribe(handler);
      },
      emit: (message) => made.publish(message),
    };
  },
  mitt: async () => {
    const { default: mitt } = await peer('mitt');
    return emitterOf(mitt());
  },
  nanoevents: async () => {
    const { createNanoEvents } = await peer('nanoevents');
    const emitter = createNanoEvents();
    return { on: (handler) => emitter.on('message', handler), emit: (message) => emitter.emit('message', message) };
  },
  eventemitter3: async () => {
    const { default: EventEmitter } = await peer('eventemitter3');
    return emitterOf(new EventEmitter());
  },
  tseep: async () => {
    const { EventEmitter } = await peer('tseep');
    return emitterOf(new EventEmitter());
  },
  eventemitter2: async () => {
    const { default: EventEmitter2 } = await peer('eventemitter2');
    return emitterOf(new EventEmitter2());
  },
};

/** Each is one column: it plays a case with an emitter and says in a few words what happened. */
export const cases = {
  'one detaches itself': ({ on, emit }) => {
    const log = [];
    on(note(log, 'a'));
    const off = on(note(log, 'b', () => off()));
    on(note(log, 'c'));
    emit(1);
    emit(2);
    if (log.includes('b2')) return 'it is called again';
    return log.includes('c1') ? 'the others get it' : 'the next one misses it';
  },
  'one detaches a later one': ({ on, emit }) => {
    const log = [];
    on(note(log, 'a', () => off()));
    const off = on(note(log, 'b'));
    on(note(log, 'c'));
    emit(1);
    if (!log.includes('c1')) return 'the one behind misses it';
    return log.includes('b1') ? 'called once more' : 'not called any more';
  },
  'one attaches another': ({ on, emit }) => {
    const log = [];
    const late = note(log, 'b');
    on(note(log, 'a', (message) => message === 1 && on(late)));
    emit(1);
    emit(2);
    if (!log.includes('b2')) return 'is not attached';
    return log.includes('b1') ? 'gets this message' : 'gets the next one';
  },
  'attached twice': ({ on, emit }) => {
    const log = [];
    const handler = note(log, 'a');
    on(handler);
    on(handler);
    emit(1);
    return log.length === 1 ? 'one copy' : 'two copies';
  },
  'one throws': async ({ on, emit }) => {
    const log = [];
    on(
      note(log, 'a', () => {
        throw new Error('on purpose');
      }),
    );
    on(note(log, 'b'));
    let thrown = false;
    const reported = await reports(() => {
      try {
        emit(1);
      } catch {
        thrown = true;
      }
      try {
        emit(2);
      } catch {
        thrown = true;
      }
    });
    if (!log.includes('a2')) return 'it is not called again';
    const others = log.includes('b1') ? 'the others get it' : 'the others miss it';
    if (thrown) return `${others}, the sender gets the error`;
    return reported > 0 ? `${others}, the error is reported` : `${others}, the error is lost`;
  },
  'one answers by sending': ({ on, emit }) => {
    const log = [];
    on(note(log, 'a', (message) => message === 1 && emit(2)));
    on(note(log, 'b'));
    emit(1);
    return log.indexOf('b1') < log.indexOf('b2') ? 'one order for all' : 'the last one sees the answer first';
  },
  'a chain of 10,000 answers': async ({ on, emit }) => {
    let last = 0;
    on((message) => {
      last = message;
      if (message < ANSWERS) emit(message + 1);
    });
    await reports(() => {
      try {
        emit(1);
      } catch {
        // The stack has overflowed, which `last` tells.
      }
    });
    return last === ANSWERS ? 'is sent' : 'overflows the stack';
  },
};

/** A handler that notes what it gets, then does something. */
function note(log, name, then) {
  return (message) => {
    log.push(`${name}${message}`);
    then?.(message);
  };
}

/** How many errors come up beside the call, where nobody can catch them. */
async function reports(call) {
  let count = 0;
  // Whoever else listens, such as a test runner, would take them for its own.
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', () => count++);
  call();
  await wait(5);
  process.removeAllListeners('uncaughtException');
  for (const listener of others) process.on('uncaughtException', listener);
  return count;
}

/** What one emitter does in each case. `library` stands for the build in dist. */
export async function outcomesOf(name, library) {
  const outcomes = [];
  for (const play of Object.values(cases)) outcomes.push(await play(await emitters[name](library)));
  return outcomes;
}

/** The table of the page, as prettier formats it. */
export async function table() {
  const rows = [['', ...Object.keys(cases)]];
  for (const name of Object.keys(emitters)) rows.push([`**${name}**`, ...(await outcomesOf(name))]);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |\n`;
  const [head, ...body] = rows.map(line);
  return head + line(widths.map((width) => '-'.repeat(width))) + body.join('');
}

/** The table that the page shows. */
export function shown() {
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from === -1 || to < from) throw new Error(`docs/guide/emitters.md has no place for the table:\n${begin}${end}`);
  return { text, from: from + begin.length, to };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    await buildIfStale('library');
    try {
      await peer('mitt');
    } catch {
      throw new Error('The peers are not installed. Run: npm ci --prefix bench');
    }
    const made = await table();
    const { text, from, to } = shown();
    if (process.argv.includes('--write')) writeFileSync(page, text.slice(0, from) + made + text.slice(to));
    else if (text.slice(from, to) !== made) {
      throw new Error(`docs/guide/emitters.md says something else. Run: node scripts/emitters.mjs --write\n\n${made}`);
    }
    console.log(made);
  });
}
