import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const help = `Usage: npm start [-- [--help] [file]]

Runs the programs of the Python Cookbook's recipes 12.10 and 12.11, then streams a file, line by line, through an
exchange to several actors, and prints what they found, how fast it went, and how every message ended.

  file      a text, Markdown or log file of any size; the CHANGELOG.md of the installed rxjs when none is given
  --help    prints this

A line longer than 64 KiB arrives in pieces, each of which counts as a line.
Ctrl-C stops the reading, lets the actors finish and prints what they have; pressed again it stops at once.

Exit codes: 0 done, 1 the file cannot be read or the messages do not add up, 2 wrong usage, 130 interrupted.
`;

/** The command line was not understood; the message says what was wrong with it. */
export class UsageError extends Error {}

/** What the command line asks for: the help, or a file to work on. */
export type Request = { readonly help: true } | { readonly help: false; readonly path: string; readonly shown: string };

export function readArguments(args: string[]): Request {
  const { values, positionals } = parse(args);
  if (values.help === true) return { help: true };
  if (positionals.length > 1) throw new UsageError(`expected one file, got ${positionals.length}`);
  // npm runs scripts in the package's folder; INIT_CWD is where the user was.
  const folder = process.env['INIT_CWD'] ?? process.cwd();
  if (positionals.length === 0) return defaultFile();
  const [path] = positionals;
  return { help: false, path: resolve(folder, path), shown: path };
}

function parse(args: string[]): { values: { help?: boolean | undefined }; positionals: string[] } {
  try {
    return parseArgs({ args, options: { help: { type: 'boolean', short: 'h' } }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message.split('. ')[0] : String(error));
  }
}

function defaultFile(): Request {
  const rxjs = dirname(createRequire(import.meta.url).resolve('rxjs/package.json'));
  const path = join(rxjs, 'CHANGELOG.md');
  return { help: false, path, shown: relative(process.cwd(), path) };
}
