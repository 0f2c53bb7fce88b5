import { assert } from '@millrace/base';
import { typeExpression } from '../analysis/expression-type.ts';
import type { FlatMapStep } from '../steps/steps.ts';
import { parseExpression } from '../syntax/parse.ts';
import type { LogicalSchema } from '../types/schema.ts';
import type { Row, SqlValue } from '../types/values.ts';
import type { CompileContext } from './compile-context.ts';

type Values = (row: Row) => readonly SqlValue[];

/**
 * One row for each value of a table function. Several functions go side by side; where one has run out of values its
 * column is null.
 */
export function compileTableFunctions(
  step: FlatMapStep,
  schema: LogicalSchema,
  context: CompileContext,
): (row: Row) => readonly Row[] {
  const functions = step.calls.map(({ expression }) => tableFunction(expression, step.context, schema, context));
  return (row) => {
    const columns = functions.map((values) => values(row));
    const count = Math.max(...columns.map((values) => values.length));
    return Array.from({ length: count }, (_, index) => [...row, ...columns.map((values) => values[index] ?? null)]);
  };
}

/** A function that fails makes no rows. */
function tableFunction(text: string, stepContext: string, schema: LogicalSchema, context: CompileContext): Values {
  const call = parseExpression(text);
  const { functions, functionContext } = context.options;
  const typed = typeExpression(call, { schema, functions, customTypes: new Map() });
  assert(typed.kind === 'table-call' && call.kind === 'function-call', `${text} calls a table function`);
  const invoke = typed.overload.bind(
    typed.args.map((arg) => arg.type!),
    functionContext,
  );
  const args = context.typedProjection(call.args, typed.args);
  const report = context.failuresOf(stepContext);
  return (row) => {
    try {
      return invoke(...args.evaluate(row, report));
    } catch (error) {
      report({ expression: text, functionName: typed.name, error });
      return [];
    }
  };
}
