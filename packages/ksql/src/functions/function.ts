import type { Clock, Random } from '@millrace/base';
import type { SqlType } from '../types/sql-type.ts';
import type { SqlValue } from '../types/values.ts';
import type { ArgumentsOf, NullableArgumentsOf, Parameter } from './parameter.ts';

/** What a function may ask of the world; comes from the engine, so that a run can be repeated. */
export type FunctionContext = {
  readonly clock: Clock;
  readonly random: Random;
  /** The zone of functions that were given none, such as `UTC` or `Europe/Berlin`. */
  readonly timeZone: string;
  /** A `ksql.functions.…` setting, undefined where it is not set. */
  setting(name: string): string | undefined;
};

export type FunctionCategory =
  | 'STRING'
  | 'REGULAR EXPRESSION'
  | 'MATHEMATICAL'
  | 'DATE / TIME'
  | 'ARRAY'
  | 'MAP'
  | 'LAMBDA'
  | 'JSON'
  | 'URL'
  | 'CONVERSIONS'
  | 'CONDITIONAL'
  | 'AGGREGATE'
  | 'TABLE'
  | 'OTHER';

/** A call in SQL and its result as a CAST to STRING prints it; shown in the reference, and run as a test. */
export type FunctionExample = { readonly call: string; readonly result: string | null };

type Description = {
  /** As ksqlDB spells it in messages; looked up without case. */
  readonly name: string;
  readonly category: FunctionCategory;
  /** One line for the reference and DESCRIBE FUNCTION. */
  readonly description: string;
};

/** A function's code once the types of its arguments are known. */
export type Evaluate = (...values: readonly SqlValue[]) => SqlValue;

export type Signature = {
  readonly parameters: readonly Parameter[];
  readonly returns: Parameter;
  /** The type of a result where the argument types decide it (decimals); else it follows from `returns`. */
  readonly returnType: ((types: readonly SqlType[]) => SqlType) | undefined;
};

export type ScalarOverload = Signature & {
  /** `null`: a null argument gives null and `evaluate` is not asked. `pass`: it gets the nulls. */
  readonly nulls: 'null' | 'pass';
  bind(types: readonly SqlType[], context: FunctionContext): Evaluate;
};

export type ScalarFunction = Description & {
  readonly kind: 'scalar';
  readonly overloads: readonly ScalarOverload[];
  readonly examples: readonly FunctionExample[];
};

type OverloadOptions<Parameters extends readonly Parameter[]> = {
  readonly parameters: Parameters;
  readonly returns: Parameter;
  readonly returnType?: (types: readonly SqlType[]) => SqlType;
};

/** An overload whose code needs nothing but its arguments, none of which is null. */
export function overload<const Parameters extends readonly Parameter[]>(
  options: OverloadOptions<Parameters> & { evaluate(...values: ArgumentsOf<Parameters>): SqlValue },
): ScalarOverload {
  return signature(options, 'null', () => options.evaluate as unknown as Evaluate);
}

/** An overload that wants to see nulls. */
export function nullableOverload<const Parameters extends readonly Parameter[]>(
  options: OverloadOptions<Parameters> & { evaluate(...values: NullableArgumentsOf<Parameters>): SqlValue },
): ScalarOverload {
  return signature(options, 'pass', () => options.evaluate as unknown as Evaluate);
}

/** An overload whose code depends on the argument types, or on the clock, chance or settings. */
export function boundOverload<const Parameters extends readonly Parameter[]>(
  options: OverloadOptions<Parameters> & {
    bind(types: readonly SqlType[], context: FunctionContext): (...values: ArgumentsOf<Parameters>) => SqlValue;
  },
): ScalarOverload {
  return signature(options, 'null', (types, context) => options.bind(types, context) as unknown as Evaluate);
}

/** Both: bound to types and context, and shown nulls. */
export function boundNullableOverload<const Parameters extends readonly Parameter[]>(
  options: OverloadOptions<Parameters> & {
    bind(types: readonly SqlType[], context: FunctionContext): (...values: NullableArgumentsOf<Parameters>) => SqlValue;
  },
): ScalarOverload {
  return signature(options, 'pass', (types, context) => options.bind(types, context) as unknown as Evaluate);
}

function signature(
  { parameters, returns, returnType }: OverloadOptions<readonly Parameter[]>,
  nulls: ScalarOverload['nulls'],
  bind: ScalarOverload['bind'],
): ScalarOverload {
  return { parameters, returns, returnType, nulls, bind };
}

// ------------------------------------------------------------------------------------------------- table functions

export type TableOverload = Signature & {
  /** The rows, as values of the return type. */
  bind(types: readonly SqlType[], context: FunctionContext): (...values: readonly SqlValue[]) => readonly SqlValue[];
};

export type TableFunction = Description & {
  readonly kind: 'table';
  readonly overloads: readonly TableOverload[];
};

export function tableOverload<const Parameters extends readonly Parameter[]>(
  options: OverloadOptions<Parameters> & {
    evaluate(...values: NullableArgumentsOf<Parameters>): readonly SqlValue[];
  },
): TableOverload {
  const { parameters, returns, returnType } = options;
  const evaluate = options.evaluate as unknown as (...values: readonly SqlValue[]) => readonly SqlValue[];
  return { parameters, returns, returnType, bind: () => evaluate };
}

// ------------------------------------------------------------------------------------------------------ aggregates

/**
 * An aggregation over rows, once the types of its arguments are known. State is a value of `stateType`: it is written
 * to the state store with the value format between rows, so it is never changed in place. Configuring literals are
 * bound already and are not among `values`.
 */
export type BoundAggregate = {
  readonly stateType: SqlType;
  readonly returnType: SqlType;
  /** Whether it only asks if values are null, so that of what never is none has to be made. */
  readonly onlyPresence?: true;
  initialize(): SqlValue;
  aggregate(state: SqlValue, ...values: readonly SqlValue[]): SqlValue;
  /** Unites two states (sessions that meet). */
  merge(left: SqlValue, right: SqlValue): SqlValue;
  /** Takes a row out again; present where the function can aggregate tables. */
  undo?(state: SqlValue, ...values: readonly SqlValue[]): SqlValue;
  result(state: SqlValue): SqlValue;
};

export type AggregateBinding = {
  /** Types of the arguments that are columns, variadic ones expanded. */
  readonly types: readonly SqlType[];
  /** Values of the parameters marked constant, in order. */
  readonly constants: readonly SqlValue[];
  setting(name: string): string | undefined;
};

export type AggregateOverload = Signature & {
  bind(binding: AggregateBinding): BoundAggregate;
};

export type AggregateFunction = Description & {
  readonly kind: 'aggregate';
  readonly overloads: readonly AggregateOverload[];
  /** Rows in, result out: `[[1], [2], [null]]`; run as tests through aggregate, merge and result. */
  readonly examples: readonly AggregateExample[];
};

export type AggregateExample = {
  readonly types: readonly SqlType[];
  readonly constants?: readonly SqlValue[];
  readonly rows: readonly (readonly SqlValue[])[];
  /** The result as a CAST to STRING prints it. */
  readonly result: string | null;
};

export type SqlFunction = ScalarFunction | TableFunction | AggregateFunction;
