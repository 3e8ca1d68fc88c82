// The one door to what is measured: the build of this checkout, as a consumer would load it.
export * from '../dist/index.js';
