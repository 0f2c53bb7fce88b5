import { builtInFunctions } from '../../functions/built-in.ts';
import {
  type AggregateFunction,
  type AggregateOverload,
  boundNullableOverload,
  nullableOverload,
  overload,
  type ScalarFunction,
  type TableFunction,
  tableOverload,
} from '../../functions/function.ts';
import {
  ANY,
  arrayOf,
  BIGINT,
  BOOLEAN,
  constant,
  DECIMAL,
  DOUBLE,
  generic,
  INTEGER,
  mapOf,
  type Parameter,
  STRING,
  structOf,
  variadic,
} from '../../functions/parameter.ts';
import type { FunctionRegistry } from '../../functions/registry.ts';
import { aggregateOverload } from '../../functions/support/aggregates.ts';
import { printerOf } from '../../types/print-value.ts';
import { arrayType, decimalType, type SqlType, SqlTypes, structType } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';

/** The functions that ksqlDB's cases call and that exist only there; what each does is told in the README of the cases. */

const A_STRUCT = structOf([{ name: 'A', type: SqlTypes.STRING }]);
const AB_STRUCT = structOf([
  { name: 'A', type: SqlTypes.INTEGER },
  { name: 'B', type: SqlTypes.INTEGER },
]);

type Struct = readonly SqlValue[];

function scalar(name: string, overloads: ScalarFunction['overloads']): Omit<ScalarFunction, 'kind'> {
  return { name, category: 'OTHER', description: `${name}, for tests.`, overloads, examples: [] };
}

const SCALARS: readonly Omit<ScalarFunction, 'kind'>[] = [
  scalar('TEST_UDF', [
    overload({ parameters: [INTEGER, STRING], returns: STRING, evaluate: () => 'doStuffIntString' }),
    overload({ parameters: [BIGINT, STRING], returns: STRING, evaluate: () => 'doStuffLongString' }),
    overload({ parameters: [BIGINT, BIGINT, STRING], returns: STRING, evaluate: () => 'doStuffLongLongString' }),
    overload({ parameters: [variadic(BIGINT)], returns: STRING, evaluate: () => 'doStuffLongVarargs' }),
    overload({ parameters: [A_STRUCT], returns: STRING, evaluate: (struct) => (struct as Struct)[0]! }),
    overload({ parameters: [], returns: A_STRUCT, evaluate: () => ['foo'] }),
  ]),
  scalar('BAD_UDF', [
    overload({ parameters: [INTEGER], returns: INTEGER, evaluate: () => fail('boom!') }),
    overload({
      parameters: [BOOLEAN],
      returns: INTEGER,
      evaluate: (mustThrow) => (mustThrow ? fail('You asked me to throw...') : 0),
    }),
    boundNullableOverload({
      parameters: [STRING],
      returns: STRING,
      bind: () => {
        let calls = 0;
        return (text) => (calls++ % 2 === 0 ? null : text);
      },
    }),
  ]),
  scalar('WHENCONDITION', [
    nullableOverload({
      parameters: [BOOLEAN, BOOLEAN],
      returns: BOOLEAN,
      evaluate: (result, evaluated) => (evaluated ? result : fail('When condition in case is not running lazily!')),
    }),
  ]),
  scalar('WHENRESULT', [
    nullableOverload({
      parameters: [INTEGER, BOOLEAN],
      returns: INTEGER,
      evaluate: (result, evaluated) => (evaluated ? result : fail('When result in case is not running lazily!')),
    }),
  ]),
  scalar('BACKWARD_CONCAT', [
    overload({ parameters: [STRING, STRING], returns: STRING, evaluate: (left, right) => right + left }),
  ]),
  scalar('TOSTRUCT', [overload({ parameters: [STRING], returns: A_STRUCT, evaluate: (text) => [text] })]),
];

function fail(message: string): never {
  throw new Error(message);
}

// ------------------------------------------------------------------------------------------------- table functions

const UDTF_TYPES: readonly SqlType[] = [
  ...[SqlTypes.INTEGER, SqlTypes.BIGINT, SqlTypes.DOUBLE, SqlTypes.BOOLEAN, SqlTypes.STRING],
  decimalType(30, 10),
  structType([{ name: 'A', type: SqlTypes.STRING }]),
];
const UDTF_PARAMETERS: readonly Parameter[] = [INTEGER, BIGINT, DOUBLE, BOOLEAN, STRING, DECIMAL, A_STRUCT];

