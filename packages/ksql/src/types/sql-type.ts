import { MillraceError } from '@millrace/base';

/** The types without parameters; the name is also how they are printed. */
export type PrimitiveKind =
  | 'BOOLEAN'
  | 'INTEGER'
  | 'BIGINT'
  | 'DOUBLE'
  | 'STRING'
  | 'BYTES'
  | 'TIME'
  | 'DATE'
  | 'TIMESTAMP';

export type PrimitiveType = { readonly kind: PrimitiveKind };
export type DecimalType = { readonly kind: 'DECIMAL'; readonly precision: number; readonly scale: number };
export type ArrayType = { readonly kind: 'ARRAY'; readonly element: SqlType };
export type MapType = { readonly kind: 'MAP'; readonly key: SqlType; readonly value: SqlType };
export type StructField = { readonly name: string; readonly type: SqlType };
export type StructType = { readonly kind: 'STRUCT'; readonly fields: readonly StructField[] };

/** A SQL type. How values of each are held in JavaScript stands in `values.ts`. */
export type SqlType = PrimitiveType | DecimalType | ArrayType | MapType | StructType;

export type SqlKind = SqlType['kind'];

const primitive = (kind: PrimitiveKind): PrimitiveType => Object.freeze({ kind });

/** The primitive types; compare with {@link sameType}, not by identity (types also arrive from JSON plans). */
export const SqlTypes: Readonly<Record<PrimitiveKind, PrimitiveType>> = {
  BOOLEAN: primitive('BOOLEAN'),
  INTEGER: primitive('INTEGER'),
  BIGINT: primitive('BIGINT'),
  DOUBLE: primitive('DOUBLE'),
  STRING: primitive('STRING'),
  BYTES: primitive('BYTES'),
  TIME: primitive('TIME'),
  DATE: primitive('DATE'),
  TIMESTAMP: primitive('TIMESTAMP'),
};

/** Names that a statement may use for a primitive type, besides the type's own. */
const ALIASES: Readonly<Record<string, PrimitiveKind>> = { INT: 'INTEGER', VARCHAR: 'STRING' };

/** The primitive type with this name in any case, with `INT` and `VARCHAR`; undefined if there is none. */
export function primitiveTypeNamed(name: string): PrimitiveType | undefined {
  const upper = name.toUpperCase();
  const kind = ALIASES[upper] ?? upper;
  return Object.hasOwn(SqlTypes, kind) ? SqlTypes[kind as PrimitiveKind] : undefined;
}

/**
 * A decimal of at most `precision` digits, `scale` of them after the point.
 * @throws MillraceError `INVALID_TYPE` when the parameters contradict each other.
 */
export function decimalType(precision: number, scale: number): DecimalType {
  if (precision < 1) throw invalidType(`DECIMAL precision must be >= 1: DECIMAL(${precision},${scale})`);
  if (scale < 0) throw invalidType(`DECIMAL scale must be >= 0: DECIMAL(${precision},${scale})`);
  if (precision < scale) throw invalidType(`DECIMAL precision must be >= scale: DECIMAL(${precision},${scale})`);
  return { kind: 'DECIMAL', precision, scale };
}

export function arrayType(element: SqlType): ArrayType {
  return { kind: 'ARRAY', element };
}

export function mapType(key: SqlType, value: SqlType): MapType {
  return { kind: 'MAP', key, value };
}

/** @throws MillraceError `INVALID_TYPE` when a field name occurs twice. */
export function structType(fields: readonly StructField[]): StructType {
  const byName = new Map<string, StructField>();
  for (const field of fields) {
    const other = byName.get(field.name);
    if (other !== undefined) {
      throw invalidType(`Duplicate field names found in STRUCT: '${printField(other)}' and '${printField(field)}'`);
    }
    byName.set(field.name, field);
  }
  return { kind: 'STRUCT', fields };
}

function invalidType(message: string): MillraceError {
  return new MillraceError('INVALID_TYPE', message);
}

/** Decides which names are put in backticks; ksqlDB quotes all of them wherever it prints a schema. */
export type QuoteName = (name: string) => boolean;

export const quoteAll: QuoteName = () => true;
export const quoteNone: QuoteName = () => false;

export function printName(name: string, quote: QuoteName = quoteAll): string {
  return quote(name) ? `\`${name.replaceAll('`', '``')}\`` : name;
}

/** A type as ksqlDB prints it: `DECIMAL(4, 2)`, `ARRAY<INTEGER>`, ``STRUCT<`F` BIGINT>``. */
export function printType(type: SqlType, quote: QuoteName = quoteAll): string {
  switch (type.kind) {
    case 'DECIMAL':
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case 'ARRAY':
      return `ARRAY<${printType(type.element, quote)}>`;
    case 'MAP':
      return `MAP<${printType(type.key, quote)}, ${printType(type.value, quote)}>`;
    case 'STRUCT':
      if (type.fields.length === 0) return 'STRUCT< >';
      return `STRUCT<${type.fields.map((field) => printField(field, quote)).join(', ')}>`;
    default:
      return type.kind;
  }
}

function printField(field: StructField, quote: QuoteName = quoteAll): string {
  return `${printName(field.name, quote)} ${printType(field.type, quote)}`;
}

/** Equality of types; struct fields count with their names and their order. */
export function sameType(left: SqlType, right: SqlType): boolean {
  if (left === right) return true;
  if (left.kind !== right.kind) return false;
  switch (left.kind) {
    case 'DECIMAL': {
      const other = right as DecimalType;
      return left.precision === other.precision && left.scale === other.scale;
    }
    case 'ARRAY':
      return sameType(left.element, (right as ArrayType).element);
    case 'MAP': {
      const other = right as MapType;
      return sameType(left.key, other.key) && sameType(left.value, other.value);
    }
    case 'STRUCT': {
      const others = (right as StructType).fields;
      return (
        left.fields.length === others.length &&
        left.fields.every((field, position) => {
          const other = others[position]!;
          return field.name === other.name && sameType(field.type, other.type);
        })
      );
    }
    default:
      return true;
  }
}

const WIDTH: Partial<Record<SqlKind, number>> = { INTEGER: 1, BIGINT: 2, DECIMAL: 3, DOUBLE: 4 };

export function isNumeric(type: SqlType): boolean {
  return WIDTH[type.kind] !== undefined;
}

/** Where a numeric type stands in INTEGER < BIGINT < DECIMAL < DOUBLE; undefined for all others. */
export function numericWidth(type: SqlType): number | undefined {
  return WIDTH[type.kind];
}
