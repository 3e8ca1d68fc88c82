// What the soak puts under load: what ships.
export * from '../../dist/index.js';
