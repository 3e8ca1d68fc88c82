import { createWriteStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Actor, isActorError, type ActorSystem } from 'rx-actors';
import { count } from '../text.js';
import type { Line } from './lines.js';
import type { Station } from './station.js';

/** How much text is compressed at a time, in characters. */
const BLOCK = 16 * 1024;

/**
 * Writes a compressed copy, with `\n` at the end of every line: the slow one. Node's pipeline asks for a block when the
 * compressor can take one; only then are lines taken out of the mailbox.
 */
class Archiver extends Actor<Line> implements Station {
  readonly actor = this;
  readonly #path: string;
  #lines = 0;
  #bytes = 0;

  constructor(path: string, system: ActorSystem, capacity: number) {
    super({ system, name: 'archiver', mailbox: { capacity } });
    this.#path = path;
  }

  protected override async run(): Promise<void> {
    await pipeline(this.#blocks(), createGzip(), createWriteStream(this.#path));
  }

  get processed(): number {
    return this.#lines;
  }

  findings(): string[] {
    const { size } = statSync(this.#path);
    const percent = this.#bytes === 0 ? '' : `, ${count((100 * size) / this.#bytes)} % of the original`;
    return [`${count(size)} bytes compressed${percent}`];
  }

  async *#blocks(): AsyncGenerator<string> {
    let block = '';
    try {
      for (;;) {
        const { text, bytes } = await this.recv();
        this.#lines++;
        this.#bytes += bytes;
        block += `${text}\n`;
        if (block.length < BLOCK) continue;
        yield block;
        block = '';
      }
    } catch (error) {
      if (!isActorError(error, 'actor-exit')) throw error;
      // Closed, and every line received: the last block goes out.
      if (block !== '') yield block;
    }
  }
}

export function archiver(system: ActorSystem, path: string, capacity: number): Station {
  return new Archiver(path, system, capacity).start();
}
