import type { Decimal } from '../types/decimal.ts';
import { printType, type SqlType, SqlTypes, type StructField } from '../types/sql-type.ts';
import type { SqlValue } from '../types/values.ts';

/** A unit of time as a function gets it. */
export type IntervalUnit = 'DAYS' | 'HOURS' | 'MINUTES' | 'SECONDS' | 'MILLISECONDS' | 'YEARS' | 'MONTHS' | 'WEEKS';

/** What a parameter accepts. */
export type ParameterType =
  | { readonly kind: 'type'; readonly type: SqlType }
  /** A decimal of any precision and scale. */
  | { readonly kind: 'decimal' }
  | { readonly kind: 'array'; readonly element: ParameterType }
  | { readonly kind: 'map'; readonly key: ParameterType; readonly value: ParameterType }
  /** A type variable: every occurrence in one signature stands for the same type. */
  | { readonly kind: 'generic'; readonly name: string }
  /** Any type, each argument its own. */
  | { readonly kind: 'any' }
  | { readonly kind: 'lambda'; readonly inputs: readonly ParameterType[]; readonly result: ParameterType }
  | { readonly kind: 'interval-unit' };

declare const VALUE: unique symbol;

/**
 * A parameter of a function; `Value` is how its arguments arrive in JavaScript, so that `evaluate` is checked against
 * the signature by the compiler.
 */
export type Parameter<Value = unknown> = {
  readonly type: ParameterType;
  /** Any number of arguments; at most one parameter of a signature, and the last one of a scalar function. */
  readonly variadic: boolean;
  /** An aggregate's setting: a literal given once, after its columns. */
  readonly constant?: boolean;
  readonly [VALUE]?: Value;
};

declare const REST: unique symbol;
export type VariadicParameter<Value> = Parameter<Value> & { readonly [REST]: true };

/** The argument list that a list of parameters stands for. */
export type ArgumentsOf<Parameters extends readonly Parameter[]> = Parameters extends readonly [
  infer First,
  ...infer Rest extends readonly Parameter[],
]
  ? First extends VariadicParameter<infer Value>
    ? [...Value[], ...ArgumentsOf<Rest>]
    : First extends Parameter<infer Value>
      ? [Value, ...ArgumentsOf<Rest>]
      : never
  : [];

/** The same with null allowed everywhere. */
export type NullableArgumentsOf<Parameters extends readonly Parameter[]> = Parameters extends readonly [
  infer First,
  ...infer Rest extends readonly Parameter[],
]
  ? First extends VariadicParameter<infer Value>
    ? [...(Value | null)[], ...NullableArgumentsOf<Rest>]
    : First extends Parameter<infer Value>
      ? [Value | null, ...NullableArgumentsOf<Rest>]
      : never
  : [];

const of = <Value>(type: ParameterType): Parameter<Value> => ({ type, variadic: false });
const sql = <Value>(type: SqlType): Parameter<Value> => of({ kind: 'type', type });

export const BOOLEAN: Parameter<boolean> = sql(SqlTypes.BOOLEAN);
export const INTEGER: Parameter<number> = sql(SqlTypes.INTEGER);
export const BIGINT: Parameter<bigint> = sql(SqlTypes.BIGINT);
export const DOUBLE: Parameter<number> = sql(SqlTypes.DOUBLE);
export const STRING: Parameter<string> = sql(SqlTypes.STRING);
export const BYTES: Parameter<Uint8Array> = sql(SqlTypes.BYTES);
export const TIME: Parameter<number> = sql(SqlTypes.TIME);
export const DATE: Parameter<number> = sql(SqlTypes.DATE);
export const TIMESTAMP: Parameter<number> = sql(SqlTypes.TIMESTAMP);
export const DECIMAL: Parameter<Decimal> = of({ kind: 'decimal' });
export const ANY: Parameter<SqlValue> = of({ kind: 'any' });
export const INTERVAL_UNIT: Parameter<IntervalUnit> = of({ kind: 'interval-unit' });

/** The type variable of this name. */
export const generic = (name: string): Parameter<SqlValue> => of({ kind: 'generic', name });

export const arrayOf = <Element>(element: Parameter<Element>): Parameter<readonly (Element | null)[]> =>
  of({ kind: 'array', element: element.type });

export const mapOf = <Key, Value>(
  key: Parameter<Key>,
  value: Parameter<Value>,
): Parameter<ReadonlyMap<Key, Value | null>> => of({ kind: 'map', key: key.type, value: value.type });

/** A struct with exactly these fields, in this order. */
export const structOf = (fields: readonly StructField[]): Parameter<readonly SqlValue[]> =>
  sql({ kind: 'STRUCT', fields });

export type LambdaArgument = (...values: SqlValue[]) => SqlValue;

export const lambda = (inputs: readonly Parameter[], result: Parameter): Parameter<LambdaArgument> =>
  of({ kind: 'lambda', inputs: inputs.map((input) => input.type), result: result.type });

/** Any number of arguments of this type, none included. */
export const variadic = <Value>(parameter: Parameter<Value>): VariadicParameter<Value> =>
  ({ ...parameter, variadic: true }) as VariadicParameter<Value>;

/** A literal that configures an aggregate, such as the 3 of `TOPK(x, 3)`. */
export const constant = <Value>(parameter: Parameter<Value>): Parameter<Value> => ({ ...parameter, constant: true });

export function printParameterType(type: ParameterType): string {
  switch (type.kind) {
    case 'type':
      return printType(type.type);
    case 'decimal':
      return 'DECIMAL';
    case 'array':
      return `ARRAY<${printParameterType(type.element)}>`;
    case 'map':
      return `MAP<${printParameterType(type.key)}, ${printParameterType(type.value)}>`;
    case 'generic':
      return type.name;
    case 'any':
      return 'ANY';
    case 'lambda':
      return `LAMBDA(${type.inputs.map(printParameterType).join(', ')}) => ${printParameterType(type.result)}`;
    case 'interval-unit':
      return 'INTERVALUNIT';
  }
}

/** `(STRING, INTEGER...)` */
export function printParameters(parameters: readonly Parameter[]): string {
  const printed = parameters.map((each) => printParameterType(each.type) + (each.variadic ? '...' : ''));
  return `(${printed.join(', ')})`;
}
