import { config, expect, util } from 'chai';
import { asyncMarbles as runAsync, marbles as run } from 'rx-actors/testing';

/** A matcher, which chai has none of: stands among the values for all that pass the test. */
export class Matching {
  constructor(test) {
    this.test = test;
  }
}

export const aNumber = new Matching((value) => typeof value === 'number');

export const instanceOf = (type) => new Matching((value) => value instanceof type);

// Asked for every pair of values; `null` leaves the answer to chai.
const comparator = (one, other) => (one instanceof Matching ? one.test(other) : null);

config.deepEqual = (expected, actual) => util.eql(expected, actual, { comparator });

const assertDeepEqual = (actual, expected) => expect(actual).to.deep.equal(expected);

export const marbles = (body, options) => run(body, { assertDeepEqual, ...options });

export const asyncMarbles = (body, options) => runAsync(body, { assertDeepEqual, ...options });
