import { spawn, type ChildProcess } from 'node:child_process';

/** How a process has ended, and what it has written. */
export interface NodeRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a process is run with; `whenPrinted` is called whenever it has written to stdout, with all that it has written. */
export interface NodeOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly whenPrinted?: (stdout: string, child: ChildProcess) => void;
}

/** Runs Node in a process of its own until that has ended. */
export function runNode(args: readonly string[], options: NodeOptions = {}): Promise<NodeRun> {
  const { whenPrinted, ...where } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { ...where, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      whenPrinted?.(stdout, child);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

/** The same for a program that has to succeed: gives back what it has written to stdout. */
export async function outputOf(args: readonly string[], options?: NodeOptions): Promise<string> {
  const { code, stdout, stderr } = await runNode(args, options);
  if (code !== 0) throw new Error(`node ${args.join(' ')} has ended with ${code}: ${stderr}`);
  return stdout.trim();
}
