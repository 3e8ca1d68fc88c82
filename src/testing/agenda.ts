import type { SchedulerAction } from 'rxjs';

/** What is scheduled, and when: as a VirtualTimeScheduler keeps it. */
export interface ScheduledAction extends SchedulerAction<unknown> {
  readonly delay: number;
}

/**
 * What a virtual scheduler has yet to do, none so far. It counts what is taken out, because a run in which something
 * repeats itself without end would never come back.
 *
 * It is a plain array with a `shift` of its own: a scheduler sorts it at every action, and a subclass of Array sorts several
 * times as slowly.
 */
export function newAgenda(limit: number, exhausted: () => Error): ScheduledAction[] {
  const agenda: ScheduledAction[] = [];
  let left = limit;
  Object.defineProperty(agenda, 'shift', {
    value: () => {
      if (--left < 0) throw exhausted();
      return Array.prototype.shift.call(agenda) as unknown;
    },
  });
  return agenda;
}
