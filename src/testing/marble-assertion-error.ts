/**
 * What a run fails with when it was not as its marbles say.
 *
 * @remarks The message draws both as marbles. Test runners that know `expected` and `actual` show them side by side.
 *
 * @public
 */
export class MarbleAssertionError extends Error {
  /** Always `'MarbleAssertionError'`. */
  override readonly name = 'MarbleAssertionError';
  /** The marbles that were expected. */
  readonly expected: string;
  /** The marbles that came. */
  readonly actual: string;

  /**
   * Makes one.
   *
   * @param message - What was expected, and what came.
   * @param expected - The marbles that were expected.
   * @param actual - The marbles that came.
   * @param options - `cause`: what the comparison threw.
   */
  constructor(message: string, expected: string, actual: string, options?: ErrorOptions) {
    super(message, options);
    this.expected = expected;
    this.actual = actual;
  }
}
