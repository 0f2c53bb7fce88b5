import { MillraceError } from '@millrace/base';
import { decodeBase64 } from '../lib/base64.ts';
import { Decimal, decimalFromNumber, decimalToBigInt, decimalToNumber, fitDecimal, parseDecimal } from './decimal.ts';
import { doubleToInteger, doubleToLong, parseDouble, parseInteger, parseLong } from './java-text.ts';
import { printerOf } from './print-value.ts';
import type { ArrayType, DecimalType, MapType, SqlType, StructType } from './sql-type.ts';
import { printType, sameType } from './sql-type.ts';
import { MS_OF_DAY, parseDate, parseTime, parseTimestamp } from './time-text.ts';
import type { SqlValue } from './values.ts';

/** Turns a value that is not null into one of another type; throws when this value can't be turned. */
export type CastFunction = (value: SqlValue) => SqlValue;

const same: CastFunction = (value) => value;

export type CastOptions = {
  /** Whether nulls that are cast to STRING are the text `null`; only of some types, as in ksqlDB. */
  readonly nullIsText?: boolean;
};

/** @throws MillraceError `UNSUPPORTED_CAST` when values of `from` are never turned into values of `to`. */
export function castFunction(from: SqlType, to: SqlType, options: CastOptions = {}): CastFunction {
  if (sameType(from, to)) return same;
  const cast = findCast(from, to, options);
  if (cast === undefined) {
    throw new MillraceError('UNSUPPORTED_CAST', `Cast of ${printType(from)} to ${printType(to)} is not supported`);
  }
  return cast;
}

const NULL_IS_TEXT: ReadonlySet<SqlType['kind']> = new Set([
  ...(['BOOLEAN', 'INTEGER', 'BIGINT', 'DOUBLE'] as const),
  ...(['ARRAY', 'MAP', 'STRUCT'] as const),
]);

/** What null of one type is, cast to another: null again, unless it is told to be a text. */
export function castOfNull(from: SqlType, to: SqlType, { nullIsText = false }: CastOptions): 'null' | null {
  return nullIsText && to.kind === 'STRING' && NULL_IS_TEXT.has(from.kind) ? 'null' : null;
}

function findCast(from: SqlType, to: SqlType, options: CastOptions): CastFunction | undefined {
  switch (to.kind) {
    case 'STRING':
      return from.kind === 'BYTES' ? undefined : printerOf(from);
    case 'DECIMAL':
      return castToDecimal(from, to);
    case 'ARRAY':
      return from.kind === 'ARRAY' ? castArray(from, to, options) : undefined;
    case 'MAP':
      return from.kind === 'MAP' ? castMap(from, to, options) : undefined;
    case 'STRUCT':
      return from.kind === 'STRUCT' ? castStruct(from, to, options) : undefined;
    default:
      return SIMPLE[`${from.kind} to ${to.kind}`];
  }
}

const badText = (text: string, kind: string): MillraceError =>
  new MillraceError('INVALID_CAST', `For input string: "${text}" (not a value of type ${kind})`);

function fromText(kind: string, parse: (text: string) => SqlValue): CastFunction {
  return (value) => {
    const text = (value as string).trim();
    const parsed = parse(text);
    if (parsed === null) throw badText(text, kind);
    return parsed;
  };
}

const wrapInteger = (value: bigint): number => Number(BigInt.asIntN(32, value));

