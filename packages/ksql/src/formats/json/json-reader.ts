import { decodeBase64 } from '../../lib/base64.ts';
import { bigintOf } from '../../lib/exact-integers.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { Decimal, decimalToBigInt, hasPrecision, parseDecimal, precisionOf, rescale } from '../../types/decimal.ts';
import { parseDouble, parseInteger, parseLong } from '../../types/java-text.ts';
import { inHashOrder } from '../../types/map-order.ts';
import type { SimpleColumn } from '../../types/schema.ts';
import type { ArrayType, DecimalType, MapType, SqlType } from '../../types/sql-type.ts';
import { printType, quoteNone } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import type { SerdeOptions } from '../format.ts';
import { readExactJson, stringifyExactJson } from './exact-json.ts';
import { CLOSE_BRACE, COMMA, type JsonCursor, JsonProblem, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './json-cursor.ts';

/** Reads the value at the cursor as a value of one SQL type. */
export type JsonReader = (cursor: JsonCursor) => SqlValue;

/** What messages call the JSON value at the cursor: the names that ksqlDB's users know from its logs. */
function sourceType(cursor: JsonCursor): string {
  switch (cursor.peek()) {
    case QUOTE:
      return 'TextNode';
    case OPEN_BRACE:
      return 'ObjectNode';
    case OPEN_BRACKET:
      return 'ArrayNode';
    default:
      return cursor.isBoolean ? 'BooleanNode' : 'NumericNode';
  }
}

const cannotConvert = (cursor: JsonCursor, type: SqlType): JsonProblem =>
  new JsonProblem(`Can't convert type. sourceType: ${sourceType(cursor)}, requiredType: ${printType(type, quoteNone)}`);

const cannotCoerce = (type: SqlType): JsonProblem =>
  new JsonProblem(`Can't coerce string to type. targetType: ${type.kind}`);

/**
 * Compiles what passes over a value of a type without making it; null and what is no value of the type are the same as in
 * its reader.
 */
function jsonCheckOf(type: SqlType): JsonReader {
  const read = jsonReaderOf(type);
  const check = (cursor: JsonCursor): null => {
    read(cursor);
    return null;
  };
  switch (type.kind) {
    case 'INTEGER':
    case 'BIGINT':
    case 'DOUBLE':
      return (cursor) => {
        if (cursor.smallInteger() !== undefined) return null;
        if (!cursor.isNumber) return check(cursor);
        cursor.skipNumber();
        return null;
      };
    default:
      return check;
  }
}

/**
 * Compiles the reader of a type. Null is null in every type; anything that is no value of the type is a problem. The most
 * frequent types look for what is most frequent first.
 */
export function jsonReaderOf(type: SqlType): JsonReader {
  switch (type.kind) {
    case 'INTEGER': {
      const read = orNull(numberReader(type, integerOf, parseInteger));
      return (cursor) => {
        const small = cursor.smallInteger();
        return small === undefined ? read(cursor) : small | 0;
      };
    }
    case 'BIGINT': {
      const read = orNull(numberReader(type, longOf, parseLong));
      return (cursor) => {
        const small = cursor.smallInteger();
        return small === undefined ? read(cursor) : bigintOf(small);
      };
    }
    case 'STRING':
      return (cursor) => (cursor.peek() === QUOTE ? cursor.string() : cursor.takeNull() ? null : readText(cursor));
    case 'BOOLEAN':
      return orNull((cursor) => {
        if (!cursor.isBoolean) throw cannotConvert(cursor, type);
        return cursor.boolean();
      });
    case 'DOUBLE':
      return orNull(numberReader(type, Number, parseDouble));
    case 'TIME':
    case 'DATE':
    case 'TIMESTAMP':
      return orNull(numberReader(type, (text) => Math.trunc(Number(text)), undefined));
    case 'DECIMAL':
      return orNull(decimalReader(type));
    case 'BYTES':
      return orNull((cursor) => {
        if (cursor.peek() !== QUOTE) throw cannotConvert(cursor, type);
        const text = cursor.string();
        const bytes = decodeBase64(text);
        if (bytes === null) throw new JsonProblem(`Value is not a valid Base64 encoded string: ${text}`);
        return bytes;
      });
    case 'ARRAY':
      return orNull(arrayReader(type));
    case 'MAP':
      return orNull(mapReader(type));
    case 'STRUCT':
      return orNull(structReader(type.fields, type));
  }
}

function orNull(read: JsonReader): JsonReader {
  return (cursor) => (cursor.takeNull() ? null : read(cursor));
}

const EXACT_DIGITS_MAX = 15;

/** Java's `intValue`: the fraction is cut, what is beyond 32 bits wraps. */
function integerOf(text: string): number {
  if (text.length <= EXACT_DIGITS_MAX) return Number(text) | 0;
  return Number(BigInt.asIntN(32, decimalToBigInt(parseDecimal(text) ?? new Decimal(0n, 0))));
}

function longOf(text: string): bigint {
  if (text.length <= EXACT_DIGITS_MAX) return BigInt(Math.trunc(Number(text)));
  return BigInt.asIntN(64, decimalToBigInt(parseDecimal(text) ?? new Decimal(0n, 0)));
}

/** Numbers may stand in strings, but for times; those are spelled strictly. */
function numberReader(
  type: SqlType,
  ofNumber: (text: string) => SqlValue,
  ofText: ((text: string) => SqlValue) | undefined,
): JsonReader {
  return (cursor) => {
    if (cursor.isNumber) return ofNumber(cursor.number());
    if (ofText === undefined || cursor.peek() !== QUOTE) throw cannotConvert(cursor, type);
    const value = ofText(cursor.string());
    if (value === null) throw cannotCoerce(type);
    return value;
  };
}

function decimalReader(type: DecimalType): JsonReader {
  return (cursor) => {
    const isText = cursor.peek() === QUOTE;
    if (!isText && !cursor.isNumber) throw cannotConvert(cursor, type);
    const parsed = parseDecimal(isText ? cursor.string() : cursor.number());
    if (parsed === null) throw cannotCoerce(type);
    return fitExactly(parsed, type);
  };
}

/** A decimal from outside must fit without rounding. @throws JsonProblem */
export function fitExactly(value: Decimal, { precision, scale }: DecimalType): Decimal {
  const fitted = rescale(value, scale);
  if (value.scale > scale && rescale(fitted, value.scale).unscaled !== value.unscaled) {
    throw new JsonProblem(
      `Cannot fit decimal '${value}' into DECIMAL(${precision}, ${scale}) without rounding. ` +
        `(Requires ${precisionOf(value)},${value.scale})`,
    );
  }
  if (!hasPrecision(fitted, precision)) {
    throw new JsonProblem(
      `Numeric field overflow: A field with precision ${precision} and scale ${scale} ` +
        `must round to an absolute value less than 10^${precision - scale}. Got ${value}`,
    );
  }
  return fitted;
}

/** Everything can be read as text: an object as its JSON, an array as `[a, b]` of its elements' texts. */
function readText(cursor: JsonCursor): string {
  switch (cursor.peek()) {
    case QUOTE:
      return cursor.string();
    case OPEN_BRACE:
      return stringifyExactJson(readExactJson(cursor));
    case OPEN_BRACKET: {
      const elements: string[] = [];
      cursor.array(() => elements.push(cursor.takeNull() ? 'null' : readText(cursor)));
      return `[${elements.join(', ')}]`;
    }
    default:
      return cursor.isBoolean ? String(cursor.boolean()) : cursor.number();
  }
}

/** Reads one part, and tells where it stood if that fails. */
function readPart(cursor: JsonCursor, read: JsonReader, part: string): SqlValue {
  try {
    return read(cursor);
  } catch (problem) {
    throw problem instanceof JsonProblem ? problem.within(part) : problem;
  }
}

function arrayReader(type: ArrayType): JsonReader {
  const read = jsonReaderOf(type.element);
  return (cursor) => {
    if (cursor.peek() !== OPEN_BRACKET) throw cannotConvert(cursor, type);
    const elements: SqlValue[] = [];
    cursor.array((index) => elements.push(readPart(cursor, read, `[${index}]`)));
    return elements;
  };
}

function mapReader(type: MapType): JsonReader {
  const read = jsonReaderOf(type.value);
  return (cursor) => {
    if (cursor.peek() !== OPEN_BRACE) throw cannotConvert(cursor, type);
    const entries = new Map<SqlValue, SqlValue>();
    cursor.object((name) => entries.set(name, readPart(cursor, read, `.${name}.value`)));
    return inHashOrder(entries);
  };
}

/** What stood before a value in an object, and the column that it is of; -1 for none. */
type MetField = { readonly gap: Uint8Array; readonly position: number; readonly isExact: boolean };

/** So many fields are expected as they came last; the others are looked up. */
const LAYOUT_FIELDS_MAX = 100;

type StructOptions = Pick<SerdeOptions, 'isUsed' | 'room'>;

/**
 * Fields are found by their exact name first; else a field whose name in upper case is the column's (names that were
 * not quoted are in upper case). What no column asks for is passed over; what is missing is null.
 */
export function structReader(fields: readonly SimpleColumn[], type: SqlType, options: StructOptions = {}): JsonReader {
  const { isUsed = () => true, room = () => 0 } = options;
  const plans = fields.map((field, position) => ({
    read: isUsed(position) ? jsonReaderOf(field.type) : jsonCheckOf(field.type),
    part: `.${field.name}`,
  }));
  const empty: readonly SqlValue[] = new Array<SqlValue>(fields.length + room()).fill(null);
  // Everything can be read as text, so that one that nobody uses is passed over as what is no column.
  const layout = new FieldLayout(fields, (position) => isUsed(position) || fields[position]!.type.kind !== 'STRING');
  // In which object a field was last met by its exact name; then no other spelling replaces it.
  const exactIn = new Float64Array(fields.length);
  let objectNumber = 0;

  return (cursor) => {
    if (cursor.peek() !== OPEN_BRACE) throw cannotConvert(cursor, type);
    const values = empty.slice();
    const current = ++objectNumber;
    cursor.enter();
    // The column whose value is being read.
    let position = -1;
    try {
      for (let index = 0; ; index++) {
        const field = layout.next(cursor, index);
        if (field === null) break;
        if (field.position < 0 || (!field.isExact && exactIn[field.position] === current)) {
          cursor.skip();
          continue;
        }
        ({ position } = field);
        if (field.isExact) exactIn[position] = current;
        values[position] = plans[position]!.read(cursor);
        position = -1;
      }
    } catch (problem) {
      throw position >= 0 && problem instanceof JsonProblem ? problem.within(plans[position]!.part) : problem;
    }
    cursor.leave();
    return values;
  };
}

/** How the fields of the last objects were spelled, blanks included, in their order: the next one is most likely alike. */
class FieldLayout {
  readonly #positions: ReadonlyMap<string, number>;
  readonly #fields: MetField[];

  constructor(fields: readonly SimpleColumn[], isRead: (position: number) => boolean) {
    const columns = fields.map((field, position) => [field.name, position] as const);
    this.#positions = new Map(columns.filter(([, position]) => isRead(position)));
    this.#fields = fields.map(({ name }, index) =>
      this.#met(name, encodeUtf8(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`)),
    );
  }

  /** Goes to the value of the next field; null, and behind the object, where there is none. */
  next(cursor: JsonCursor, index: number): MetField | null {
    const expected = this.#fields[index];
    if (expected !== undefined && cursor.takeBytes(expected.gap)) return expected;
    const start = cursor.at;
    if (index === 0) cursor.expect(OPEN_BRACE);
    if (cursor.take(CLOSE_BRACE)) return null;
    if (index > 0) cursor.expect(COMMA);
    const name = cursor.name();
    cursor.peek();
    const field = this.#met(name, Uint8Array.prototype.slice.call(cursor.bytes, start, cursor.at));
    if (index < LAYOUT_FIELDS_MAX) this.#fields[index] = field;
    return field;
  }

  #met(name: string, gap: Uint8Array): MetField {
    const exact = this.#positions.get(name);
    return exact === undefined
      ? { gap, position: this.#positions.get(name.toUpperCase()) ?? -1, isExact: false }
      : { gap, position: exact, isExact: true };
  }
}
