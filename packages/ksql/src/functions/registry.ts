import { MillraceError } from '@millrace/base';
import type { AggregateFunction, ScalarFunction, SqlFunction, TableFunction } from './function.ts';
import { printParameters } from './parameter.ts';

/**
 * The functions that statements may call, by name without case. The built-in ones come with the registry
 * (`built-in.ts`); user functions are added with the register methods and may not replace a built-in overload.
 */
export class FunctionRegistry {
  readonly #functions = new Map<string, SqlFunction>();

  constructor(functions: readonly SqlFunction[] = []) {
    for (const each of functions) this.register(each);
  }

  registerScalar(definition: Omit<ScalarFunction, 'kind'>): void {
    this.register({ ...definition, kind: 'scalar' });
  }

  registerTable(definition: Omit<TableFunction, 'kind'>): void {
    this.register({ ...definition, kind: 'table' });
  }

  registerAggregate(definition: Omit<AggregateFunction, 'kind'>): void {
    this.register({ ...definition, kind: 'aggregate' });
  }

  /** @throws MillraceError `DUPLICATE_FUNCTION` when the name is taken. */
  register(definition: SqlFunction): void {
    const name = definition.name.toUpperCase();
    if (this.#functions.has(name)) {
      throw new MillraceError('DUPLICATE_FUNCTION', `A function with the name '${name}' already exists`);
    }
    for (const { parameters } of definition.overloads) {
      if (parameters.filter((parameter) => parameter.variadic).length > 1) {
        throw new MillraceError(
          'INVALID_FUNCTION',
          `${name}${printParameters(parameters)} has two variadic parameters`,
        );
      }
    }
    this.#functions.set(name, definition);
  }

  find(name: string): SqlFunction | undefined {
    return this.#functions.get(name.toUpperCase());
  }

  /** @throws MillraceError `UNKNOWN_FUNCTION` */
  get(name: string): SqlFunction {
    const found = this.find(name);
    if (found === undefined) {
      throw new MillraceError('UNKNOWN_FUNCTION', `Can't find any functions with the name '${name}'`);
    }
    return found;
  }

  isAggregate(name: string): boolean {
    return this.find(name)?.kind === 'aggregate';
  }

  isTableFunction(name: string): boolean {
    return this.find(name)?.kind === 'table';
  }

  /** All functions by name. */
  list(): readonly SqlFunction[] {
    return [...this.#functions].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, definition]) => definition);
  }
}
