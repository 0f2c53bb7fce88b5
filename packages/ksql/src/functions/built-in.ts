import { AGGREGATE_FUNCTIONS } from './built-in-aggregate.ts';
import { SCALAR_FUNCTIONS } from './built-in-scalar.ts';
import { TABLE_FUNCTIONS } from './built-in-table.ts';
import { FunctionRegistry } from './registry.ts';

/** A registry of its own with all built-in functions, to which user functions may be added. */
export function builtInFunctions(): FunctionRegistry {
  return new FunctionRegistry([...SCALAR_FUNCTIONS, ...TABLE_FUNCTIONS, ...AGGREGATE_FUNCTIONS]);
}
