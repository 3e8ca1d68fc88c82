import { Actor, isActorError, type ActorSystem } from 'rx-actors';
import type { Line } from '../../../examples/tour/file/lines.js';
import type { Station } from '../../../examples/tour/file/station.js';
import { count } from '../../../examples/tour/text.js';

/** How much text is compressed at a time, in characters. */
const BLOCK = 16 * 1024;

/** The archiver of the tour, with what browsers have in place of node:zlib; it keeps the size of the copy only. */
class PageArchiver extends Actor<Line> implements Station {
  readonly actor = this;
  #lines = 0;
  #bytes = 0;
  #size = 0;

  protected override async run(): Promise<void> {
    const { readable, writable } = new CompressionStream('gzip');
    const size = (async () => {
      for await (const chunk of readable) this.#size += chunk.length;
    })();
    const writer = writable.getWriter();
    const encoder = new TextEncoder();
    let block = '';
    try {
      for (;;) {
        const { text, bytes } = await this.recv();
        this.#lines++;
        this.#bytes += bytes;
        block += `${text}\n`;
        if (block.length < BLOCK) continue;
        await writer.write(encoder.encode(block));
        block = '';
      }
    } catch (error) {
      if (!isActorError(error, 'actor-exit')) throw error;
      await writer.write(encoder.encode(block));
      await writer.close();
      await size;
    }
  }

  get processed(): number {
    return this.#lines;
  }

  findings(): string[] {
    return [`${count(this.#size)} bytes compressed, ${count((100 * this.#size) / this.#bytes)} % of the original`];
  }
}

export function archiver(system: ActorSystem, capacity: number): Station {
  return new PageArchiver({ system, name: 'archiver', mailbox: { capacity } }).start();
}
