/** The same properties, with word of the first use of each: of a body that takes its helpers apart, where that is. */
export function noticed<T extends object>(helpers: T, notice: () => void): T {
  const properties = Object.entries(helpers).map(([key, value]: [string, unknown]) => [
    key,
    {
      enumerable: true,
      get: () => {
        notice();
        return value;
      },
    },
  ]);
  return Object.defineProperties({}, Object.fromEntries(properties) as PropertyDescriptorMap) as T;
}
