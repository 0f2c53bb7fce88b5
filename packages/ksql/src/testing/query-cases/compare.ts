import { JsonNumber } from '../../formats/json/exact-json.ts';
import type { SqlType } from '../../types/sql-type.ts';
import { type CaseJson, isObject } from './case-json.ts';

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
  expected: CaseJson | undefined,
  actual: CaseJson | undefined,
  options: CompareOptions,
): boolean {
  if (expected === undefined || expected === null) return actual === undefined || actual === null;
  if (actual === undefined || actual === null) return false;
  if (typeof expected === 'boolean') return actual === expected;
  if (typeof expected === 'string') return textMatches(expected, actual);
  if (expected instanceof JsonNumber) return actual instanceof JsonNumber && numberMatches(expected, actual, options);
  if (isObject(expected)) return isObject(actual) && objectMatches(expected, actual, options);
  const [expectedList, actualList] = [expected as readonly CaseJson[], actual as readonly CaseJson[]];
  const elements = { ...options, type: options.type?.kind === 'ARRAY' ? options.type.element : null };
  return (
    Array.isArray(actual) &&
    expectedList.length === actualList.length &&
    expectedList.every((each, position) => matches(each, actualList[position], elements))
  );
}

function textMatches(expected: string, actual: CaseJson): boolean {
  if (typeof actual === 'string') return actual === expected;
  if (!(actual instanceof JsonNumber) || !actual.isFraction || !/^-?\d+(\.\d+)?$/.test(expected)) return false;
  return sameDecimal(new JsonNumber(expected), actual);
}

function objectMatches(
  expected: { readonly [name: string]: CaseJson },
  actual: { readonly [name: string]: CaseJson },
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

function numberMatches(expected: JsonNumber, actual: JsonNumber, options: CompareOptions): boolean {
  const { exactNumbers, type } = options;
  if (isDouble(type)) return Math.abs(expected.value - actual.value) < DOUBLE_TOLERANCE;
  if (!actual.isFraction) {
    const value = BigInt(actual.text);
    const cut = truncated(expected);
    if (BigInt.asIntN(INTEGER_BITS, value) === value) return BigInt.asIntN(INTEGER_BITS, cut) === value;
    return BigInt.asIntN(LONG_BITS, value) === value && BigInt.asIntN(LONG_BITS, cut) === value;
  }
  if (!exactNumbers) return Math.abs(expected.value - actual.value) < DOUBLE_TOLERANCE;
  if (expected.isFraction) return sameDecimal(expected, actual);
  const { unscaled, scale } = actual.decimal;
  return scale <= 0 && unscaled * 10n ** BigInt(-scale) === BigInt(expected.text);
}

function truncated(number: JsonNumber): bigint {
  const { unscaled, scale } = number.decimal;
  return scale <= 0 ? unscaled * 10n ** BigInt(-scale) : unscaled / 10n ** BigInt(scale);
}

function sameDecimal(left: JsonNumber, right: JsonNumber): boolean {
  const [one, other] = [left.decimal, right.decimal];
  return one.unscaled === other.unscaled && one.scale === other.scale;
}
