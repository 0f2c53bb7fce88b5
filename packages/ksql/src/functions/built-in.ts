import { SCALAR_FUNCTIONS } from './built-in-scalar.ts';
import { FunctionRegistry } from './registry.ts';

/** A registry of its own with all built-in functions, to which user functions may be added. */
export function builtInFunctions(): FunctionRegistry {
  return new FunctionRegistry([...SCALAR_FUNCTIONS]);
}
