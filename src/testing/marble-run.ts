import type { RunHelpers, TestScheduler } from 'rxjs/testing';
import { ActorSystem } from '../system/actor-system.js';
import { newAgenda } from './agenda.js';
import { assertSame } from './comparison.js';
import { EndlessRunError } from './endless-run-error.js';
import { Expectations } from './expectations.js';
import { LeakCheck } from './leak-check.js';
import { timersIn } from './leftovers.js';
import type { MarbleHelpers } from './marble-helpers.js';
import type { MarblesOptions } from './marbles-options.js';
import { Probe } from './probe.js';
import { Sender } from './sender.js';

/** The helpers that come from whoever drives time. */
export type TimeHelpers = Pick<RunHelpers, 'cold' | 'hot' | 'time'>;

const MOST_ACTIONS = 100_000;

/** What stands behind the helpers of one run, whoever drives its time. */
export class MarbleRun {
  readonly system: ActorSystem;
  readonly #scheduler: TestScheduler;
  readonly #expectations: Expectations;
  readonly #leaks: LeakCheck;
  readonly #sender: Sender;

  constructor(scheduler: TestScheduler, options: MarblesOptions) {
    const { assertDeepEqual = assertSame, frames = false, mayRemain = 'idle', maxActions = MOST_ACTIONS } = options;
    this.#scheduler = scheduler;
    this.system = new ActorSystem({ name: 'marbles', scheduler });
    this.#expectations = new Expectations(scheduler, this.system, { assertDeepEqual, frames });
    this.#leaks = new LeakCheck(this.system, mayRemain);
    this.#sender = new Sender(scheduler);
    const exhausted = (): Error => new EndlessRunError(maxActions, scheduler.frame, timersIn(this.system));
    scheduler.actions = newAgenda(maxActions, exhausted) as unknown as typeof scheduler.actions;
  }

  /** Everything that a test works with. */
  helpers(time: TimeHelpers): Omit<MarbleHelpers, 'animate' | 'flush'> {
    const { system } = this;
    const scheduler = this.#scheduler;
    const expectations = this.#expectations;
    // A system of their own, so that they are neither seen in the one under test nor leaks of it.
    const probes = new ActorSystem({ name: 'probes', scheduler });
    let made = 0;
    return {
      cold: time.cold,
      hot: time.hot,
      time: time.time,
      system,
      scheduler,
      probe: (reply) =>
        new Probe({ name: `probe-${++made}`, system: probes, ...(reply === undefined ? {} : { reply }) }),
      send: this.#sender.send,
      expectObservable: expectations.expectObservable,
      expectSubscriptions: expectations.expectSubscriptions,
      expectMessages: expectations.expectMessages,
      expectState: expectations.expectState,
      expectDeadLetters: expectations.expectDeadLetters,
      expectFailures: expectations.expectFailures,
      expectTerminated: expectations.expectTerminated,
    };
  }

  /** Lets time begin: what was to be sent from the beginning on is sent behind what else begins there. */
  begin(): void {
    this.#sender.begin();
  }

  /** Checks what the test has expected so far. */
  check(): void {
    this.#expectations.check();
  }

  /** Looks for what is left over, when time has come to its end, and ends what may be. */
  end(): void {
    this.#expectations.stop();
    this.#leaks.check();
    this.#leaks.close();
  }

  /** Looks for what has not ended though it was ended. */
  ended(): void {
    this.#leaks.checkClosed();
  }
}
