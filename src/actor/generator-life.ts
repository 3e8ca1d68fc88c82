import { ActorFailedError } from '../errors/actor-failed-error.js';
import { describeValue } from '../internal/describe-value.js';
import { reportError } from '../internal/report-error.js';
import { isThenable } from './follow.js';
import type { Life, LifeHost } from './life.js';

type Step<Out> = IteratorResult<Out | undefined, void>;
type Steps<In, Out> = Generator<Out | undefined, void, In> | AsyncGenerator<Out | undefined, void, In>;

/** The turn of an async generator. */
interface Turn {
  settled: boolean;
  cancelled: boolean;
  /** Tells what it has failed with, which nobody has heard yet. */
  fail?: () => void;
}

/**
 * The life of an actor whose behavior is a generator: primed before its first message, resumed with every message, and
 * returned at the end, so that its `finally` blocks run.
 */
export class GeneratorLife<In, Out> implements Life<Out> {
  over = true;
  readonly #host: LifeHost<Out>;
  readonly #body: () => Steps<In, Out>;
  #generator: Steps<In, Out> | undefined;
  #ending = false;
  #turn: Turn = { settled: false, cancelled: false };

  constructor(host: LifeHost<Out>, body: () => Steps<In, Out>) {
    this.#host = host;
    this.#body = body;
  }

  begin(): void {
    this.#ending = false;
    const generator = this.#body();
    expectGenerator(generator);
    this.#generator = generator;
    const first = this.#advance(() => generator.next(...([] as unknown as [In])));
    if (!isThenable(first)) {
      this.#yielded(first);
      return;
    }
    // Messages wait until it has come to its first `yield`.
    this.#host.occupy(true);
    first.then(
      (step) => {
        if (this.#generator !== generator) return;
        this.#yielded(step);
        this.#host.occupy(false);
      },
      (error: unknown) => {
        if (this.#generator !== generator) return;
        this.over = true;
        this.#host.failed(error);
        this.#host.occupy(false);
      },
    );
  }

  /** Gives it one message; what it yields at the end of that turn is the output. */
  handle(message: In): Promise<Out | undefined> | undefined {
    const generator = this.#generator!;
    const step = this.#advance(() => generator.next(message));
    if (!isThenable(step)) {
      this.#yielded(step);
      return undefined;
    }
    const turn: Turn = (this.#turn = { settled: false, cancelled: false });
    return step.then(
      (settled) => {
        turn.settled = true;
        if (this.#generator !== generator) return undefined;
        if (settled.done === true) {
          this.over = true;
          this.#host.finishing();
        }
        // Nobody follows it any more.
        if (turn.cancelled) this.#host.occupy(false);
        return settled.done === true ? undefined : settled.value;
      },
      (error: unknown) => {
        turn.settled = true;
        if (this.#generator !== generator) throw error;
        this.over = true;
        if (!turn.cancelled) {
          turn.fail = () => {
            this.#host.failed(error);
          };
          throw error;
        }
        this.#host.failed(error);
        this.#host.occupy(false);
        return undefined;
      },
    );
  }

  /** A generator takes its next message when it has come to a `yield`: until then it may yet fail, or end. */
  cancelled(): boolean {
    const turn = this.#turn;
    turn.cancelled = true;
    turn.fail?.();
    return !turn.settled;
  }

  drained(): void {
    const generator = this.#generator;
    if (generator === undefined || this.over) {
      this.#finish();
      return;
    }
    if (this.#ending) return;
    this.#ending = true;
    try {
      const last = generator.return();
      if (!isThenable(last)) {
        this.#returned(last);
        return;
      }
      this.#host.occupy(true);
      last.then(
        (step) => {
          if (this.#generator !== generator) return;
          this.#returned(step);
        },
        (error: unknown) => {
          if (this.#generator === generator) this.#host.stopped(error);
          else reportError(error);
        },
      );
    } catch (error) {
      this.#host.stopped(error);
    }
  }

  drop(): void {
    const generator = this.#generator;
    const over = this.over;
    this.#generator = undefined;
    this.over = true;
    if (over || this.#ending) return;
    // An async one that is suspended in the middle is not waited for; it ends when it comes to.
    const last = generator!.return();
    if (isThenable(last)) last.then(undefined, reportError);
  }

  #advance<T>(step: () => T): T {
    this.over = false;
    try {
      return step();
    } catch (error) {
      this.over = true;
      throw error;
    }
  }

  #yielded(step: Step<Out>): void {
    if (step.done === true) this.#finish();
    else if (step.value !== undefined) this.#host.answer(step.value);
  }

  #returned(step: Step<Out>): void {
    if (step.done !== true) {
      if (step.value !== undefined) this.#host.emit(step.value);
      this.#host.stopped(
        new ActorFailedError(this.#host.name, 'would not end: its generator yielded while it was being closed'),
      );
      return;
    }
    this.#finish();
  }

  #finish(): void {
    this.over = true;
    this.#host.finished();
  }
}

function expectGenerator(value: unknown): void {
  const generator = value as Partial<Generator> | null | undefined;
  if (
    typeof generator !== 'object' ||
    generator === null ||
    typeof generator.next !== 'function' ||
    typeof generator.return !== 'function'
  ) {
    throw new TypeError(`Expected \`body\` to be a generator function, got one that returned ${describeValue(value)}.`);
  }
}
