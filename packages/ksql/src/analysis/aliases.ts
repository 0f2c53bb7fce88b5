import type { Expression } from '../syntax/ast.ts';

/** Names for columns that a statement leaves nameless: `KSQL_COL_0` …, or a struct field's own name. */
export class AliasGenerator {
  readonly #used: Set<string>;
  #next = 0;

  /** @param used names that are taken */
  constructor(used: Iterable<string>) {
    this.#used = new Set(used);
  }

  /** The name that a projection gives an expression without alias. */
  aliasFor(expression: Expression): string {
    if (expression.kind === 'column') return expression.name;
    return expression.kind === 'field-access' ? this.#fieldAlias(expression.field) : this.#generated();
  }

  #generated(): string {
    let name = `KSQL_COL_${this.#next++}`;
    while (this.#used.has(name)) name = `KSQL_COL_${this.#next++}`;
    return name;
  }

  #fieldAlias(field: string): string {
    let name = field;
    for (let number = 1; this.#used.has(name); number++) name = `${field}_${number}`;
    this.#used.add(name);
    return name;
  }
}

/** What a joined source's column is called inside the join. */
export function joinedName(source: string, column: string): string {
  return `${source}_${column}`;
}
