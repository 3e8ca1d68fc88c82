import type { ActorSystem } from 'rx-actors';
import { count } from '../text.js';
import type { Line } from './lines.js';
import type { Station } from './station.js';

interface Paragraph {
  readonly firstLine: number;
  readonly lines: number;
}

/**
 * Gives the longest paragraph so far, whenever it has grown: a generator with two stages, one between paragraphs and
 * one inside of them. Where it stands is its state.
 */
function* findLongest(read: () => void): Generator<Paragraph | undefined, void, Line> {
  let longest = 0;
  let line = yield;
  for (;;) {
    while (line.text.trim() === '') {
      read();
      line = yield;
    }
    const firstLine = line.number;
    for (let lines = 1; line.text.trim() !== ''; lines++) {
      read();
      line = yield lines > longest ? { firstLine, lines: (longest = lines) } : undefined;
    }
  }
}

export function longestParagraph(system: ActorSystem): Station {
  let lines = 0;
  let longest: Paragraph | undefined;
  const actor = system.generatorActor(() => findLongest(() => lines++), { name: 'longest paragraph' });
  actor.subscribe((paragraph) => (longest = paragraph));
  return {
    actor,
    get processed() {
      return lines;
    },
    findings: () =>
      longest === undefined ? ['none'] : [`${count(longest.lines)} lines, from line ${count(longest.firstLine)}`],
  };
}
