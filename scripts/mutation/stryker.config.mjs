import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default {
  testRunner: 'resident',
  plugins: [here('resident/plugin.mjs')],
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // Timeouts are the plugin's.
  timeoutMS: 600_000,
  dryRunTimeoutMinutes: 20,
  ignorePatterns: ['dist', 'docs', 'bench', 'examples', 'dist-examples', 'coverage', 'temp', 'integration-tests'],
  incremental: true,
  incrementalFile: 'temp/mutation/incremental.json',
  tempDirName: 'temp/mutation/sandbox',
  reporters: ['json', 'journal', 'progress-append-only'],
  jsonReporter: { fileName: 'temp/mutation/report.json' },
  allowConsoleColors: false,
};
