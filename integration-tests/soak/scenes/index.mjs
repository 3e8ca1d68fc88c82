import { asks } from './asks.mjs';
import { exchanges } from './exchanges.mjs';
import { failures } from './failures.mjs';
import { families } from './families.mjs';
import { generators } from './generators.mjs';
import { habits } from './habits.mjs';
import { links } from './links.mjs';
import { loops } from './loops.mjs';
import { mailboxes } from './mailboxes.mjs';
import { names } from './names.mjs';
import { pingPong } from './ping-pong.mjs';
import { pools } from './pools.mjs';
import { replay } from './replay.mjs';
import { siblings } from './siblings.mjs';
import { states } from './states.mjs';
import { systems } from './systems.mjs';
import { tell } from './tell.mjs';
import { topics } from './topics.mjs';
import { workers } from './workers.mjs';

/** What is played over and over, all at the same time. */
export const scenes = {
  asks,
  exchanges,
  failures,
  families,
  generators,
  habits,
  links,
  loops,
  mailboxes,
  names,
  pingPong,
  pools,
  replay,
  siblings,
  states,
  systems,
  tell,
  topics,
  workers,
};
