import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { runNode, type NodeRun } from '../run-node.js';

/** What main.mjs prints as JSON. */
interface Result {
  readonly samples: readonly { sent: number; fates: Record<string, number>; alive: number; standing: number }[];
  readonly faults: Record<string, number>;
  readonly played: Record<string, number>;
  readonly wrong: readonly string[];
}

const fates = ['processed', 'cancelled', 'closed', 'overflow', 'killed', 'failed', 'restarted', 'unrouted'];

/** Runs the soak for some seconds. */
function soak(seconds: number): Promise<NodeRun> {
  const program = fileURLToPath(new URL('main.mjs', import.meta.url));
  return runNode(['--expose-gc', program, '--seconds', String(seconds), '--seed', '1', '--json']);
}

describe('a soak of some seconds', () => {
  let run: NodeRun;
  let result: Result;
  beforeAll(async () => {
    run = await soak(5);
    const last = run.stdout.trim().split('\n').at(-1)!;
    result = JSON.parse(last.startsWith('{') ? last : '{}') as Result;
  }, 120_000);

  it('E7 E9 ends by itself and finds nothing wrong', () => {
    expect({ code: run.code, wrong: result.wrong }, run.stdout + run.stderr).toEqual({ code: 0, wrong: [] });
  });

  it('E8 adds up to what was sent at every sample', () => {
    expect(result.samples.length).toBeGreaterThan(1);
    for (const { sent, fates: met } of result.samples) {
      expect(Object.values(met).reduce((sum, count) => sum + count, 0)).toBe(sent);
    }
    expect(result.faults).toEqual({ lost: 0, doubled: 0, wrong: 0 });
  });

  it('E9 leaves nobody behind but those who are meant to stay', () => {
    for (const { alive, standing } of result.samples) expect(alive).toBe(standing);
  });

  it('plays every scene, and messages meet every fate', () => {
    expect(Object.values(result.played).filter((times) => times === 0)).toEqual([]);
    expect(Object.keys(result.samples.at(-1)!.fates).sort()).toEqual([...fates].sort());
  });
});
