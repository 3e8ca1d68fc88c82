import { describe, it } from 'vitest';
import { ANY_TIME, checkPrograms } from '../actor/fates/check-programs.js';

/*
 * The programs of ../actor/fates.test.ts for several actors: they send to one another, watch one another, are parents and
 * children, and get what goes through an exchange; in the end the system is closed, or all are killed.
 */
describe('a system under random programs', () => {
  it('E8 E9 F6 X4 X7 gives every message one fate and leaves nothing: two actors', ANY_TIME, () => {
    checkPrograms({ actors: 2, steps: 16 }, 1 / 4);
  });

  it('E8 E9 F6 X4 X7 gives every message one fate and leaves nothing: up to four actors', ANY_TIME, () => {
    checkPrograms({ actors: 4, steps: 24 }, 1 / 4);
  });
});
