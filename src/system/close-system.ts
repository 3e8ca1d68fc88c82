import { crewOf } from '../internal/crew.js';
import type { Resident } from '../internal/registry.js';
import type { SystemCore } from '../internal/system-core.js';
import { SystemClosedError } from '../errors/system-closed-error.js';

/**
 * Ends everything in a system. Actors that are nobody's children are closed one after the other, the newest first: what
 * was made later may depend on what was there before, and can still send to it while it drains. Named exchanges complete
 * when the last actor has ended.
 *
 * @param timeout - After so many milliseconds all that have not ended are killed.
 * @returns Whether any had to be killed.
 */
export async function closeSystem(core: SystemCore, timeout: number | undefined): Promise<'closed' | 'killed'> {
  core.closed = true;
  const { residents } = crewOf(core);
  const roots = residents.snapshot().filter(({ isChild }) => !isChild);
  const timer =
    timeout === undefined
      ? undefined
      : core.timers.schedule(() => {
          if (residents.size > 0) core.hurried = true;
          for (const resident of residents.snapshot()) resident.kill(new SystemClosedError(core.name));
        }, timeout);
  // One that was never started ends at once; somebody may wait for its answer.
  for (const root of roots) if (root.status === 'created') root.close();
  closeInTurn(roots);
  await residents.empty();
  timer?.unsubscribe();
  core.ended = true;
  for (const exchange of [...core.exchanges.values()]) exchange.complete();
  return core.hurried ? 'killed' : 'closed';
}

function closeInTurn(roots: readonly Resident[]): void {
  let next = 0;
  let closing = false;
  // A loop, not a recursion: those that have nothing to do may end while they are told to.
  const go = (): void => {
    if (closing) return;
    closing = true;
    while (next < roots.length) {
      const root = roots[next];
      if (root.status !== 'closed') {
        root.close();
        let ended = false;
        root.watch({
          ended: () => {
            ended = true;
            go();
          },
        });
        if (!ended) break;
      }
      next++;
    }
    closing = false;
  };
  go();
}
