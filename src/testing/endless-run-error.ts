/**
 * What a run fails with that does not come to its end: something in it repeats itself.
 *
 * @public
 */
export class EndlessRunError extends Error {
  /** Always `'EndlessRunError'`. */
  override readonly name = 'EndlessRunError';

  /**
   * Makes one.
   *
   * @param actions - How many scheduled actions it has taken.
   * @param frame - The frame in which it was given up.
   * @param timers - The timers that are under way, those of an actor a line.
   */
  constructor(actions: number, frame: number, timers: readonly string[]) {
    const named = timers.length === 0 ? [] : ['Timers under way:', ...timers.map((line) => `  ${line}`)];
    super(
      [
        `Expected the run to come to its end, got ${actions.toLocaleString('en')} scheduled actions, and more, by frame ${frame}.`,
        ...named,
        'Stop what repeats itself in the test, or raise `maxActions`.',
      ].join('\n'),
    );
  }
}
