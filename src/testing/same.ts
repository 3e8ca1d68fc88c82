/** Whether two values are deeply equal: what a marble test means by `toBe` when it is given no comparison. */
export function same(one: unknown, other: unknown): boolean {
  return compare(one, other, new Map());
}

/** @param compared - Pairs that are being compared further up: a value that holds itself would be compared for ever. */
function compare(one: unknown, other: unknown, compared: Map<object, object>): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  if (one instanceof Error && other instanceof Error) return one.name === other.name && one.message === other.message;
  if (one instanceof Date && other instanceof Date) return Object.is(one.getTime(), other.getTime());
  if (one instanceof RegExp && other instanceof RegExp) return String(one) === String(other);
  if (compared.get(one) === other) return true;
  compared.set(one, other);
  const equal = (left: unknown, right: unknown): boolean => compare(left, right, compared);
  if (one instanceof Map && other instanceof Map) return equal([...one], [...other]);
  if (one instanceof Set && other instanceof Set) return equal([...one], [...other]);
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && equal(Reflect.get(one, key), Reflect.get(other, key)))
  );
}
