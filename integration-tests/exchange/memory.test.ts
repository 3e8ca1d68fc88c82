import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { outputOf } from '../run-node.js';

const child = fileURLToPath(new URL('memory-child.mjs', import.meta.url));
const library = new URL('../../dist/index.js', import.meta.url).href;

/** The cases of memory-child.mjs. */
const cases = [
  'detached recipients',
  'unsubscribed observers',
  'recipients of a block',
  'recipients of an ended exchange',
  'ended exchanges that had a name',
  'exchanges that an actor was detached from',
  'exchanges that ended with an actor attached',
  'exchanges whose binding ends while it is made',
  'actors that were killed while attached',
  'actors that were closed while attached',
  'ended actors that were attached',
  'members that left a group',
  'actors that ended as members of a group',
  'systems that were let go',
];

describe('E9 what has ended leaves nothing behind', () => {
  let left: Record<string, number>;
  beforeAll(async () => {
    left = JSON.parse(await outputOf(['--expose-gc', child, library]));
  });

  it.each(cases)('E9.2 %s', (name) => {
    // The last one made may still be seen by the stack.
    expect(left[name]).toBeLessThan(10);
  });

  it('E9 tests every case', () => {
    expect(Object.keys(left)).toEqual(cases);
  });
});
