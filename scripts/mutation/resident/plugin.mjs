// A test runner for Stryker that loads the tests once for many mutants. Stryker's own one for vitest loads them anew for
// every mutant, which takes some hundred times as long as to run the one test that notices it.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { declareClassPlugin, declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { Session } from './session.mjs';
import { TestOrder } from './test-order.mjs';

/** Where a run without a mutant leaves what the runs with one want to know; in Stryker's copy of the project. */
const FACTS = 'mutation-facts.json';

const JOURNAL = 'temp/mutation/journal.jsonl';

/** A test that takes more of a processor, in milliseconds, runs only for mutants that fewer than `ENOUGH` faster ones reach. */
const FAST = 100;
const ENOUGH = 30;

class ResidentTestRunner {
  #session;
  #facts;
  #order;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    this.#session ??= new Session();
    const loaded = await this.#session.loaded;
    if (loaded.kind !== 'ready') return { status: 'error', errorMessage: explain(loaded) };
    const done = await this.#session.run({}, () => 600_000);
    if (done.kind !== 'done') return { status: 'error', errorMessage: explain(done) };
    const { results, coverage } = done;
    const times = Object.fromEntries(results.map(({ id, clock, used }) => [id, { clock, used }]));
    writeFileSync(FACTS, JSON.stringify({ times, hits: coverage.perTest }));
    return { status: 'complete', tests: results.map(testResult), mutantCoverage: coverage };
  }

  async mutantRun({ activeMutant, sandboxFileName, testFilter, reloadEnvironment }) {
    this.#facts ??= JSON.parse(readFileSync(FACTS, 'utf8'));
    this.#order ??= new TestOrder(this.#facts.times);
    const { id } = activeMutant;
    const ids = this.#fastOnes(testFilter ?? this.#testsOf(sandboxFileName));
    const file = relative('.', sandboxFileName);
    const result = reloadEnvironment
      ? await this.#runFromTheStart(id, this.#plan(id, this.#order.of(file, ids)))
      : await this.#run(id, this.#plan(id, this.#order.of(file, ids)));
    for (const killer of result.killedBy ?? []) this.#order.killed(file, killer);
    return result;
  }

  async dispose() {
    this.#session?.end();
  }

  /** What is on while a file is loaded concerns the tests that reach anything in it; all, if what it has is not reached. */
  #testsOf(file) {
    const { times, hits } = this.#facts;
    const all = Object.keys(times);
    const within = new Set([...readFileSync(file, 'utf8').matchAll(/stryMutAct_\w+\("(\d+)"\)/g)].map(([, id]) => id));
    const reaching = all.filter((test) => Object.keys(hits[test] ?? {}).some((id) => within.has(id)));
    return reaching.length > 0 ? reaching : all;
  }

  #fastOnes(ids) {
    const fast = ids.filter((id) => this.#facts.times[id].used <= FAST);
    return fast.length >= ENOUGH && !process.env.MUTATION_THOROUGH ? fast : ids;
  }

  #plan(mutant, ids) {
    const { times, hits } = this.#facts;
    return ids.map((id) => ({
      id,
      // What goes on for ever does so through the mutant, mostly.
      hitLimit: 30 * (hits[id]?.[mutant] ?? 0) + 10_000,
      timeout: 2_000 + 20 * times[id].clock,
    }));
  }

  #patience = (id) => 2_000 + 10 * (this.#facts.times[id]?.used ?? 0);

  async #run(mutant, only) {
    let result;
    for (let attempt = 0; attempt < 3; attempt++) {
      this.#session ??= new Session();
      const loaded = await this.#session.loaded;
      if (loaded.kind !== 'ready') throw new Error(explain(loaded));
      const done = await this.#session.run({ mutant, only }, this.#patience);
      if (done.kind === 'broken') throw new Error(explain(done));
      result = mutantResult(done);
      if (result.status === 'survived') return result;
      if (done.kind === 'done') {
        const failure = failureOf(done);
        const alone = only.filter(({ id }) => id === failure.id);
        // Where others want the processors, a test may take its time without being to blame.
        const again = failure.late
          ? mutantResult(await this.#session.run({ mutant, only: alone }, this.#patience))
          : result;
        // Mutants before this one may have left something broken behind: without the mutant the test passes.
        const without = mutantResult(await this.#session.run({ only: alone }, this.#patience));
        if (without.status === 'survived') {
          if (again.status !== 'survived') return result;
          continue;
        }
      }
      this.#session.end();
      this.#session = undefined;
      if (done.kind !== 'done') return result;
    }
    return result;
  }

  async #runFromTheStart(mutant, only) {
    this.#session?.end();
    this.#session = undefined;
    const session = new Session(mutant);
    try {
      const loaded = await session.loaded;
      if (loaded.kind === 'hung') return mutantResult(loaded);
      if (loaded.kind !== 'ready') {
        return { status: 'killed', killedBy: [only[0].id], failureMessage: explain(loaded), nrOfTests: 0 };
      }
      return mutantResult(await session.run({ mutant, only }, this.#patience));
    } finally {
      session.end();
    }
  }
}

function explain({ kind, id, message }) {
  return kind === 'hung' ? `No answer from ${id ?? 'loading the tests'}` : message;
}

function mutantResult(done) {
  if (done.kind !== 'done') return { status: 'timeout', reason: explain(done) };
  const failure = failureOf(done);
  const nrOfTests = done.results.length;
  if (failure === undefined) return { status: 'survived', nrOfTests };
  if (failure.late || failure.endless) return { status: 'timeout', reason: `${failure.id}: ${failure.message}` };
  return { status: 'killed', killedBy: [failure.id], failureMessage: failure.message, nrOfTests };
}

function failureOf({ results }) {
  return results.find(({ message }) => message !== undefined);
}

function testResult({ id, name, fileName, location, used, message }) {
  const result = { id, name, fileName, timeSpentMs: used, status: message === undefined ? 0 : 1 };
  if (location) result.startPosition = { line: location.line - 1, column: location.column - 1 };
  return message === undefined ? result : { ...result, failureMessage: message };
}

/** Writes down the fate of every mutant as it is known, for those who look at a long run or break it off. */
class Journal {
  constructor() {
    writeFileSync(JOURNAL, '');
  }

  onMutantTested({ fileName, location, mutatorName, replacement, status, statusReason, testsCompleted }) {
    const where = `${relative('.', fileName)}:${location.start.line}:${location.start.column}`;
    const what = { status, mutatorName, replacement, testsCompleted, statusReason };
    appendFileSync(JOURNAL, `${JSON.stringify({ at: Date.now(), where, ...what })}\n`);
  }
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.Reporter, 'journal', Journal),
  declareFactoryPlugin(PluginKind.TestRunner, 'resident', () => new ResidentTestRunner()),
];
