import { defineConfig } from 'vitest/config';

// Its own, so that vitest does not look for one further up: the package is found in node_modules, as a user's is.
export default defineConfig({});
