import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs a program of ./programs in a process of its own and gives back what it wrote to stdout. */
export function runProgram(name: string, ...nodeOptions: string[]): Promise<string> {
  const file = fileURLToPath(new URL(`./programs/${name}`, import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeOptions, file], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(out.trim());
      else reject(new Error(`${name} exited with ${code}: ${err}`));
    });
  });
}
