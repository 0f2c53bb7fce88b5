import type { FunctionRegistry } from '../functions/registry.ts';
import type { Expression } from '../syntax/ast.ts';
import type { LogicalSchema } from '../types/schema.ts';
import type { CustomTypes } from './expression-type-node.ts';
import type { TypedExpression } from './expression-type-tree.ts';

/** Where an expression stands: what its names mean. */
export type ExpressionScope = {
  /** Its value columns are the row; see `withPseudoAndKeyColumnsInValue`. */
  readonly schema: LogicalSchema;
  readonly functions: FunctionRegistry;
  readonly customTypes?: CustomTypes;
};

/** What typing one expression carries along; passed down, so that the files of this folder form no ring. */
export type Typer = ExpressionScope & {
  /** Lambda parameters in scope. */
  readonly variables: ReadonlyMap<string, TypedExpression>;
  readonly depth: number;
  readonly counter: { variables: number; nodes: number };
  type(expression: Expression, typer: Typer): TypedExpression;
};

export function newVariable(typer: Typer): number {
  return typer.counter.variables++;
}
