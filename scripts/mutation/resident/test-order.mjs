/** Puts the tests first that are likely to notice a mutant soon. */
export class TestOrder {
  #times;
  /** By file of the sources, how often each test has noticed a mutant in it. */
  #kills = new Map();

  constructor(times) {
    this.#times = times;
  }

  killed(file, test) {
    const kills = this.#kills.get(file) ?? new Map();
    this.#kills.set(file, kills.set(test, (kills.get(test) ?? 0) + 1));
  }

  of(file, tests) {
    const kills = this.#kills.get(file);
    const mirror = file.replace(/^src\//, 'marble-tests/').replace(/\.ts$/, '.');
    const rank = (test) => {
      const likely = 1 + 30 * (kills?.get(test) ?? 0) + (test.startsWith(mirror) ? 20 : 0);
      return (this.#times[test].used + 1) / likely;
    };
    const ranks = new Map(tests.map((test) => [test, rank(test)]));
    return [...tests].sort((one, other) => ranks.get(one) - ranks.get(other));
  }
}
