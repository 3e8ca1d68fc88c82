import {
  BehaviorSubject,
  EMPTY,
  filter,
  from,
  ReplaySubject,
  switchMap,
  take,
  throwError,
  type Observable,
  type ObservableInput,
} from 'rxjs';
import { Actor, type Behavior } from '../actor/actor.js';
import { cellOf } from '../actor/cell-of.js';
import type { ActorContext } from '../actor/context.js';
import { replaceMailbox } from '../actor/replace-mailbox.js';
import { resume } from '../actor/supervision.js';
import { expectFunction } from '../internal/expect.js';
import type { ActorSystem } from '../system/actor-system.js';
import { RecordingMailbox } from './recording-mailbox.js';

/**
 * What a probe can be made with.
 *
 * @public
 */
export interface ProbeOptions<In, Out> {
  /**
   * What it is called.
   *
   * @defaultValue a generated name
   */
  readonly name?: string;
  /**
   * Where it lives, and whose clock it reads.
   *
   * @defaultValue the default system
   */
  readonly system?: ActorSystem;
  /**
   * What it answers.
   *
   * @defaultValue Every message is done at once, and has no output.
   */
  readonly reply?: Behavior<In, Out>;
}

/**
 * A message that a probe was sent, and when.
 *
 * @public
 */
export interface ProbeEntry<out In> {
  /** The message. */
  readonly message: In;
  /** When it came, in milliseconds by the clock of its system. */
  readonly time: number;
}

type Answer<In, Out> = Behavior<In, Out> | undefined;

const nothing = (): void => undefined;

/**
 * An actor that records what it is sent, and does with it what the test wants.
 *
 * Use it in the place of an actor, or of any other recipient, that the code under test sends to or asks;
 * `expectMessages` holds it against a marble diagram. In a marble test, make it with the helper `probe()`.
 *
 * ```text
 * sent       -a--b--c---
 * messages   -a--b--c---      recorded when they come
 * answers    -x-------x--     it ignores b, and fails with c
 * ```
 *
 * @remarks **Ordering.** A message is recorded when it is sent, before its turn. **Errors.** It survives what it fails with;
 * `failures` of its system tell.
 *
 * @example A database that answers, then does not
 * ```ts
 * import { of } from 'rxjs';
 * import { askWith, AskTimeoutError } from 'rx-actors';
 * import { marbles } from 'rx-actors/testing';
 *
 * const test = marbles(({ hot, probe, expectObservable, expectMessages }) => {
 *   const database = probe((id: string) => of(`row ${id}`));
 *   const rows = hot('          -a---b--').pipe(askWith(database, { timeout: 3 }));
 *   hot('                       ---x    ').subscribe(() => database.ignore());
 *   expectMessages(database).toBe('-a---b--');
 *   expectObservable(rows).toBe('  -r------#', { r: 'row a' }, new AskTimeoutError(database.name, 3));
 * });
 * test();
 * ```
 *
 * @typeParam In - The messages.
 * @typeParam Out - The outputs; none by default.
 *
 * @public
 */
export class Probe<In = unknown, Out = never> extends Actor<In, Out> {
  readonly #entries: ProbeEntry<In>[] = [];
  readonly #received = new ReplaySubject<In>(Infinity);
  readonly #answer: BehaviorSubject<Answer<In, Out>>;

  /**
   * Makes a probe, started.
   *
   * @param options - Name, system, and what it answers.
   * @throws TypeError when an option is not what it has to be.
   */
  constructor(options: ProbeOptions<In, Out> = {}) {
    const { reply, ...others } = options;
    if (reply !== undefined) expectFunction('reply', reply);
    super({ ...others, supervision: resume() });
    this.#answer = new BehaviorSubject<Answer<In, Out>>(reply ?? nothing);
    const cell = cellOf<In, Out>(this);
    replaceMailbox(
      cell,
      new RecordingMailbox<In>((message) => {
        this.#entries.push({ message, time: cell.core.timers.now() });
        this.#received.next(message);
      }),
    );
    this.start();
  }

  /** What it has been sent so far. */
  get messages(): In[] {
    return this.#entries.map(({ message }) => message);
  }

  /** What it has been sent so far, and when. */
  get entries(): readonly ProbeEntry<In>[] {
    return [...this.#entries];
  }

  /** What it is sent, and what it had been sent before. */
  get received(): Observable<In> {
    return this.#received.asObservable();
  }

  /**
   * Answers every message from now on like this, those that it has ignored first.
   *
   * @param reply - A behavior: what it returns is the answer.
   */
  replyWith(reply: Behavior<In, Out>): void {
    expectFunction('reply', reply);
    this.#answer.next(reply);
  }

  /** Leaves every message from now on without an answer: it waits, until the probe is told what to do. */
  ignore(): void {
    this.#answer.next(undefined);
  }

  /**
   * Fails with every message from now on.
   *
   * @param error - What whoever asks gets.
   */
  failWith(error: unknown): void {
    this.#answer.next(() => throwError(() => error));
  }

  protected override receive(message: In, context: ActorContext<In>): ObservableInput<Out> | void {
    const now = this.#answer.value;
    if (now !== undefined) return now(message, context);
    return this.#answer.pipe(
      filter((answer) => answer !== undefined),
      take(1),
      switchMap((answer) => from(answer(message, context) ?? EMPTY)),
    );
  }
}
