import type { ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runNode, type NodeOptions, type NodeRun } from './run-node.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = join(root, 'dist-examples/examples/tour/main.js');

const RECIPES = `== 12.10 An actor: class PrintActor ==
Got: Hello
Got: World

== 12.10 An actor: a generator ==
got hello
got world
actor terminating

== 12.10 An actor: Worker.submit ==
8

== 12.11 Publish/subscribe: attach, send, detach ==
task_a got msg1
task_b got msg1
task_b got msg2
attached: 0

== 12.11 Publish/subscribe: DisplayMessages ==
msg[1]: 'msg1'
msg[2]: 'msg2'

== 12.11 Publish/subscribe: the \`using\` block ==
task_a got msg1
task_b got msg1
task_a got msg2
task_b got msg2
attached in the block: 2
attached after it: 0
`;

let folder: string;
let temporary: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tour-test-'));
  temporary = join(folder, 'tmp');
  mkdirSync(temporary);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the tour as scripts/start.mjs does. */
function tour(args: readonly string[], whenPrinted?: NodeOptions['whenPrinted']): Promise<NodeRun> {
  const env = { ...process.env, TMPDIR: temporary };
  return runNode(['--enable-source-maps', program, ...args], { cwd: root, env, ...(whenPrinted && { whenPrinted }) });
}

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Waits until a tour has written something of its archive, or has ended. */
async function somethingArchived(child: ChildProcess): Promise<void> {
  const archives = () =>
    readdirSync(temporary, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('archive.gz'));
  while (child.exitCode === null && !archives().some((name) => statSync(join(temporary, name)).size > 0)) await wait(5);
}

const numberIn = (text: string): number => Number(text.replaceAll(',', ''));

/** The numbers of the line that begins with `label`. */
function numbers(stdout: string, label: string): number[] {
  const line = stdout.split('\n').find((each) => each.startsWith(`${label} `)) ?? '';
  return [...line.slice(label.length).matchAll(/\d[\d,]*/g)].map(([each]) => numberIn(each.replace(/,$/, '')));
}

/** The closing table, a row per actor. */
function fates(stdout: string): Record<string, { sent: number; processed: number; dead: number[]; addsUp: string }> {
  const rows = stdout.trimEnd().split('\n');
  const header = rows.findIndex((row) => row.startsWith('actor  '));
  expect(rows[header]).toMatch(/^actor +sent +processed +failed +overflow +closed +killed +adds up$/);
  return Object.fromEntries(
    rows.slice(header + 1).map((row) => {
      const [name, sent, processed, ...rest] = row.split(/ {2,}/);
      return [
        name,
        {
          sent: numberIn(sent),
          processed: numberIn(processed),
          dead: rest.slice(0, -1).map(numberIn),
          addsUp: rest.at(-1)!,
        },
      ];
    }),
  );
}

const ACTORS = ['archiver', 'counter', 'link checker', 'longest paragraph', 'sampler', 'top words'];

/** Every message to every actor met one fate, and there were as many as the file has lines. */
function expectToAddUp(stdout: string, lines: number): void {
  const table = fates(stdout);
  expect(Object.keys(table).sort()).toEqual(ACTORS);
  for (const { sent, processed, dead, addsUp } of Object.values(table)) {
    expect(sent).toBe(lines);
    expect(dead.reduce((sum, n) => sum + n, processed)).toBe(sent);
    expect(addsUp).toBe('yes');
  }
}

