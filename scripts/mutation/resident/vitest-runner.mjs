// Loads every test once, and then runs those that it is asked to, as often as it is asked, each time with another mutant.
// It lives in a thread of vitest, whose place as the runner of tests it takes.
import { startTests } from '@vitest/runner';
import { BroadcastChannel } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, beforeEach, describe, it, TestRunner, vi } from 'vitest';

// Tests replace them.
const { setTimeout } = globalThis;
const now = performance.now.bind(performance);
/** In milliseconds, as others want the processors, too; the other threads of this process have nothing to do meanwhile. */
const processorTime = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** What the instrumented sources ask: which mutant is on, and which test runs; and where they count what was reached. */
const stryker = (globalThis.__stryker__ ??= {});

export default class ResidentRunner extends TestRunner {
  async onBeforeRunFiles([file]) {
    // It could not be loaded: vitest tells why.
    if (file.result?.state === 'fail') return;
    const tests = testsOf(file);
    const channel = new BroadcastChannel('mutation');
    const tell = (message) => channel.postMessage(message);
    const run = testRun(this, tests, tell, uncaughtErrors());
    let last = Promise.resolve();
    channel.onmessage = ({ data }) => {
      last = last.then(async () => tell(await run(data)));
    };
    tell({ kind: 'ready' });
    // The process ends it.
    await new Promise(() => undefined);
  }
}

/** Every test by its id, with the suites that it is in, outermost first. */
function testsOf(file) {
  const tests = new Map();
  const visit = (task, suites) => {
    if (task.type === 'suite') {
      for (const child of task.tasks) visit(child, [...suites, task]);
      return;
    }
    const [{ name: fileName }, ...within] = suites;
    const name = [...within, task].map((part) => part.name).join(' ');
    let id = `${fileName}#${name}`;
    while (tests.has(id)) id += '+';
    tests.set(id, { id, name, fileName, suites, task });
  };
  for (const task of file.tasks) visit(task, []);
  return tests;
}

/** Gives, and forgets, what was thrown where nobody catches it. */
function uncaughtErrors() {
  const errors = [];
  for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, (error) => errors.push(error));
  return () => errors.splice(0);
}

/**
 * Makes the function that runs tests, given as `{ id, timeout, hitLimit }`, up to the first one that fails.
 *
 * When it is given no tests it runs all, whatever fails, and tells what each one reaches.
 */
function testRun(outer, tests, tell, uncaught) {
  return async ({ mutant, only }) => {
    const plan = only ?? [...tests.keys()].map((id) => ({ id, timeout: 600_000 }));
    const results = [];
    let failed = false;
    let start;

    const finish = ({ id, hitLimit }, message) => {
      failed ||= message !== undefined;
      const endless = stryker.hitCount > hitLimit;
      const late = /^(Test|Hook) timed out/.test(message);
      results.push({ id, message, endless, late, clock: now() - start.clock, used: processorTime() - start.used });
      stryker.currentTestId = undefined;
      if (message !== undefined) vi.useRealTimers();
    };

    uncaught();
    stryker.activeMutant = mutant;
    stryker.hitCount = only && 0;
    const [file] = await startTests([{ filepath: 'resident.test.mjs' }], {
      config: outer.config,
      pool: outer.pool,
      viteEnvironment: outer.viteEnvironment,
      onTaskUpdate: () => undefined,
      importFile: () => {
        register(plan, tests);
      },
      onBeforeRunTask: (test) => {
        if (failed && only) test.mode = 'skip';
      },
      onBeforeTryTask: (test) => {
        const planned = plan[Number(test.name)];
        stryker.currentTestId = planned.id;
        stryker.hitLimit = planned.hitLimit;
        if (only) stryker.hitCount = 0;
        tell({ kind: 'test', id: planned.id });
        start = { clock: now(), used: processorTime() };
      },
      onAfterRunTask: (test) => {
        const errors = test.result.state === 'fail' ? test.result.errors : uncaught();
        finish(plan[Number(test.name)], messageOf(errors));
      },
    });
    // The plan has a test that is not there.
    if (results.length === 0)
      return { kind: 'broken', message: messageOf(file.result?.errors ?? []) ?? 'No test was run' };
    // RxJS throws from a timer what nobody handles.
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve));
    const late = uncaught();
    if (late.length > 0 && !failed) results.push({ id: results.at(-1).id, message: messageOf(late) });
    stryker.activeMutant = undefined;

    if (only) return { kind: 'done', results };
    const described = results.map((result) => ({ ...result, ...describeTest(tests.get(result.id)) }));
    return { kind: 'done', results: described, coverage: stryker.mutantCoverage };
  };
}

/** Makes tests of those that were loaded, named by their place in the plan, with the hooks of the suites around them. */
function register(plan, tests) {
  const groups = new Map();
  plan.forEach(({ id, timeout }, index) => {
    const { suites, task } = tests.get(id) ?? missing(id);
    const hooks = suites.map((suite) => TestRunner.getSuiteHooks(suite));
    const add = () => {
      for (const { beforeEach: before, afterEach: after } of hooks) {
        for (const hook of before) beforeEach(() => hook());
        for (const hook of after) afterEach(() => hook());
      }
      it(String(index), { timeout }, () => TestRunner.getTestFn(task)());
    };
    const shared = suites.find((_, place) => hooks[place].beforeAll.length + hooks[place].afterAll.length > 0);
    if (shared) groups.set(shared, [...(groups.get(shared) ?? []), add]);
    else if (hooks.some((each) => each.beforeEach.length + each.afterEach.length > 0)) describe('hooks', add);
    else add();
  });
  for (const [suite, members] of groups) {
    const { beforeAll: before, afterAll: after } = TestRunner.getSuiteHooks(suite);
    describe('shared', () => {
      for (const hook of before) beforeAll(() => hook());
      for (const hook of after) afterAll(() => hook());
      for (const add of members) describe('hooks', add);
    });
  }
}

function missing(id) {
  throw new Error(`There is no test ${id}: has its name something that changes?`);
}

function describeTest({ name, fileName, task }) {
  return { name, fileName, location: task.location };
}

function messageOf(errors) {
  if (errors.length === 0) return undefined;
  return errors.map((error) => String(error?.message ?? error).slice(0, 2_000)).join('\n');
}
