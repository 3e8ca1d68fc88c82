import type { Actor } from 'rx-actors';
import type { Line } from './lines.js';

/** An actor that does one thing with every line, and what has come of it. */
export interface Station {
  readonly actor: Actor<Line, unknown>;
  /** How many lines its behavior has come to the end of. */
  readonly processed: number;
  /** What it has found, for people. */
  findings(): readonly string[];
}
