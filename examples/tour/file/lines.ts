/** One line of a file. */
export interface Line {
  /** Its number, from 1 up. */
  readonly number: number;
  /** Its text, without what ends it. */
  readonly text: string;
  /** How many bytes of the file it takes, with what ends it. */
  readonly bytes: number;
}

/** A longer line is cut into pieces, so that a file without any line ends takes no more memory than others. */
const LONGEST_LINE = 64 * 1024;
const NEWLINE = 0x0a;

/** The lines of a file, all of one chunk at a time. The next chunk is read when it is asked for. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let rest = new Uint8Array();
  let number = 0;
  const take = (bytes: Uint8Array): Line => ({
    number: ++number,
    text: decoder.decode(bytes).replace(/\r?\n$/, ''),
    bytes: bytes.length,
  });
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    const bytes = new Uint8Array(rest.length + chunk.length);
    bytes.set(rest);
    bytes.set(chunk, rest.length);
    let start = 0;
    for (let end = lineEnd(bytes, start); end <= bytes.length; end = lineEnd(bytes, start)) {
      lines.push(take(bytes.subarray(start, end)));
      start = end;
    }
    rest = bytes.subarray(start);
    if (lines.length > 0) yield lines;
  }
  if (rest.length > 0) yield [take(rest)];
}

/** Where the line that begins at `start` ends; beyond the bytes when its end has not been read yet. */
function lineEnd(bytes: Uint8Array, start: number): number {
  const newline = bytes.indexOf(NEWLINE, start);
  const end = newline === -1 ? Infinity : newline + 1;
  return Math.min(end, start + LONGEST_LINE);
}
