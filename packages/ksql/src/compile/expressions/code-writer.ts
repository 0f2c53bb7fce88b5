/**
 * Collects what a generated function needs: constants as parameters (no literal of a statement ever becomes code) and
 * temporary variables. Each function that is nested in the code has temporaries of its own.
 */
export class CodeWriter {
  readonly #constants: unknown[] = [];
  #temporaries: string[] = [];
  #counter = 0;

  /** The name under which the code finds this value. */
  constant(value: unknown): string {
    this.#constants.push(value);
    return `k${this.#constants.length - 1}`;
  }

  temporary(): string {
    const name = `t${this.#counter++}`;
    this.#temporaries.push(name);
    return name;
  }

  /** The name of a variable that an expression binds for itself, declared like a temporary. */
  variable(number: number): string {
    const name = `v${number}`;
    if (!this.#temporaries.includes(name)) this.#temporaries.push(name);
    return name;
  }

  /** Writes the body of a function: runs `write`, and puts in front the declaration of the temporaries it asked for. */
  body(write: () => string): string {
    const outer = this.#temporaries;
    this.#temporaries = [];
    const code = write();
    const declaration = this.#temporaries.length === 0 ? '' : `let ${this.#temporaries.join(',')};`;
    this.#temporaries = outer;
    return `${declaration}${code}`;
  }

  get constants(): readonly unknown[] {
    return this.#constants;
  }

  /** The function whose source is `code`, with the constants in place. */
  build(code: string): unknown {
    return factoryOf(code, this.#constants.length)(...this.#constants);
  }
}

type Factory = (...constants: readonly unknown[]) => unknown;

const CODE_LENGTH_MAX = 2_000_000;
const FACTORIES_MAX = 2000;
/** Statements differ in their constants more than in their shape; the same shape is parsed once. */
const factories = new Map<string, Factory>();

function factoryOf(code: string, constantCount: number): Factory {
  if (code.length > CODE_LENGTH_MAX) throw new RangeError(`generated code of ${code.length} characters is too large`);
  const key = `${constantCount}:${code}`;
  const known = factories.get(key);
  if (known !== undefined) return known;
  const parameters = Array.from({ length: constantCount }, (_, index) => `k${index}`);
  // Nothing of a statement is in the code: it is names (k0, t1, v2, row, report), positions and operators.
  const factory = new Function(...parameters, `"use strict";return ${code}`) as Factory;
  if (factories.size >= FACTORIES_MAX) factories.clear();
  factories.set(key, factory);
  return factory;
}
