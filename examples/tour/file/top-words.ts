import { Actor, type ActorSystem } from 'rx-actors';
import { count, quote } from '../text.js';
import type { Line } from './lines.js';
import type { Station } from './station.js';

/** So many different words, over all sections, are counted at the most: a file of any size takes so much memory. */
const MOST_WORDS = 100_000;

const HEADING = /^#{1,6}\s+(.{1,60})/;
const LINK_TARGET = /\]\([^)]*\)|https?:\/\/\S+/g;
const WORD = /(?<![\p{L}\p{N}])\p{L}{5,30}(?![\p{L}\p{N}])/gu;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A copy: a part of a string keeps the whole string in memory. */
const copy = (text: string): string => decoder.decode(encoder.encode(text));

/** Finds the words that each section of a Markdown file has most of: an actor as a class with fields. */
class TopWords extends Actor<Line> implements Station {
  readonly actor = this;
  readonly #sections = new Map<string, Map<string, number>>();
  #section = 'everything';
  #words = 0;
  #lines = 0;

  protected override receive({ text }: Line): void {
    this.#lines++;
    const heading = HEADING.exec(text)?.[1];
    if (heading === undefined) this.#count(text);
    else this.#section = copy(heading).trim();
  }

  get processed(): number {
    return this.#lines;
  }

  findings(): string[] {
    const total = (words: Map<string, number>): number => [...words.values()].reduce((sum, n) => sum + n, 0);
    const largest = [...this.#sections].sort(([, a], [, b]) => total(b) - total(a)).slice(0, 5);
    const notes = this.#words < MOST_WORDS ? [] : [`only the first ${count(MOST_WORDS)} different words were counted`];
    const found = largest.map(([section, words]) => `${quote(section)}: ${mostOften(words)}`);
    return [...(found.length === 0 ? ['none'] : found), ...notes];
  }

  #count(text: string): void {
    for (const [word] of text.replace(LINK_TARGET, '').toLowerCase().matchAll(WORD)) {
      const words = this.#sections.get(this.#section) ?? new Map<string, number>();
      const before = words.get(word);
      if (before !== undefined) {
        words.set(word, before + 1);
      } else if (this.#words < MOST_WORDS) {
        this.#words++;
        this.#sections.set(this.#section, words.set(copy(word), 1));
      }
    }
  }
}

function mostOften(words: Map<string, number>): string {
  const most = [...words].sort(([, a], [, b]) => b - a).slice(0, 5);
  return most.map(([word, times]) => `${word} ${count(times)}`).join(', ');
}

export function topWords(system: ActorSystem): Station {
  return new TopWords({ system, name: 'top words' }).start();
}
