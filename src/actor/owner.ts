import type { Crew } from '../internal/crew.js';
import type { SystemCore } from '../internal/system-core.js';
import type { Actor } from './actor.js';
import type { ActorOptions } from './actor-options.js';
import type { BelongingsHost } from './belongings.js';
import type { ActorContext, ContextOwner } from './context.js';
import type { Termination } from '../contract/termination.js';
import type { Mailbox } from './mailbox.js';
import type { Outputs } from './outputs.js';

/** What is done with one message. */
export type Handler<In> = (message: In, context: ActorContext<In>) => unknown;

/** Whose mailbox is drained. */
export interface Owner<In, Out> extends BelongingsHost, ContextOwner<In> {
  readonly face: Actor<In, Out>;
  readonly core: SystemCore;
  readonly crew: Crew;
  readonly name: string;
  readonly options: ActorOptions<In> | undefined;
  /** Made when the first message comes. */
  readonly mailbox: Mailbox<In> | undefined;
  /** Made when the first observer comes. */
  readonly outputs: Outputs<Out> | undefined;
  /** Takes no more messages. */
  readonly refusing: boolean;
  refuse(): void;
  /** Ends. `heard` tells that the asker of the message that failed has heard of it. */
  end(termination: Termination, heard?: boolean): void;
  closedError(termination?: Termination): Error;
  /** Is about to begin anew. */
  beforeRestart(error: unknown, message: unknown): void;
  /** Begins anew; those of its siblings that its parent wants do the same. */
  renewSiblings(error: unknown): void;
}
