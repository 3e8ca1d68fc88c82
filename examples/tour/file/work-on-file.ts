import { concatMap, defer, from, fromEvent, lastValueFrom, map, takeUntil, tap } from 'rxjs';
import { ActorSystem, sendTo } from 'rx-actors';
import { counter } from './counter.js';
import { Ledger, type Account } from './ledger.js';
import { readLines, type Line } from './lines.js';
import { linkChecker } from './link-checker.js';
import { longestParagraph } from './longest-paragraph.js';
import { sampler } from './sampler.js';
import type { Station } from './station.js';
import { topWords } from './top-words.js';

/** How many lines may wait for the archiver. */
export const ARCHIVER_CAPACITY = 64;

/** What has come of a file. */
export interface Outcome {
  readonly stations: readonly Station[];
  readonly accounts: readonly Account[];
  readonly seconds: number;
  readonly lines: number;
  /** The most lines that have ever waited for the archiver. */
  readonly highWater: number;
  /** How often the reading has waited for the archiver. */
  readonly waits: number;
}

/**
 * Streams a file through an exchange to several actors, and waits until all of them have finished. It uses nothing that
 * only Node has.
 *
 * The archiver is offered each line before the exchange gets it: while its mailbox is full, nothing is read.
 *
 * @param chunks - The bytes of the file; read no faster than the archiver takes lines.
 * @param archiver - Makes the archiver, for which `capacity` lines may wait.
 * @param signal - Stops the reading; what has been read is still processed.
 */
export async function workOnFile(
  chunks: AsyncIterable<Uint8Array>,
  archiver: (system: ActorSystem, capacity: number) => Station,
  signal: AbortSignal,
): Promise<Outcome> {
  const started = performance.now();
  const system = new ActorSystem({ name: 'tour' });
  const ledger = new Ledger(system);
  const slow = archiver(system, ARCHIVER_CAPACITY);
  const attached = [counter, topWords, longestParagraph, linkChecker, sampler].map((station) => station(system));
  const stations = [...attached, slow];

  const lines = system.exchange<Line>('lines');
  lines.subscribe(...attached.map(({ actor }) => actor));
  const interrupted = fromEvent(signal, 'abort');
  let sent = 0;
  let waits = 0;
  let highWater = 0;

  const offer = (line: Line) =>
    defer(() => {
      if (slow.actor.pending === ARCHIVER_CAPACITY) waits++;
      return slow.actor.offer(line);
    }).pipe(
      tap(() => {
        sent++;
        highWater = Math.max(highWater, slow.actor.pending);
      }),
      map(() => line),
    );

  const read = async (): Promise<void> => {
    // The next chunk is read once every line of this one has been taken.
    for await (const chunk of readLines(chunks)) {
      const taken = from(chunk).pipe(concatMap(offer), sendTo(lines), takeUntil(interrupted));
      await lastValueFrom(taken, { defaultValue: undefined });
    }
  };
  const reading = read()
    .catch((error: unknown) => {
      if (!signal.aborted) throw error;
    })
    .finally(() => system.close());
  // A station that fails for good fails the work.
  await Promise.all([...stations.map(({ actor }) => actor.join()), reading]);

  return {
    stations,
    accounts: stations.map(({ actor, processed }) => ledger.account(actor, sent, processed)),
    seconds: (performance.now() - started) / 1000,
    lines: sent,
    highWater,
    waits,
  };
}
