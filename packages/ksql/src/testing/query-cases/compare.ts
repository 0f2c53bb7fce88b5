import { type ExactJson, ExactNumber, isObject } from './exact-json.ts';

/**
 * Whether a value is what a case expects. The expected side decides what counts, as in ksqlDB's test tool: integers are
 * compared as integers of their size, fractions digit by digit with their scale, objects by the names that are expected.
 */
export type CompareOptions = {
  /** Off: fractions are compared as doubles. */
  readonly exactNumbers: boolean;
};

const DOUBLE_TOLERANCE = 0.000001;
const INTEGER_BITS = 32;
const LONG_BITS = 64;

export function matches(
  expected: ExactJson | undefined,
  actual: ExactJson | undefined,
  options: CompareOptions,
): boolean {
  if (expected === undefined || expected === null) return actual === undefined || actual === null;
  if (actual === undefined || actual === null) return false;
  if (typeof expected === 'boolean') return actual === expected;
  if (typeof expected === 'string') return textMatches(expected, actual);
  if (expected instanceof ExactNumber) return actual instanceof ExactNumber && numberMatches(expected, actual, options);
  if (isObject(expected)) return isObject(actual) && objectMatches(expected, actual, options);
  const [expectedList, actualList] = [expected as readonly ExactJson[], actual as readonly ExactJson[]];
  return (
    Array.isArray(actual) &&
    expectedList.length === actualList.length &&
    expectedList.every((each, position) => matches(each, actualList[position], options))
  );
}

function textMatches(expected: string, actual: ExactJson): boolean {
  if (typeof actual === 'string') return actual === expected;
  if (!(actual instanceof ExactNumber) || !actual.isFraction || !/^-?\d+(\.\d+)?$/.test(expected)) return false;
  return sameDecimal(new ExactNumber(expected), actual);
}

function objectMatches(
  expected: { readonly [name: string]: ExactJson },
  actual: { readonly [name: string]: ExactJson },
  options: CompareOptions,
): boolean {
  const names = Object.keys(expected);
  return (
    names.length === Object.keys(actual).length &&
    names.every((name) => matches(expected[name], actual[name] ?? actual[name.toUpperCase()], options))
  );
}

function numberMatches(expected: ExactNumber, actual: ExactNumber, { exactNumbers }: CompareOptions): boolean {
  if (!actual.isFraction) {
    const value = BigInt(actual.source);
    const cut = truncated(expected);
    if (BigInt.asIntN(INTEGER_BITS, value) === value) return BigInt.asIntN(INTEGER_BITS, cut) === value;
    return BigInt.asIntN(LONG_BITS, value) === value && BigInt.asIntN(LONG_BITS, cut) === value;
  }
  if (!exactNumbers) return Math.abs(expected.value - actual.value) < DOUBLE_TOLERANCE;
  if (expected.isFraction) return sameDecimal(expected, actual);
  const { unscaled, scale } = actual.decimal;
  return scale <= 0 && unscaled * 10n ** BigInt(-scale) === BigInt(expected.source);
}

function truncated(number: ExactNumber): bigint {
  const { unscaled, scale } = number.decimal;
  return scale <= 0 ? unscaled * 10n ** BigInt(-scale) : unscaled / 10n ** BigInt(scale);
}

function sameDecimal(left: ExactNumber, right: ExactNumber): boolean {
  const [one, other] = [left.decimal, right.decimal];
  return one.unscaled === other.unscaled && one.scale === other.scale;
}
