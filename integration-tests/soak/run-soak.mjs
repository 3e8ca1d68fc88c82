import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { config } from 'rxjs';
import { Account } from './account.mjs';
import { Ledger } from './ledger.mjs';
import { ActorSystem } from './library.mjs';
import { Random } from './random.mjs';
import { scenes } from './scenes/index.mjs';
import { Standing } from './standing.mjs';
import { pause } from './waits.mjs';
import { watchProgress } from './watch-progress.mjs';

/**
 * Plays all scenes at the same time, each over and over, and takes a sample of the account and the heap whenever so many
 * seconds have passed and every scene has come to its end.
 *
 * @returns The samples, and what was found wrong.
 */
export async function runSoak({ seconds, every, seed, only, onSample }) {
  const ledger = new Ledger();
  config.onUnhandledError = (error) => ledger.report(error);
  process.on('unhandledRejection', (error) =>
    ledger.fault('wrong', `an unhandled rejection: ${error?.stack ?? error}`),
  );
  const system = new ActorSystem({ name: 'soak', warn: (warning) => ledger.fault('wrong', `a warning: ${warning}`) });
  ledger.listen(system);
  const standing = new Standing(system, new Account('standing', ledger));
  const random = new Random(seed);
  const stages = Object.entries({ ...scenes, standing: standing.play })
    .filter(([name]) => only === undefined || only.includes(name))
    .map(([name, play]) => ({ name, play, random: random.fork(name), at: undefined, played: 0 }));
  const stopWatching = watchProgress(ledger, stages);
  const lag = monitorEventLoopDelay({ resolution: 5 });
  const samples = [];
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1_000;

  while (elapsed() < seconds) {
    const sent = ledger.sent;
    const start = elapsed();
    const until = Math.min(start + every, seconds);
    lag.reset();
    lag.enable();
    await Promise.all(stages.map((stage) => playUntil(stage, () => elapsed() >= until, { system, ledger })));
    lag.disable();
    await pause();
    const now = elapsed();
    const sample = {
      elapsed: now,
      sent: ledger.sent,
      rate: (ledger.sent - sent) / (now - start),
      fates: { ...ledger.fates },
      heap: heapInUse(),
      alive: system.actors.length,
      standing: standing.size,
      lag: lag.max / 1e6,
    };
    samples.push(sample);
    onSample?.(sample);
  }
  await standing.end();
  await system.close();
  stopWatching();
  const { faults, details, reported } = ledger;
  return {
    samples,
    faults,
    details,
    reported,
    played: Object.fromEntries(stages.map(({ name, played }) => [name, played])),
  };
}

/** Plays one scene over and over, each time with an account of its own, which is closed when it is over. */
async function playUntil(stage, isOver, { system, ledger }) {
  while (!isOver()) {
    const account = new Account(stage.name, ledger);
    stage.at = account;
    try {
      await stage.play({ account, ledger, system, random: stage.random });
    } catch (error) {
      ledger.fault('wrong', `${stage.name}: ${error.stack}`);
    }
    account.close();
    stage.at = undefined;
    stage.played++;
    await pause();
  }
}

/** In megabytes, after everything that nobody holds has been collected. */
function heapInUse() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed / 1e6;
}
