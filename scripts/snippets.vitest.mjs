// Runs the snippets that are tests, compiled; see snippets.mjs.
import { root } from './lib.mjs';

export default { root, test: { include: ['{dist-examples,temp/doc-examples-run}/**/*.test.js'] } };
