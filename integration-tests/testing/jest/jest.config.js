// ES modules as they are: jest itself has to run with `node --experimental-vm-modules`.
export default {
  testMatch: ['<rootDir>/*.spec.{js,cjs}'],
  transform: {},
  watchman: false,
};
