import type { SqlType } from '../../types/sql-type.ts';
import { type ExactJson, ExactNumber, isObject } from './exact-json.ts';

/**
 * Whether a value is what a case expects. The expected side decides what counts, as in ksqlDB's test tool: integers are
 * compared as integers of their size, fractions digit by digit with their scale, objects by the names that are expected.
 */
export type CompareOptions = {
  /** Off: fractions are compared as doubles. */
  readonly exactNumbers: boolean;
  /** What the value is, where its doubles are numbers rather than spellings; null: only its spelling is known. */
  readonly type: SqlType | null;
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
  const elements = { ...options, type: options.type?.kind === 'ARRAY' ? options.type.element : null };
  return (
    Array.isArray(actual) &&
    expectedList.length === actualList.length &&
    expectedList.every((each, position) => matches(each, actualList[position], elements))
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
    names.every((name) => {
      const member = { ...options, type: memberType(options.type, name) };
      return matches(expected[name], actual[name] ?? actual[name.toUpperCase()], member);
    })
  );
}

function memberType(type: SqlType | null, name: string): SqlType | null {
  if (type?.kind === 'MAP') return type.value;
  if (type?.kind !== 'STRUCT') return null;
  const isNamed = (field: { readonly name: string }): boolean => field.name.toUpperCase() === name.toUpperCase();
  return type.fields.find(isNamed)?.type ?? null;
}

/** A bare column is told without its name. */
function isDouble(type: SqlType | null): boolean {
  if (type?.kind === 'STRUCT' && type.fields.length === 1) return isDouble(type.fields[0]!.type);
  return type?.kind === 'DOUBLE';
}

function numberMatches(expected: ExactNumber, actual: ExactNumber, options: CompareOptions): boolean {
  const { exactNumbers, type } = options;
  if (isDouble(type)) return Math.abs(expected.value - actual.value) < DOUBLE_TOLERANCE;
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