/** Lines, words and bytes, counted in another way than the tour does. */
function countIn(path: string): number[] {
  const content = readFileSync(path);
  const lines = content.toString('utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return [lines.length, lines.join(' ').split(/\s+/).filter(Boolean).length, content.length];
}

describe('npm start', () => {
  let plain: NodeRun;
  beforeAll(async () => {
    plain = await tour([]);
  });

  it('prints the recipes, then works on a large file of the installed packages', () => {
    const changelog = join(dirname(createRequire(import.meta.url).resolve('rxjs/package.json')), 'CHANGELOG.md');
    const { code, stdout, stderr } = plain;
    expect(stderr).toBe('');
    expect(stdout.slice(0, RECIPES.length)).toBe(RECIPES);
    const [lines, words, bytes] = countIn(changelog);
    expect(numbers(stdout, 'counter')).toEqual([lines, words, bytes]);
    expect(stdout).toContain('Bug Fixes: ');
    expectToAddUp(stdout, lines);
    expect(code).toBe(0);
  });

  it('makes the reading wait for the archiver, and shows failures and overflow', () => {
    const { stdout } = plain;
    const [highWater, capacity, waits] = numbers(stdout, 'back-pressure');
    expect(highWater).toBe(capacity);
    expect(waits).toBeGreaterThan(0);
    const { 'link checker': checker, sampler, archiver } = fates(stdout);
    const [failed] = checker.dead;
    const [, overflow] = sampler.dead;
    expect(failed).toBeGreaterThan(0);
    expect(overflow).toBeGreaterThan(0);
    expect(archiver.dead).toEqual([0, 0, 0, 0]);
    expect(numbers(stdout, 'dead letters')).toEqual([failed, overflow, 0, 0]);
    expect(stdout).toMatch(/failed on line [\d,]+: Invalid URL '.*', resumed/);
  });

  it('leaves nothing in the temporary folder', () => {
    expect(readdirSync(temporary)).toEqual([]);
  });

  it.each<[string, string | Buffer]>([
    ['a log', Array.from({ length: 5_000 }, (_, n) => `${n} INFO  request ${n % 7} – done\n`).join('')],
    ['lines that end in CRLF', 'one two\r\n\r\nthree\r\n'],
    ['no end of the last line', 'one\ntwo three'],
    ['one line only', 'word'],
    ['empty lines only', '\n\n\n'],
    ['letters of several bytes on the edges of chunks', `${'ä😀é '.repeat(2_000)}\n`.repeat(20)],
    ['nothing', ''],
  ])('counts right: %s', async (name, content) => {
    const path = write(`${name}.txt`, content);
    const { code, stdout, stderr } = await tour([path]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const counts = countIn(path);
    expect(numbers(stdout, 'counter')).toEqual(counts);
    expectToAddUp(stdout, counts[0]);
  });

  it('takes a binary file without line ends, in pieces', async () => {
    const bytes = 300_000;
    const { code, stdout } = await tour([write('zeros.bin', Buffer.alloc(bytes))]);
    expect(code).toBe(0);
    expect(numbers(stdout, 'counter')).toEqual([5, 5, bytes]);
    expectToAddUp(stdout, 5);
  });

  it.each([
    ['a path that is not there', 'no-such.log', /^tour: cannot read .*no-such\.log: there is no such file\n$/],
    ['a folder', '.', /^tour: cannot read .*: it is not a regular file\n$/],
  ])('refuses %s in one line, with exit code 1', async (_, path, message) => {
    const { code, stdout, stderr } = await tour([join(folder, path)]);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  it.each([
    ['an unknown option', ['--nope'], "tour: Unknown option '--nope'"],
    ['two files', ['a', 'b'], 'tour: expected one file, got 2'],
  ])('refuses %s with exit code 2', async (_, args, message) => {
    const { code, stdout, stderr } = await tour(args);
    expect(stderr).toBe(`${message}\nTry: npm start -- --help\n`);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('explains itself with --help', async () => {
    const { code, stdout, stderr } = await tour(['--help']);
    expect(stdout).toMatch(/^Usage: npm start/);
    expect(stdout).toContain('Exit codes: 0 done, 1 ');
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('closes gracefully on Ctrl-C: what was read is processed, and still adds up', async () => {
    const lines = 600_000;
    const path = write('large.log', 'a line that says the same as all the others\n'.repeat(lines));
    let begun = false;
    const { code, stdout, stderr } = await tour([path], (printed, child) => {
      if (begun || !printed.includes('== A file')) return;
      begun = true;
      void somethingArchived(child).then(() => child.kill('SIGINT'));
    });
    expect(stderr).toBe('');
    expect(stdout).toContain('Interrupted.');
    const [read] = numbers(stdout, 'counter');
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(lines);
    expectToAddUp(stdout, read);
    expect(code).toBe(130);
    expect(readdirSync(temporary)).toEqual([]);
  });
});
