/* eslint-disable @typescript-eslint/no-require-imports -- Node can require ES modules, and so can its users. */
const { expect } = require('chai');
const { of } = require('rxjs');
const { marbles } = require('rx-actors/testing');

describe('CommonJS', () => {
  it(
    'requires it, as Node can require ES modules',
    marbles(
      ({ send, system, expectObservable }) => {
        const sensor = system.actor((room) => of(room));
        send(sensor, '                -a|');
        expectObservable(sensor).toBe('-a|');
      },
      { assertDeepEqual: (actual, expected) => expect(actual).to.deep.equal(expected) },
    ),
  );
});
