import type { SqlFunction } from '../functions/function.ts';
import { type Parameter, printParameterType } from '../functions/parameter.ts';
import type { FunctionRegistry } from '../functions/registry.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { FunctionDescription } from './results.ts';

export const FUNCTION_TYPES = { scalar: 'SCALAR', aggregate: 'AGGREGATE', table: 'TABLE' } as const;

/** DESCRIBE FUNCTION. @throws KsqlException for a name that is none */
export function describeFunction(
  name: string,
  statementText: string,
  functions: FunctionRegistry,
): FunctionDescription {
  const found = functions.find(name);
  if (found === undefined) throw new KsqlException(`Can't find any functions with the name '${name.toUpperCase()}'`);
  return {
    kind: 'describe_function',
    statementText,
    name: found.name.toUpperCase(),
    description: found.description,
    category: found.category,
    type: FUNCTION_TYPES[found.kind],
    variations: variationsOf(found),
  };
}

function variationsOf({ overloads }: SqlFunction): FunctionDescription['variations'] {
  return overloads.map(({ parameters, returns }) => ({
    arguments: parameters.map(argumentOf),
    returnType: printParameterType(returns.type),
  }));
}

function argumentOf({ type, variadic }: Parameter, position: number) {
  return { name: `arg${position + 1}`, type: printParameterType(type), isVariadic: variadic };
}
