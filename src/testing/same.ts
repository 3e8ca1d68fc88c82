/** Whether two values are deeply equal: what a marble test means by `toBe` when it is given no comparison. */
export function same(one: unknown, other: unknown): boolean {
  return compare(one, other, new Map());
}

/** @param compared - Pairs that are being compared further up: a value that holds itself would be compared for ever. */
function compare(one: unknown, other: unknown, compared: Map<object, object>): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  // By tag and name, not by class: test runners have a realm of their own.
  const tag = tagOf(one);
  if (tag !== tagOf(other) || nameOf(one) !== nameOf(other)) return false;
  if (compared.get(one) === other) return true;
  compared.set(one, other);
  const equal = (left: unknown, right: unknown): boolean => compare(left, right, compared);
  switch (tag) {
    case 'Error':
      return equal(textOf(one as Error), textOf(other as Error));
    case 'Date':
      return Object.is((one as Date).getTime(), (other as Date).getTime());
    case 'RegExp':
      return equal(patternOf(one as RegExp), patternOf(other as RegExp));
    case 'Map':
    case 'Set':
      return equal([...(one as Iterable<unknown>)], [...(other as Iterable<unknown>)]);
    case 'ArrayBuffer':
      return equal(new Uint8Array(one as ArrayBuffer), new Uint8Array(other as ArrayBuffer));
  }
  const keys = Object.keys(one);
  // What shows nothing of itself, such as a URL, may be anything.
  if (keys.length === 0 && nameOf(one) !== 'Object' && !hasLength(one)) return false;
  return (
    keys.length === Object.keys(other).length &&
    (!hasLength(one) || one.length === (other as { length?: unknown }).length) &&
    keys.every((key) => Object.hasOwn(other, key) && equal(Reflect.get(one, key), Reflect.get(other, key)))
  );
}

function tagOf(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** The name of its class; an object without one is as good as a plain one. */
function nameOf(value: object): unknown {
  return (value as { constructor?: { name?: unknown } }).constructor?.name ?? 'Object';
}

function textOf({ name, message }: Error): string {
  return `${name}: ${message}`;
}

function patternOf({ source, flags }: RegExp): string {
  return `/${source}/${flags}`;
}

function hasLength(value: object): value is { readonly length: unknown } {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}
