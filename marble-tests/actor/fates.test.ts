import { describe, it } from 'vitest';
import { ANY_TIME, checkPrograms } from './fates/check-programs.js';
import { KINDS } from './fates/program.js';

/*
 * Random programs for one actor: who sends, asks, offers, cancels, kills and closes, what its behavior does with each
 * message, and what those do who hear of it. fates/run-program.ts runs one in virtual time; fates/player.ts, with its
 * parts, is the model that watches. How to run more, or one again, says fates/check-programs.ts.
 */
describe('one actor under random programs', () => {
  it.each(KINDS)(
    'O1 O2 O3 E3 E4 E8.1 E8.2 F2 F3 A2.5 M1 M2 gives every message one fate and leaves nothing: %s',
    ANY_TIME,
    (kind) => {
      checkPrograms({ kinds: [kind], actors: 1, steps: 20 }, 1 / 12);
    },
  );
});
