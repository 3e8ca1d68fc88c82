import { concat, of, tap, throwError, timer } from 'rxjs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Intended } from './intended.mjs';

/** What a behavior can do with a message, by the message's `work`. Each tells the message when it is done. */
const works = {
  /* Done when the behavior returns */

  nothing(message) {
    message.done();
  },

  array(message) {
    message.done();
    return [message.value, message.value];
  },

  *iterable(message) {
    yield message.value;
    message.done();
  },

  observable(message) {
    return of(message.value, message.value).pipe(whenComplete(message));
  },

  close(message, { self }) {
    self.close();
    message.done();
  },

  /* Goes on */

  timer(message) {
    return timer(1).pipe(whenComplete(message));
  },

  async promise(message, { signal }) {
    // Before it is aborted, or a context that nobody asked would make a signal only then.
    await undefined;
    if (!signal.aborted) message.doneLater();
    return message.value;
  },

  async sleep(message, { signal }) {
    await sleep(1);
    if (!signal.aborted) message.doneLater();
  },

  async *stream(message, { signal }) {
    yield message.value;
    await undefined;
    if (!signal.aborted) message.doneLater();
  },

  /* Does not come to its end */

  kill(message, { self }) {
    self.kill('by itself');
  },

  never() {
    return timer(3_600_000);
  },

  throw() {
    throw new Intended('thrown');
  },

  async reject() {
    await undefined;
    throw new Intended('rejected');
  },

  error(message) {
    return concat(
      of(message.value),
      throwError(() => new Intended('by an Observable')),
    );
  },

  *throwLater(message) {
    yield message.value;
    throw new Intended('by an iterable');
  },
};

export const QUICK = ['nothing', 'array', 'iterable', 'observable'];
export const SLOW = ['timer', 'promise', 'sleep', 'stream'];
export const FAILING = ['throw', 'reject', 'error', 'throwLater'];

/** Mostly what is done at once. */
export function someWork(random) {
  if (random.chance(0.9)) return random.pick(QUICK);
  return random.chance(0.9) ? 'promise' : random.pick(SLOW);
}

/** The behavior that does what a message says. */
export function work(message, context) {
  message.begin();
  return works[message.work](message, context);
}

function whenComplete(message) {
  return tap({
    complete: () => {
      message.done();
    },
  });
}
