import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes of heap that stay behind after a run, and what it gives is still held. */
export function retained(run: () => unknown): number {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const before = (collectGarbage(), process.memoryUsage().heapUsed);
  const result = run();
  const after = (collectGarbage(), process.memoryUsage().heapUsed);
  if (result === undefined) throw new Error('Nothing is held that could keep anything.');
  return after - before;
}
