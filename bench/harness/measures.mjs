// The two ways to measure a contestant, run inside its own process. Each gives `{ cost }`, lower is better, or `{ problem }`.

import { setTimeout as sleep } from 'node:timers/promises';
import { median } from './statistics.mjs';

const WARM_UP = { share: 0.05, milliseconds: 100, least: 1 };
/** The first pass over all of the work still grows the heap and its code: three, or the median would be half of that. */
const CLOCKED = { share: 1, milliseconds: 150, least: 3 };
/** Who is so slow gets on with fewer passes. */
const LONG = 3_000;

/**
 * Nanoseconds per operation: the median pass of a warm process.
 *
 * A contestant is `async () => pass`, and `pass(share)` does that share of the row's work and tells
 * `{ operations, problem?, nanoseconds? }`; nanoseconds only where the pass holds the clock itself.
 */
export async function time(contestant) {
  const pass = await contestant();
  const warmUp = await passes(pass, WARM_UP);
  if (warmUp.problem) return warmUp;
  await collectGarbage();
  return passes(pass, CLOCKED);
}

async function passes(pass, { share, milliseconds, least }) {
  const costs = [];
  const begin = performance.now();
  const spent = () => performance.now() - begin;
  do {
    const start = performance.now();
    const outcome = await pass(share);
    const { operations, problem, nanoseconds = (performance.now() - start) * 1e6 } = outcome;
    if (problem) return { problem };
    costs.push(nanoseconds / operations);
  } while (spent() < milliseconds || (costs.length < least && spent() < LONG));
  return { cost: median(costs) };
}

/**
 * Bytes of heap that one thing retains.
 *
 * A contestant is `async () => fill`, and `await fill(things)` puts one thing into every slot of the array, or into none where
 * the row asks what is left behind; it tells `{ problem? }`. After a warm-up as large as the measurement, tables that have
 * grown count no more, only what each thing adds.
 */
export const retained =
  (count, warmUp = 1_000) =>
  async (contestant) => {
    const fill = await contestant();
    await fill(new Array(warmUp).fill(undefined));
    const things = new Array(count).fill(undefined);
    const before = await heapUsed();
    const { problem } = await fill(things);
    const after = await heapUsed();
    return problem ? { problem } : { cost: (after - before) / things.length };
  };

async function heapUsed() {
  await collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Twice, with a turn of the event loop between: what a finalizer or a settled promise lets go falls in the second. */
async function collectGarbage() {
  globalThis.gc();
  await sleep(1);
  globalThis.gc();
}
