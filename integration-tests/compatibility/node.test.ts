import { existsSync } from 'node:fs';
import { beforeAll, describe, expect } from 'vitest';
import { cell, isThere, lab, newest, runWith } from './lab.js';
import { consumer, tour, withoutChance } from './programs.js';
import { printedBy } from './run.js';

const entries = (project: string, node: string) => printedBy(project, node, ['entries.mjs', ...lab.entries]);

for (const { version, executable } of lab.nodes) {
  const there = isThere(
    existsSync(executable),
    `Node ${version} is not installed. It comes for Linux on x64; this is ${process.platform} on ${process.arch}.`,
  );

  describe.skipIf(!there)(`Node ${version}`, () => {
    const expected = { entries: '', tour: '', consumer: '' };

    beforeAll(async () => {
      expected.entries = await entries(newest.project, process.execPath);
      expected.tour = await tour(newest.project, process.execPath);
      expected.consumer = await consumer(newest.project, process.execPath);
    });

    for (const { version: rxjs, project } of runWith) {
      const inNode = (title: string, test: () => Promise<void>) =>
        cell({ table: 'Node and RxJS', row: `Node ${version}`, column: `RxJS ${rxjs}` }, title, test);

      inNode('is that version', async () => {
        const found = 'console.log(process.versions.node, require("rxjs/package.json").version)';
        expect(await printedBy(project, executable, ['--input-type=commonjs', '-e', found])).toBe(
          `${version} ${rxjs}\n`,
        );
      });

      inNode('loads every entry with import and require()', async () => {
        expect(await entries(project, executable)).toBe(expected.entries);
      });

      inNode('runs the tour', async () => {
        const printed = await tour(project, executable);
        expect(withoutChance(printed)).toBe(withoutChance(expected.tour));
        expect(printed).toMatch(/at most 64 of 64 lines .* [1-9][\d,]* times$/m);
      });

      inNode('runs the program of a consumer', async () => {
        expect(await consumer(project, executable)).toBe(expected.consumer);
      });
    }
  });
}
