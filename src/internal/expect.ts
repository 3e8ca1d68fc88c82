import { describeValue } from './describe-value.js';

/** Words the message of every refused argument alike: what was expected, and what came. */
function expected(option: string, wanted: string, got: unknown): string {
  return `Expected \`${option}\` to be ${wanted}, got ${describeValue(got)}.`;
}

/** The TypeError for an argument of the wrong kind. */
export function wrongType(option: string, wanted: string, got: unknown): TypeError {
  return new TypeError(expected(option, wanted, got));
}

/** The TypeError for an option that has to be that of what is there already. */
export function otherOption(option: string, owner: string, had: unknown, got: unknown): TypeError {
  const [that, other] = [describeValue(had), describeValue(got)];
  return new TypeError(
    `Expected \`${option}\` to be that of ${owner}, ${that}, got ${other === that ? 'another' : other}.`,
  );
}

/** Refuses anything but a function. */
export function expectFunction(option: string, value: unknown): void {
  if (typeof value !== 'function') throw wrongType(option, 'a function', value);
}

/** Refuses anything but a string. */
export function expectString(option: string, value: unknown): void {
  if (typeof value !== 'string') throw wrongType(option, 'a string', value);
}

/** Refuses anything but an object; what an options argument has to be. */
export function expectObject(option: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) throw wrongType(option, 'an object', value);
}

/** Refuses anything but a number from `min` up; whole ones only, when asked for. */
export function expectNumber(option: string, value: unknown, min: number, whole: boolean): void {
  const wanted = `a ${whole ? 'whole' : 'finite'} number from ${min} up`;
  if (typeof value !== 'number') throw wrongType(option, wanted, value);
  if (!(whole ? Number.isSafeInteger(value) : Number.isFinite(value)) || value < min) {
    throw new RangeError(expected(option, wanted, value));
  }
}

/** The longest wait that a timer of JavaScript can have, in milliseconds: what is longer would come at once. */
const LONGEST_WAIT = 2 ** 31 - 1;

/** Refuses anything but a wait in milliseconds. */
export function expectDelay(option: string, value: unknown, min = 0): void {
  expectNumber(option, value, min, false);
  if ((value as number) > LONGEST_WAIT)
    throw new RangeError(expected(option, `at most ${LONGEST_WAIT} milliseconds`, value));
}

/** Refuses anything but a limit: a whole number from `min` up, or Infinity for none. */
export function expectLimit(option: string, value: unknown, min: number): void {
  if (value !== Infinity) expectNumber(option, value, min, true);
}

/** Refuses anything but what is to be done with more than there is room for. */
export function expectOverflow(value: unknown): void {
  if (value !== 'drop-newest' && value !== 'drop-oldest') {
    throw wrongType('overflow', "'drop-newest' or 'drop-oldest'", value);
  }
}

/** Refuses anything that cannot be listened to for an abort. */
export function expectAbortSignal(option: string, value: unknown): void {
  const signal = value as Partial<AbortSignal> | null | undefined;
  if (
    typeof signal !== 'object' ||
    signal === null ||
    typeof signal.addEventListener !== 'function' ||
    typeof signal.aborted !== 'boolean'
  ) {
    throw wrongType(option, 'an AbortSignal', value);
  }
}
