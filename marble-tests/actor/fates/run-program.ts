import { config } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { ActorSystem } from 'rx-actors';
import { EventsAccount } from './events-account.js';
import type { Act, Program, Spec } from './program.js';
import { Stage } from './stage.js';

/** So long everything that ends by itself has ended. */
const LONG = 1_000_000;
/** So long after the last step the end begins, and so long a close may take that has a limit. */
const PAUSE = 10;
const LIMIT = 5;

/** Runs a program in virtual time, and says what goes against the laws. */
export function runProgram(program: Program): string[] {
  const scheduler = new TestScheduler(() => undefined);
  const { onUnhandledError } = config;
  try {
    return scheduler.run(({ flush }) => {
      const system = new ActorSystem({ name: 'program', scheduler, warn: () => undefined });
      const stage = new Stage(system, scheduler);
      config.onUnhandledError = (error) => {
        stage.reports.report(error);
      };
      try {
        const account = program.inspected ? new EventsAccount(stage) : undefined;
        for (const setup of program.setups) stage.enter(setup);
        schedule(stage, program);
        flush();
        stage.check();
        account?.check(stage);
      } catch (error) {
        stage.complain(error instanceof Error ? (error.stack ?? error.message) : `it throws ${String(error)}`);
      }
      return stage.complaints;
    });
  } finally {
    config.onUnhandledError = onUnhandledError;
  }
}

function schedule(stage: Stage, { steps, finish }: Program): void {
  const { scheduler, system } = stage;
  const at = (time: number, work: () => void): void => {
    scheduler.schedule(work, time);
  };
  let now = 1;
  for (const step of steps) {
    if (step.do === 'pass') now += step.time;
    else
      at(now, () => {
        stage.take(step);
      });
  }
  const end = now + PAUSE;
  const endless = steps.some((step) => 'message' in step && isEndless(step.message));
  at(end, () => {
    if (finish === 'kill') return;
    stage.closed = true;
    stage.finished = finish === 'timeout';
    void (finish === 'timeout' ? system.close({ timeout: LIMIT }) : system.close());
  });
  const last = finish === 'close' ? end + LONG : end + LIMIT;
  at(last, () => {
    const living = stage.players.filter(({ termination }) => termination === undefined);
    if (finish === 'close' && !endless && living.length > 0)
      stage.complain(`E9: closing the system does not end ${living.map(({ name }) => name).join()}`);
    if (finish === 'timeout') return;
    stage.finished = true;
    for (const player of living) if (player.parent === undefined) player.kill('the end');
  });
  // Errors are reported, and the dispatcher looks whether the event loop has turned, a little later.
  at(last + 3, () => {
    const left = scheduler.actions.length;
    if (left > 0) stage.complain(`A4: ${left} actions are still scheduled`);
  });
}

const isEndless = ({ work, acts = [] }: Spec): boolean => work === 'never' || acts.some(isEndlessAct);
const isEndlessAct = (act: Act): boolean => 'message' in act && isEndless(act.message);
