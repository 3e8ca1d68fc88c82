import { createReadStream, rmSync, statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { help, readArguments, UsageError, type Request } from './arguments.js';
import { archiver } from './file/archiver.js';
import { explain, FileError } from './file/file-error.js';
import { report } from './file/report.js';
import { workOnFile } from './file/work-on-file.js';
import { recipes } from './recipe/recipes.js';
import { count } from './text.js';

const INTERRUPTED = 130;

process.exitCode = await tour(process.argv.slice(2));

/** Runs the tour and gives its exit code. */
async function tour(args: string[]): Promise<number> {
  // Whoever reads our output may have seen enough, as `head` does.
  process.stdout.on('error', () => process.exit());
  try {
    const request = readArguments(args);
    if (request.help) {
      process.stdout.write(help);
      return 0;
    }
    // Before anything else: who mistypes a path should not have to look for the error below the recipes.
    const size = sizeOf(request);
    const signal = interruption();
    for (const [heading, program] of recipes) {
      console.log(`== ${heading} ==`);
      await program();
      console.log();
    }
    return await work(request, size, signal);
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof FileError)) throw error;
    console.error(`tour: ${error.message}`);
    if (error instanceof FileError) return 1;
    console.error('Try: npm start -- --help');
    return 2;
  }
}

async function work({ path, shown }: Request & { help: false }, size: number, signal: AbortSignal): Promise<number> {
  console.log(`== A file: ${shown}, ${count(size)} bytes ==`);
  const outcome = await inTemporaryFolder((folder) => {
    const chunks = createReadStream(path, { signal }) as AsyncIterable<Uint8Array>;
    const archive = join(folder, 'archive.gz');
    return workOnFile(chunks, (system, capacity) => archiver(system, archive, capacity), signal);
  }).catch((error: unknown) => {
    throw explain(error, path, shown);
  });
  if (signal.aborted) console.log('Interrupted. What had been read until then:');
  console.log(report(outcome));
  if (!outcome.accounts.every(({ addsUp }) => addsUp)) {
    console.error('tour: the messages do not add up');
    return 1;
  }
  return signal.aborted ? INTERRUPTED : 0;
}

/** The size of the file, in bytes; an error that says why it can't be one to read. */
function sizeOf({ path, shown }: Request & { help: false }): number {
  try {
    const stats = statSync(path);
    if (stats.isFile()) return stats.size;
  } catch (error) {
    throw explain(error, path, shown);
  }
  throw new FileError(`cannot read ${shown}: it is not a regular file`);
}

/** Aborted by the first Ctrl-C; the second one stops the process. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
  });
  return controller.signal;
}

/** Gives `work` a folder that is gone when the process is. */
async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'rx-actors-tour-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return work(folder);
}
