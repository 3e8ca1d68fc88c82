import { actors } from './consumer/actors.js';
import { asking } from './consumer/asking.js';
import { exchanges } from './consumer/exchanges.js';
import { failures } from './consumer/failures.js';
import { inspection } from './consumer/inspection.js';
import { inVirtualTime } from './consumer/marbles.js';
import { pools } from './consumer/pools.js';
import { topics } from './consumer/topics.js';

const parts: readonly (readonly [heading: string, part: () => void | Promise<void>])[] = [
  ['actors', actors],
  ['asking', asking],
  ['failures', failures],
  ['pools', pools],
  ['exchanges', exchanges],
  ['topics', topics],
  ['inspection', inspection],
  ['virtual time', inVirtualTime],
];

/** A program that uses most of the public API, and prints the same wherever it runs. */
export async function consumer(): Promise<void> {
  for (const [heading, part] of parts) {
    console.log(`-- ${heading} --`);
    await part();
  }
  console.log('-- end --');
}
