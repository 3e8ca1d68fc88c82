import type { Subscription } from 'rxjs';
import type { Answer } from './entry.js';
import type { Player } from './player.js';
import type { Message, OpenAct } from './program.js';

type AskAct = Extract<OpenAct, { readonly do: 'ask' }>;

/** Something that can be cancelled. */
export type Cancel = () => void;

/** Asks a player; says how to cancel that, and what is left of it. */
export function ask(
  player: Player,
  message: Message,
  { timeout, wait, first, signal }: AskAct,
): [Subscription, Cancel] {
  const { stage } = player;
  const entry = player.expect(message, 'ask');
  const answer: Answer = (entry.answer = { values: [], outcome: 'waiting', late: false, error: undefined } as Answer);
  const controller = signal ? new AbortController() : undefined;
  const linesUp = wait && player.open && player.full;
  const cancelled = (): void => {
    if (answer.outcome !== 'waiting') return;
    answer.outcome = 'cancelled';
    answer.late = entry.decided;
    if (!answer.late) player.takenBack(entry, 'cancelled');
  };
  const subscription: Subscription = player.actor
    .ask(message, {
      ...(timeout !== undefined && { timeout }),
      ...(controller && { signal: controller.signal }),
      whenFull: wait ? 'wait' : 'drop',
    })
    .subscribe({
      next: (value) => {
        answer.values.push(value);
        if (first) subscription.unsubscribe();
        else stage.perform(entry, 'answer', player);
      },
      error: (error: unknown) => {
        const timedOut = timeout !== undefined && (error as Error | undefined)?.name === 'AskTimeoutError';
        if (timedOut || (controller?.signal.aborted === true && error === controller.signal.reason)) cancelled();
        else Object.assign(answer, { outcome: 'error', error });
        stage.perform(entry, 'answer', player);
      },
      complete: () => {
        answer.outcome = 'complete';
        stage.perform(entry, 'answer', player);
      },
    });
  subscription.add(cancelled);
  if (!subscription.closed) {
    if (linesUp) player.mailbox.lineUp(entry.id, message.priority, false);
    else player.entered(entry);
  }
  return [
    subscription,
    () => {
      if (controller === undefined) subscription.unsubscribe();
      else controller.abort(new Error('aborted'));
    },
  ];
}

/** Offers a message to a player; likewise. */
export function offer(player: Player, message: Message): [Subscription, Cancel] {
  const entry = player.expect(message, 'offer');
  const linesUp = player.open && player.full;
  let waiting = true;
  const withdrawn = (): void => {
    if (!waiting) return;
    waiting = false;
    player.takenBack(entry, 'never sent');
  };
  if (linesUp) player.mailbox.lineUp(entry.id, message.priority, true);
  const subscription = player.actor.offer(message).subscribe({
    next: () => {
      if (!waiting) player.complain(`M2: the offer of ${entry.id} is told twice`);
      waiting = false;
      const ended = player.actor.status === 'closed';
      if (ended) player.complain(`M2: ${entry.id} is let in at the end`);
      if (linesUp) player.mailbox.admitted(entry.id);
      else player.entered(entry);
    },
    error: withdrawn,
  });
  subscription.add(withdrawn);
  return [
    subscription,
    () => {
      subscription.unsubscribe();
    },
  ];
}