function printed(values: readonly unknown[]): readonly SqlValue[] {
  return values.map((value, index) => printerOf(UDTF_TYPES[index]!)(value as SqlValue));
}

const FIRST_OF: Readonly<Record<'value' | 'array' | 'map', (value: unknown) => unknown>> = {
  value: (value) => value,
  array: (value) => (value as readonly unknown[])[0],
  map: (value) => [...(value as ReadonlyMap<unknown, unknown>).values()][0],
};

function sevenArguments(shape: keyof typeof FIRST_OF, parameters: readonly Parameter[]) {
  return tableOverload({
    parameters,
    returns: STRING,
    evaluate: (...values: readonly unknown[]) => printed(values.map(FIRST_OF[shape])),
  });
}

function sameValue(parameter: Parameter) {
  const isDecimal = parameter === DECIMAL;
  return tableOverload({
    parameters: [parameter],
    returns: parameter,
    ...(isDecimal ? { returnType: () => decimalType(30, 10) } : {}),
    evaluate: (value: unknown) => [value as SqlValue],
  });
}

const TABLES: readonly Omit<TableFunction, 'kind'>[] = [
  {
    name: 'TEST_UDTF',
    category: 'TABLE',
    description: 'Values as rows, for tests.',
    overloads: [
      sevenArguments('value', UDTF_PARAMETERS),
      sevenArguments('array', UDTF_PARAMETERS.map(arrayOf)),
      sevenArguments(
        'map',
        UDTF_PARAMETERS.map((each) => mapOf(STRING, each)),
      ),
      ...UDTF_PARAMETERS.map(sameValue),
    ],
  },
  {
    name: 'THROWING_UDTF',
    category: 'TABLE',
    description: 'Throws where it is told to, for tests.',
    overloads: [
      tableOverload({
        parameters: [BOOLEAN],
        returns: BOOLEAN,
        evaluate: (mustThrow) => (mustThrow ? fail('You asked me to throw...') : [mustThrow]),
      }),
    ],
  },
];

// ------------------------------------------------------------------------------------------------------ aggregates

function longSum<Value>(column: Parameter<Value>, toLong: (value: Value) => bigint): AggregateOverload {
  return aggregateOverload<bigint, readonly [Parameter<Value>]>({
    columns: [column],
    returns: BIGINT,
    bind: () => ({
      stateType: SqlTypes.BIGINT,
      returnType: SqlTypes.BIGINT,
      initialize: () => 0n,
      aggregate: (sum: bigint, value) => (value === null ? sum : sum + toLong(value as Value)),
      merge: (left: bigint, right: bigint) => left + right,
      undo: (sum: bigint, value) => (value === null ? sum : sum - toLong(value as Value)),
      result: (sum: bigint) => sum,
    }),
  });
}

const TEST_UDAF: Omit<AggregateFunction, 'kind'> = {
  name: 'TEST_UDAF',
  category: 'AGGREGATE',
  description: 'Sums, for tests.',
  examples: [],
  overloads: [
    longSum(BIGINT, (value) => value),
    longSum(INTEGER, (value) => BigInt(value)),
    aggregateOverload<number, readonly [typeof DOUBLE]>({
      columns: [DOUBLE],
      returns: DOUBLE,
      bind: () => ({
        stateType: SqlTypes.DOUBLE,
        returnType: SqlTypes.DOUBLE,
        initialize: () => 0,
        aggregate: (sum: number, value) => sum + (value ?? 0),
        merge: (left: number, right: number) => left + right,
        result: (sum: number) => sum,
      }),
    }),
    aggregateOverload<bigint, readonly [typeof STRING]>({
      columns: [STRING],
      constants: [constant(STRING)],
      returns: BIGINT,
      bind: ({ constants: [initial] }) => ({
        stateType: SqlTypes.BIGINT,
        returnType: SqlTypes.BIGINT,
        initialize: () => BigInt((initial as string).length),
        aggregate: (sum: bigint, value) => sum + BigInt(value?.length ?? 0),
        merge: (left: bigint, right: bigint) => left + right,
        result: (sum: bigint) => sum,
      }),
    }),
    aggregateOverload<Struct, readonly [typeof AB_STRUCT]>({
      columns: [AB_STRUCT],
      returns: AB_STRUCT,
      bind: ({ types }) => ({
        stateType: types[0]!,
        returnType: types[0]!,
        initialize: (): Struct => [0, 0],
        aggregate: (sum: Struct, value) => addPairs(sum, (value as Struct | null) ?? [0, 0]),
        merge: addPairs,
        result: (sum: Struct) => sum as SqlValue,
      }),
    }),
  ],
};

