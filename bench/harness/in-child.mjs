import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('child.mjs', import.meta.url));
const FLAGS = ['--expose-gc', '--max-old-space-size=4096'];

/** Runs one measurement in a fresh process; gives its `{ cost }` or `{ problem }`, a problem also when it crashes or takes too long. */
export async function inChild(job, { seconds }) {
  const child = spawn(process.execPath, [...FLAGS, CHILD, JSON.stringify(job)], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, seconds * 1_000);
  const [answer, complaint] = await Promise.all([text(child.stdio[3]), text(child.stderr)]);
  clearTimeout(timer);
  if (answer) return JSON.parse(answer);
  return { problem: late ? `gave up after ${seconds} s` : `crashed: ${reason(complaint)}` };
}

const reason = (complaint) =>
  /^(?:\w*Error\b|FATAL).*$/m.exec(complaint)?.[0] ?? (complaint.trim().split('\n')[0] || 'no word');
