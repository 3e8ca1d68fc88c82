import { resume, type ActorFailure, type ActorSystem } from 'rx-actors';
import { count, quote } from '../text.js';
import type { Line } from './lines.js';
import type { Station } from './station.js';

const LINK = /\[[^\]]*\]\(([^)]*)\)/g;
/** So many failures are shown. */
const SHOWN = 5;

/** Follows no link, but fails on a line with one that is no URL. Under `resume()` it goes on with the next line. */
export function linkChecker(system: ActorSystem): Station {
  let lines = 0;
  let links = 0;
  let broken = 0;
  const examples: string[] = [];

  const actor = system.actor(
    ({ text }: Line) => {
      const urls = [...text.matchAll(LINK)].map(([, target]) => new URL(target));
      links += urls.length;
      lines++;
    },
    { name: 'link checker', supervision: resume() },
  );

  const note = (failure: ActorFailure): void => {
    if (!('actor' in failure) || failure.actor !== actor) return;
    broken++;
    if (examples.length >= SHOWN) return;
    const { number } = failure.message as Line;
    const { input, message } = failure.error as TypeError & { input?: string };
    examples.push(`failed on line ${count(number)}: ${message} '${quote(input ?? '')}', resumed`);
  };
  system.failures.subscribe(note);

  return {
    actor,
    get processed() {
      return lines;
    },
    findings: () => [`${count(links)} good links, ${count(broken)} lines with a broken one`, ...examples],
  };
}
