import type { Subscriber, Subscription } from 'rxjs';
import type { Belongings } from './belongings.js';
import type { Termination } from '../contract/termination.js';
import { NOTHING } from './envelope.js';
import type { Lane } from './lane.js';
import type { Life } from './life.js';
import type { Handler } from './owner.js';
import type { Supervisor } from './supervisor.js';

/** What the drains of few actors need, so that the others need not carry it. */
export class Extras<In, Out> {
  life: Life<Out> | undefined;
  lane: Lane | undefined;
  belongings: Belongings<In> | undefined;
  /** The behavior that another has taken the place of. */
  former: Handler<In> | undefined;
  supervisor: Supervisor | undefined;
  backoff: Subscription | undefined;
  sink: Subscriber<Out> | undefined;
  /** The end that comes once what is on the stack has returned. */
  coming: Termination | undefined;
  /** When the message on the stack, or at work, was started, while somebody listens. */
  startedAt: number | undefined;
  /** The message of which it is just told that it is handled now. */
  starting: unknown = NOTHING;
  /** Why it is to begin anew with a sibling. */
  renewal: unknown;
  /** The next incarnation is not the first. */
  restarting = false;
  /** The message on the stack has met its fate, though the end is coming. */
  settled = false;

  /** What is left of it when the actor has ended. */
  get remains(): Extras<In, Out> | undefined {
    const { life, belongings } = this;
    if (life === undefined && belongings === undefined) return undefined;
    const remains = new Extras<In, Out>();
    remains.life = life;
    remains.belongings = belongings;
    return remains;
  }
}
