// Ends actors in every way and says how many of them are still held, by the system or by anything else.
import { NEVER, throwError } from 'rxjs';
import { Actor, ActorSystem, getExchange } from '../../../dist/index.js';

const system = new ActorSystem();
const exchange = getExchange('collected');
const refs = [];
const tick = () => new Promise((resolve) => setTimeout(resolve));

async function make() {
  for (let n = 0; n < 100; n++) {
    const closed = system.actor(() => undefined);
    const killed = system.actor(() => NEVER);
    const failed = system.actor(() => throwError(() => 'broken'));
    const stopped = system.statefulActor((sum, each) => sum + each, 0);
    const generated = system.generatorActor(function* () {
      for (;;) yield;
    });
    const unstarted = new Actor({ system });
    for (const each of [closed, killed, failed, stopped, generated, unstarted]) {
      refs.push(new WeakRef(each));
      exchange.attach(each);
      each.subscribe({ error: () => undefined });
      each.terminated.subscribe();
      each.join().catch(() => undefined);
    }
    exchange.send(1);
    killed.ask(1, { timeout: 1e9, signal: new AbortController().signal }).subscribe({ error: () => undefined });
    await tick();
    killed.kill();
    for (const each of [closed, stopped, generated, unstarted]) each.close();
  }
}

await make();
await system.close();
for (let n = 0; n < 10; n++) {
  await tick();
  globalThis.gc();
}
const held = refs.filter((ref) => ref.deref() !== undefined).length;
console.log(
  JSON.stringify({ made: refs.length, held, listed: system.actors.length, attached: exchange.subscriberCount }),
);
