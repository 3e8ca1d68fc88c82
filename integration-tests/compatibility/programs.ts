import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { printedBy, run } from './run.js';

/** A file that the tour works on: the same for everybody, whichever RxJS is installed. */
export const file = join(
  dirname(createRequire(import.meta.url).resolve('./node_modules/rxjs-7.8/package.json')),
  'CHANGELOG.md',
);

/** Runs the tour in a project; gives what it prints. It has to have nothing to complain of. */
export async function tour(project: string, node: string): Promise<string> {
  const { code, stdout, stderr } = await run(project, node, ['compiled/examples/tour/main.js', file]);
  if (code !== 0 || stderr !== '') throw new Error(`The tour: exit code ${code}\n${stdout}${stderr}`);
  return stdout;
}

/** Runs the consumer's program in a project; gives what it prints. */
export function consumer(project: string, node: string): Promise<string> {
  return printedBy(project, node, ['compiled/integration-tests/compatibility/programs/consumer-main.js']);
}

/** What the tour prints, without what depends on how fast it was and how well the platform compresses. */
export function withoutChance(text: string): string {
  return text
    .replace(/^(== A file: ).*(, [\d,]+ bytes ==)$/m, '$1…$2')
    .replace(/^(time|throughput) +.*$/gm, '$1 …')
    .replace(/[\d,]+ times$/m, '… times')
    .replace(/^(sampler +)[\d,]+ lines sampled, the first: .*$/m, '$1…')
    .replace(/^(sampler +[\d,]+) .*(yes|NO)$/m, '$1 … $2')
    .replace(/^(archiver +)[\d,]+ bytes compressed, \d+ %/m, '$1…')
    .replace(/ [\d,]+ overflow, /, ' … overflow, ');
}
