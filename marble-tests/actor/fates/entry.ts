import type { Message } from './program.js';

/** How an actor came to a message. */
export type Via = 'send' | 'ask' | 'offer' | 'timer' | 'notice';

/** How an ask has ended, as its asker sees it. */
export interface Answer {
  readonly values: number[];
  outcome: 'waiting' | 'complete' | 'cancelled' | 'error';
  /** It was cancelled when its message had met its fate already. */
  late: boolean;
  error: unknown;
}

/** What becomes of one message at one actor. */
export class Entry {
  /** Law E8 has it that there is one when the run is over. */
  readonly fates: string[] = [];
  /** The dead letters that were told of it. */
  letters = 0;
  failures = 0;
  starts = 0;
  /** It is being sent. */
  sending = false;
  /** The mailbox took it. */
  taken = false;
  /** Its behavior is on the stack, and has asked that it be put aside. */
  stashing = false;
  /** Its work is done, but what it does then may end the actor before the actor has gone on: then it is 'killed'. */
  done = false;
  /** Its acts other than those of its behavior have been done. */
  acted = false;
  /** What its work has failed with. */
  error: unknown = undefined;
  readonly outputs: number[] = [];
  answer: Answer | undefined = undefined;

  constructor(
    readonly message: Message,
    readonly via: Via,
  ) {}

  get id(): number {
    return this.message.id;
  }

  get decided(): boolean {
    return this.fates.length > 0;
  }

  /** All its fates; one of them, if all is well. */
  get fate(): string {
    return !this.decided && this.done ? 'processed' : this.fates.join();
  }

  decide(fate: string): void {
    this.fates.push(fate);
  }

  /** What is to be said against what the asker was told. */
  get misled(): string | undefined {
    const { answer, fate } = this;
    if (answer === undefined) return undefined;
    const { outcome, error, late } = answer;
    const name = error instanceof Error ? error.name : undefined;
    if (outcome === 'waiting') return 'hangs';
    if (outcome === 'complete') return fate === 'processed' ? undefined : `completes, but its message is ${fate}`;
    if (outcome === 'cancelled')
      return late || fate === 'cancelled' ? undefined : `is cancelled, but its message is ${fate}`;
    const expected: Partial<Record<string, string | undefined>> = {
      closed: 'ActorClosedError',
      killed: 'ActorClosedError',
      overflow: 'MailboxFullError',
      restarted: 'ActorFailedError',
    };
    if (fate === 'failed' ? error === this.error : name !== undefined && name === expected[fate]) return undefined;
    return `is told ${String(error)}, but its message is ${fate}`;
  }
}
