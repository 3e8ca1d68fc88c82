// CommonJS, as jest runs it without a flag: Babel makes it out of the tests, and out of rx-actors, which ships ES modules.
module.exports = {
  testMatch: ['<rootDir>/*.spec.ts'],
  transform: {
    '\\.[jt]s$': [
      'babel-jest',
      { presets: ['@babel/preset-typescript'], plugins: ['@babel/plugin-transform-modules-commonjs'] },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!rx-actors/)'],
  watchman: false,
};
