/** How deep, and how many entries of each object, a message is shown. */
const DEEPEST = 3;
const MOST_ENTRIES = 20;

const quote = (text: string): string =>
  `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`;

/** Shows a value as a programmer would write it, in one line; works where there is no Node. */
export function formatValue(value: unknown, above: readonly object[] = []): string {
  // Getters and proxies may throw; what is shown for diagnosis must not break what is looked at.
  return read(() => format(value, above));
}

function format(value: unknown, above: readonly object[]): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'bigint':
      return `${String(value)}n`;
    case 'function':
      return value.name === '' ? '[Function]' : `[Function: ${value.name}]`;
    case 'object':
      return value === null ? 'null' : formatObject(value, above);
    default:
      return Object.is(value, -0) ? '-0' : String(value);
  }
}

function formatObject(value: object, above: readonly object[]): string {
  if (above.includes(value)) return '[Circular]';
  if (value instanceof Error) return `[${value.name}: ${value.message}]`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  const within = [...above, value];
  const name = nameOf(value);
  const prefix = name === 'Object' || name === 'Array' || name === '' ? '' : `${name} `;
  if (within.length > DEEPEST) return Array.isArray(value) ? '[Array]' : `[${name === '' ? 'Object' : name}]`;
  const inner = (each: unknown): string => formatValue(each, within);
  if (Array.isArray(value)) return bracket(prefix, '[]', value, inner);
  if (value instanceof Set) return bracket(prefix, '{}', value, inner);
  if (value instanceof Map) return bracket(prefix, '{}', value, ([key, each]) => `${inner(key)} => ${inner(each)}`);
  const keyOf = (key: string): string => (/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? key : quote(key));
  const keys = Object.keys(value);
  // One by one, so that a getter that throws hides nothing but itself.
  const property = (key: string): string =>
    `${keyOf(key)}: ${read(() => inner((value as Record<string, unknown>)[key]))}`;
  return bracket(prefix, '{}', keys, property);
}

function read(shown: () => string): string {
  try {
    return shown();
  } catch {
    return '[Unreadable]';
  }
}

function nameOf(value: object): string {
  const name: unknown = (value as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === 'string' ? name : '';
}

function bracket<T>(prefix: string, [open, close]: string, entries: Iterable<T>, format: (entry: T) => string): string {
  const shown: string[] = [];
  let more = 0;
  for (const entry of entries) {
    if (shown.length < MOST_ENTRIES) shown.push(format(entry));
    else more++;
  }
  if (more > 0) shown.push(`… ${more} more`);
  if (shown.length === 0) return `${prefix}${open}${close}`;
  const space = open === '{' ? ' ' : '';
  return `${prefix}${open}${space}${shown.join(', ')}${space}${close}`;
}
