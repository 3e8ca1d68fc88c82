/**
 * Names a value and its kind for an error message: `` `0` (number) ``, `` `'drop'` (string) ``, `an instance of Foo`.
 */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `\`'${value.length > 60 ? `${value.slice(0, 60)}…` : value}'\` (string)`;
    case 'number':
    case 'boolean':
      return `\`${String(value)}\` (${typeof value})`;
    case 'bigint':
      return `\`${String(value)}n\` (bigint)`;
    case 'function':
      return value.name ? `the function \`${value.name}\`` : 'a function';
    case 'object': {
      if (value === null) return '`null`';
      if (Array.isArray(value)) return 'an array';
      const name: unknown = (value as { constructor?: { name?: unknown } }).constructor?.name;
      return typeof name === 'string' && name !== '' && name !== 'Object' ? `an instance of \`${name}\`` : 'an object';
    }
    default:
      return `\`${String(value)}\``;
  }
}