function addPairs(left: Struct, right: Struct): Struct {
  return [0, 1].map((index) => ((left[index] as number) ?? 0) + ((right[index] as number) ?? 0));
}

/** Adds numbers and the lengths of texts. */
function weight(values: readonly unknown[]): bigint {
  return values.reduce<bigint>((sum, value) => {
    if (value === null) return sum;
    return sum + (typeof value === 'string' ? BigInt(value.length) : BigInt(value as bigint | number));
  }, 0n);
}

function weights(
  columns: readonly Parameter[],
  constants: readonly Parameter[],
  { inResult = false }: { readonly inResult?: boolean } = {},
): AggregateOverload {
  return aggregateOverload<bigint, readonly Parameter[]>({
    columns,
    constants,
    returns: BIGINT,
    bind: (binding) => {
      const given = weight(binding.constants);
      return {
        stateType: SqlTypes.BIGINT,
        returnType: SqlTypes.BIGINT,
        initialize: () => (inResult ? 0n : given),
        aggregate: (sum: bigint, ...values: readonly unknown[]) => sum + weight(values),
        merge: (left: bigint, right: bigint) => left + right,
        result: (sum: bigint) => (inResult ? sum + given : sum),
      };
    },
  });
}

/** The first argument of each row in which none is null. */
function firstArguments(columns: readonly Parameter[]): AggregateOverload {
  return aggregateOverload<Struct, readonly Parameter[]>({
    columns,
    returns: arrayOf(columns[0]!),
    bind: ({ types }) => ({
      stateType: arrayType(types[0]!),
      returnType: arrayType(types[0]!),
      initialize: (): Struct => [],
      aggregate: (list: Struct, ...values: readonly unknown[]): Struct =>
        values.includes(null) ? list : [...list, values[0] as SqlValue],
      merge: (left: Struct, right: Struct) => [...left, ...right],
      result: (list: Struct) => list as SqlValue,
    }),
  });
}

const MANY_STRINGS: Parameter = variadic(STRING);
const MANY_STRING_LITERALS: Parameter = { ...variadic(STRING), constant: true };

const AGGREGATES: readonly (readonly [string, AggregateOverload])[] = [
  ['VAR_ARG', weights([BIGINT, MANY_STRINGS], [])],
  ['MULTI_ARG', weights([BIGINT, STRING], [constant(INTEGER), MANY_STRING_LITERALS])],
  ['FOUR_ARG', weights([BIGINT, STRING, STRING, STRING], [constant(INTEGER), MANY_STRING_LITERALS])],
  ['FIVE_ARG', weights([BIGINT, STRING, STRING, STRING, INTEGER], [constant(INTEGER), MANY_STRING_LITERALS])],
  ['MID_VAR_ARG', weights([BIGINT, MANY_STRINGS], [constant(INTEGER), constant(INTEGER)], { inResult: true })],
  ['GENERIC_VAR_ARG', firstArguments([generic('A'), generic('B'), variadic(generic('C'))])],
  ['OBJ_COL_ARG', firstArguments([INTEGER, variadic(ANY)])],
];

/** The built-in functions and those of the cases. */
export function functionsOfCases(): FunctionRegistry {
  const registry = builtInFunctions();
  for (const each of SCALARS) registry.registerScalar(each);
  for (const each of TABLES) registry.registerTable(each);
  registry.registerAggregate(TEST_UDAF);
  for (const [name, overloaded] of AGGREGATES) {
    registry.registerAggregate({
      name,
      category: 'AGGREGATE',
      description: `${name}, for tests.`,
      overloads: [overloaded],
      examples: [],
    });
  }
  return registry;
}
