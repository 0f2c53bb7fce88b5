import { MillraceError } from '@millrace/base';
import { expressionType } from '../analysis/expression-type.ts';
import { ExpressionError } from '../analysis/expression-type-error.ts';
import type { CustomTypes } from '../analysis/expression-type-node.ts';
import type { SchemaRegistry } from '../formats/schema-registry/schema-registry.ts';
import type { FunctionRegistry } from '../functions/registry.ts';
import type { KsqlConfig } from '../lib/ksql-config.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { Expression } from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';
import type { LogicalSchema } from '../types/schema.ts';
import { printType, type SqlType } from '../types/sql-type.ts';

/** What planning may look at besides the query. */
export type PlannerContext = {
  readonly functions: FunctionRegistry;
  readonly customTypes: CustomTypes;
  readonly config: KsqlConfig;
  /** Partition counts of topics that exist. */
  readonly partitionsOf: (topic: string) => number | undefined;
  readonly registry?: SchemaRegistry | undefined;
  /** Of a pull query, whose errors ksqlDB finds by interpreting expressions: their words do not say what they are for. */
  readonly interpreted?: boolean;
};

/** How ksqlDB begins the errors of its code generation, by what the expression is for. */
export type ExpressionUse = 'Select' | 'Predicate' | 'Group By' | 'Partition By' | 'Join' | 'Table function';

/**
 * The type of an expression over the rows of a schema.
 * @throws KsqlException
 */
export function typeOf(
  expression: Expression,
  schema: LogicalSchema,
  context: PlannerContext,
  use: ExpressionUse,
): SqlType {
  const type = typing(context.interpreted === true ? 'expression' : use, () =>
    expressionType(expression, { schema, ...scopeOf(context) }),
  );
  if (type === null) throw untypedNull();
  return type;
}

export function untypedNull(): KsqlException {
  return new KsqlException(
    "Can't infer a type of null. Please explicitly cast it to a required type, e.g. CAST(null AS VARCHAR).",
  );
}

function scopeOf({ functions, customTypes }: PlannerContext): {
  readonly functions: FunctionRegistry;
  readonly customTypes: CustomTypes;
} {
  return { functions, customTypes };
}

function typing<T>(use: ExpressionUse | 'expression', step: () => T): T {
  try {
    return step();
  } catch (thrown) {
    if (thrown instanceof ExpressionError && thrown.pass === 'code') {
      throw new KsqlException(`Invalid ${use}: ${thrown.message}`, thrown);
    }
    throw thrown;
  }
}

/** @throws KsqlException for a condition that has no type, or is no boolean */
export function requireCondition(
  expression: Expression,
  schema: LogicalSchema,
  context: PlannerContext,
  clause: 'WHERE' | 'HAVING',
): void {
  let type: SqlType | null;
  try {
    type = expressionType(expression, { schema, ...scopeOf(context) });
  } catch (thrown) {
    if (!(thrown instanceof MillraceError)) throw thrown;
    const prefix =
      thrown instanceof ExpressionError && thrown.pass === 'code'
        ? `Invalid ${context.interpreted === true ? 'expression' : 'Predicate'}`
        : `Error in ${clause} expression`;
    throw new KsqlException(`${prefix}: ${thrown.message}${comparisonText(thrown)}`, thrown);
  }
  if (type?.kind === 'BOOLEAN') return;
  throw new KsqlException(
    `Type error in ${clause} expression: Should evaluate to boolean but is ${printExpression(expression)} ` +
      `(${type === null ? 'NULL' : printType(type)}) instead.`,
  );
}

/** ksqlDB shows the comparison that can't be made, as if it were a statement of its own. */
function comparisonText(thrown: MillraceError): string {
  const isComparison = thrown instanceof ExpressionError && thrown.expression.kind === 'comparison';
  return isComparison ? `\nStatement: ${printExpression(thrown.expression)}` : '';
}
