/*
 * What the programs leave alone, or the checks let pass, because the engine does not obey yet. Each goes when its fault is
 * mended.
 */
const on = (): boolean => true;

/** M1: an actor that can stash has no mailbox that drops the oldest: when all that waits was put back, it loses count. */
export const STASH_WITHOUT_DROP_OLDEST = on();

/** A1, E8: what stashes returns nothing, or the ask that was put aside is forgotten to be the one that has its turn. */
export const STASHING_RETURNS_NOTHING = on();

/** Events: a message whose teardown kills its actor, or cancels its ask, is told as processed besides. */
export const KILLED_BY_TEARDOWN_IS_PROCESSED = on();

/** Events: a message that fails in the pipeline of a `run()` is told as failed, and as processed besides. */
export const FAILED_IN_A_PIPELINE_IS_PROCESSED = on();

/** E8: an ask that is cancelled while a pipeline handles its message, which then fails, is 'failed' besides. */
export const CANCELLED_IN_A_PIPELINE_FAILS = on();

/** E8: a behavior puts its message aside at most once, and not after its asker has cancelled it: that would revive it. */
export const STASHED_AT_MOST_ONCE = on();

/**
 * E8: an actor that is killed on hearing of the end of a child, which its restart has killed, makes a second dead letter of
 * its failed message, or reports the error of an upstream that was a failure already.
 */
export const FAILED_IS_KILLED_WHILE_RESTARTING = on();

/**
 * M2: an offer that waits for room is let in, and then killed, when its actor is killed while the message of a timer waits,
 * or when room is made by a behavior that has just killed its own actor.
 */
export const DYING_LETS_IN = on();

/** E3, E9: nobody is killed while one waits for its children to end, to restart: it would never end. */
export const NO_KILL_WHILE_RESTARTING = on();

/**
 * E3, E4: an actor that a sibling's restart takes along, and whose teardown then kills it, ends before its message is a dead
 * letter, and is restarted after its end.
 */
export const RENEWED_ENDS_BEFORE_ITS_MESSAGE = on();
