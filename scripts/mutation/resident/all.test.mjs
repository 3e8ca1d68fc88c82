// Every marble test, as one suite a file.
import fc from 'fast-check';
import { describe } from 'vitest';

// The same random programs every time, so that a mutant has the same fate every time; the smallest one is of no interest.
fc.configureGlobal({ seed: 1, endOnFailure: true });

for (const [path, load] of Object.entries(import.meta.glob('/marble-tests/**/*.test.ts'))) {
  describe(path.slice(1), async () => {
    await load();
  });
}
