/**
 * What a run fails with when something is left over at its end.
 *
 * @public
 */
export class LeftoversError extends Error {
  /** Always `'LeftoversError'`. */
  override readonly name = 'LeftoversError';
  /** What is left over, a line each. */
  readonly leftovers: readonly string[];

  /**
   * Makes one.
   *
   * @param leftovers - What is left over, a line each.
   */
  constructor(leftovers: readonly string[]) {
    super(`Left over at the end of the run:\n${leftovers.map((line) => `  ${line}`).join('\n')}`);
    this.leftovers = leftovers;
  }
}
