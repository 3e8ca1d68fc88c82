/** What the programs of the property do to an exchange; `target` is an index. */
export interface Step {
  readonly do: 'send' | 'complete' | 'attach' | 'detach' | 'subscribe' | 'unsubscribe';
  readonly target: number;
}

/** What one target does with its messages: with the n-th one these steps, and then it may throw. */
export interface Reaction {
  readonly steps: readonly Step[];
  readonly throws: boolean;
}

export interface Program {
  readonly replay: number;
  readonly reactions: readonly (readonly Reaction[])[];
  readonly steps: readonly Step[];
}

/** What is seen from outside, in order. */
export interface Seen {
  readonly log: string[];
  readonly failures: number;
  readonly unhandled: number;
  readonly deadLetters: string[];
  readonly count: number;
}

interface Bound {
  readonly target: number;
  readonly attached: boolean;
  living: boolean;
}

/** The laws O5, O6, O7, X1, X2 and X7 of an exchange, as plainly as they can be said. */
export function predict({ replay, reactions, steps }: Program): Seen {
  const log: string[] = [];
  const deadLetters: string[] = [];
  const kept: number[] = [];
  /** What nobody has had yet. */
  const untaken = new Set<number>();
  const queue: (number | '|')[] = [];
  const turns = reactions.map(() => 0);
  let bindings: Bound[] = [];
  let busy = false;
  let over = false;
  let sent = 0;
  let failures = 0;
  let unhandled = 0;

  const give = (bound: Bound, message: number): void => {
    log.push(`${bound.target}:${message}`);
    const reaction = reactions[bound.target].at(turns[bound.target]++);
    if (reaction === undefined) return;
    reaction.steps.forEach(run);
    if (!reaction.throws) return;
    if (bound.attached) failures++;
    else unhandled++;
  };
  const replayTo = (bound: Bound): void => {
    for (const message of [...kept]) {
      if (!bound.living) return;
      untaken.delete(message);
      give(bound, message);
    }
  };
  /** Does what is done with nothing in between, then what waits behind it. */
  const alone = (work: () => void): void => {
    if (busy) {
      work();
      return;
    }
    busy = true;
    work();
    while (queue.length > 0) handle(queue.shift()!);
    busy = false;
  };
  const handle = (message: number | '|'): void => {
    if (over) {
      if (message !== '|') deadLetters.push(`${message} closed`);
    } else if (message === '|') {
      over = true;
      for (const bound of bindings) if (!bound.attached) log.push(`${bound.target}:|`);
      for (const bound of bindings) bound.living = false;
      bindings = [];
    } else {
      kept.push(message);
      if (bindings.length === 0) untaken.add(message);
      const evicted = kept.length > replay ? kept.shift() : undefined;
      if (evicted !== undefined && untaken.has(evicted)) deadLetters.push(`${evicted} unrouted`);
      for (const bound of [...bindings]) if (bound.living) give(bound, message);
    }
  };
  const bind = (target: number, attached: boolean): void => {
    const bound: Bound = { target, attached, living: true };
    if (over) {
      if (attached) {
        log.push(`${target} refused`);
      } else {
        replayTo(bound);
        log.push(`${target}:|`);
      }
      return;
    }
    bindings.push(bound);
    alone(() => replayTo(bound));
  };
  const unbind = (bound: Bound | undefined): void => {
    if (bound === undefined) return;
    bound.living = false;
    bindings = bindings.filter((each) => each !== bound);
  };
  const send = (message: number | '|'): void => {
    if (busy) queue.push(message);
    else if (over) handle(message);
    else alone(() => handle(message));
  };
  const run = ({ do: what, target }: Step): void => {
    if (what === 'send') send(sent++);
    else if (what === 'complete') send('|');
    else if (what === 'subscribe') bind(target, false);
    else if (what === 'detach') unbind(bindings.find((bound) => bound.attached && bound.target === target));
    else if (what === 'unsubscribe') unbind(bindings.find((bound) => !bound.attached && bound.target === target));
    else if (over || !bindings.some((bound) => bound.attached && bound.target === target)) bind(target, true);
  };

  steps.forEach(run);
  return { log, failures, unhandled, deadLetters, count: bindings.length };
}