const SIMPLE: Readonly<Record<string, CastFunction>> = {
  'INTEGER to BIGINT': (value) => BigInt(value as number),
  'INTEGER to DOUBLE': same,
  'BIGINT to INTEGER': (value) => wrapInteger(value as bigint),
  'BIGINT to DOUBLE': (value) => Number(value),
  'DECIMAL to INTEGER': (value) => wrapInteger(decimalToBigInt(value as Decimal)),
  'DECIMAL to BIGINT': (value) => BigInt.asIntN(64, decimalToBigInt(value as Decimal)),
  'DECIMAL to DOUBLE': (value) => decimalToNumber(value as Decimal),
  'DOUBLE to INTEGER': (value) => doubleToInteger(value as number),
  'DOUBLE to BIGINT': (value) => doubleToLong(value as number),
  'STRING to BOOLEAN': (value) => parseBoolean(value as string),
  'STRING to INTEGER': fromText('INTEGER', parseInteger),
  'STRING to BIGINT': fromText('BIGINT', parseLong),
  'STRING to DOUBLE': fromText('DOUBLE', parseDouble),
  'STRING to BYTES': fromText('BYTES', decodeBase64),
  'STRING to TIME': (value) => parseTime((value as string).trim()),
  'STRING to DATE': (value) => parseDate((value as string).trim()),
  'STRING to TIMESTAMP': (value) => parseTimestamp((value as string).trim()),
  'TIMESTAMP to DATE': (value) => Math.floor((value as number) / MS_OF_DAY),
  'TIMESTAMP to TIME': (value) => (value as number) - Math.floor((value as number) / MS_OF_DAY) * MS_OF_DAY,
  'DATE to TIMESTAMP': (value) => (value as number) * MS_OF_DAY,
};

const isPrefixOf = (text: string, ...words: readonly string[]): boolean =>
  text.length > 0 && words.some((word) => word.startsWith(text));

/** A prefix of `true` or `yes` in any case is true, everything else false. */
function parseBoolean(text: string): boolean {
  return isPrefixOf(text.trim().toLowerCase(), 'true', 'yes');
}

/** As {@link parseBoolean}, but null for what is no prefix of `false` and `no` either. */
export function parseBooleanExactly(text: string): boolean | null {
  if (parseBoolean(text)) return true;
  return isPrefixOf(text.trim().toLowerCase(), 'false', 'no') ? false : null;
}

function castToDecimal(from: SqlType, { precision, scale }: DecimalType): CastFunction | undefined {
  switch (from.kind) {
    case 'INTEGER':
      return (value) => fitDecimal(new Decimal(BigInt(value as number), 0), precision, scale);
    case 'BIGINT':
      return (value) => fitDecimal(new Decimal(value as bigint, 0), precision, scale);
    case 'DOUBLE':
      return (value) => fitDecimal(decimalFromNumber(value as number), precision, scale);
    case 'DECIMAL':
      return (value) => fitDecimal(value as Decimal, precision, scale);
    case 'STRING':
      return (value) => {
        const parsed = parseDecimal((value as string).trim());
        if (parsed === null) throw badText(value as string, 'DECIMAL');
        return fitDecimal(parsed, precision, scale);
      };
    default:
      return undefined;
  }
}

/** The cast of an element type; one that is impossible names the outer types in its message, and the inner ones as cause. */
function elementCast(
  from: SqlType,
  to: SqlType,
  outer: readonly [SqlType, SqlType],
  options: CastOptions,
): CastFunction {
  try {
    const cast = castFunction(from, to, options);
    const ofNull = castOfNull(from, to, options);
    return (value) => (value === null ? ofNull : cast(value));
  } catch (cause) {
    const message = `Cast of ${printType(outer[0])} to ${printType(outer[1])} is not supported`;
    throw new MillraceError('UNSUPPORTED_CAST', message, { cause });
  }
}

function castArray(from: ArrayType, to: ArrayType, options: CastOptions): CastFunction {
  const cast = elementCast(from.element, to.element, [from, to], options);
  return (value) => (value as readonly SqlValue[]).map(cast);
}

function castMap(from: MapType, to: MapType, options: CastOptions): CastFunction {
  const castKey = elementCast(from.key, to.key, [from, to], options);
  const castValue = elementCast(from.value, to.value, [from, to], options);
  return (value) => {
    const result = new Map<SqlValue, SqlValue>();
    for (const [key, each] of value as ReadonlyMap<SqlValue, SqlValue>) result.set(castKey(key), castValue(each));
    return result;
  };
}

/** Fields go by name; one that the source lacks is null, one that the target lacks is left out. */
function castStruct(from: StructType, to: StructType, options: CastOptions): CastFunction {
  const fields = to.fields.map((target) => {
    const position = from.fields.findIndex((field) => field.name === target.name);
    if (position < 0) return undefined;
    return { position, cast: elementCast(from.fields[position]!.type, target.type, [from, to], options) };
  });
  return (value) =>
    fields.map((field) => (field === undefined ? null : field.cast((value as readonly SqlValue[])[field.position]!)));
}
