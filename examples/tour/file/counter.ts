import type { ActorSystem } from 'rx-actors';
import { count } from '../text.js';
import type { Line } from './lines.js';
import type { Station } from './station.js';

const wordsIn = (text: string): number => text.match(/\S+/g)?.length ?? 0;

/** Counts: an actor that owns a state, and makes the next one out of it and a line. */
export function counter(system: ActorSystem): Station {
  const actor = system.statefulActor(
    ({ lines, words, bytes }, line: Line) => ({
      lines: lines + 1,
      words: words + wordsIn(line.text),
      bytes: bytes + line.bytes,
    }),
    { lines: 0, words: 0, bytes: 0 },
    { name: 'counter' },
  );
  return {
    actor,
    get processed() {
      return actor.state.lines;
    },
    findings() {
      const { lines, words, bytes } = actor.state;
      return [`${count(lines)} lines, ${count(words)} words, ${count(bytes)} bytes`];
    },
  };
}
