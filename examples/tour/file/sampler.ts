import { map, timer } from 'rxjs';
import type { ActorSystem } from 'rx-actors';
import { count } from '../text.js';
import type { Line } from './lines.js';
import type { Station } from './station.js';

/** How long it looks at a line, in milliseconds. */
const LOOK = 5;

/**
 * Looks at the newest line only: while it is busy with one, one may wait, and a newer one takes its place. The ones that
 * it drops are dead letters ('overflow').
 */
export function sampler(system: ActorSystem): Station {
  const samples: number[] = [];
  let taken = 0;
  const actor = system.actor((line: Line) => timer(LOOK).pipe(map(() => line.number)), {
    name: 'sampler',
    mailbox: { capacity: 1, overflow: 'drop-oldest' },
  });
  actor.subscribe((number) => {
    taken++;
    if (samples.length < 5) samples.push(number);
  });
  return {
    actor,
    get processed() {
      return taken;
    },
    findings: () => [
      `${count(taken)} lines sampled${taken === 0 ? '' : `, the first: ${samples.map(count).join(', ')}`}`,
    ],
  };
}
