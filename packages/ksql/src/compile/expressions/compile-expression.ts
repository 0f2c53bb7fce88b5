import { systemClock, systemRandom } from '@millrace/base';
import { typeExpression } from '../../analysis/expression-type.ts';
import { ExpressionError } from '../../analysis/expression-type-error.ts';
import type { ExpressionScope } from '../../analysis/expression-type-scope.ts';
import type { ExpressionType, TypedExpression } from '../../analysis/expression-type-tree.ts';
import type { FunctionContext } from '../../functions/function.ts';
import type { Expression } from '../../syntax/ast.ts';
import { printExpression } from '../../syntax/print-ast.ts';
import { printType } from '../../types/sql-type.ts';
import type { Row, SqlValue } from '../../types/values.ts';
import { CodeWriter } from './code-writer.ts';
import { createEmitter } from './emit-expression.ts';
import { nullPropagatingNodes } from './emit-operators.ts';
import type { ExpressionFailure, OnFailure } from './emitter.ts';

export type { ExpressionFailure, OnFailure };

export type CompileOptions = ExpressionScope & {
  readonly context?: FunctionContext;
};

/** One expression. `evaluate` never throws: a failure is reported and gives null. */
export type CompiledExpression = {
  /** Null for an expression that is always NULL. */
  readonly type: ExpressionType;
  /** Positions of the row that are read; others may hold anything. */
  readonly columns: ReadonlySet<number>;
  evaluate(row: Row, onFailure: OnFailure): SqlValue;
};

/** Several expressions over one row, in one function. A failure makes its own expression null and no other. */
export type CompiledProjection = {
  readonly types: readonly ExpressionType[];
  readonly columns: ReadonlySet<number>;
  evaluate(row: Row, onFailure: OnFailure): SqlValue[];
};

/** A condition. False, null and failure all mean no. */
export type CompiledPredicate = {
  readonly columns: ReadonlySet<number>;
  test(row: Row, onFailure: OnFailure): boolean;
};

/** What functions get where the caller gave nothing: the machine's clock and chance, UTC, no settings. */
export const defaultFunctionContext: FunctionContext = {
  clock: systemClock,
  random: systemRandom,
  timeZone: 'UTC',
  setting: () => undefined,
};

/** @throws ExpressionError, and what {@link typeExpression} throws */
export function compileProjection(expressions: readonly Expression[], options: CompileOptions): CompiledProjection {
  const typed = expressions.map((expression) => typeExpression(expression, options));
  return compileTyped(expressions, typed, options);
}

/** @throws ExpressionError, and what {@link typeExpression} throws */
export function compileExpression(expression: Expression, options: CompileOptions): CompiledExpression {
  const projection = compileProjection([expression], options);
  return {
    type: projection.types[0]!,
    columns: projection.columns,
    evaluate: (row, onFailure) => projection.evaluate(row, onFailure)[0]!,
  };
}

/**
 * @param place what the condition is, as it stands in messages: `WHERE` or `HAVING`
 * @throws ExpressionError when the condition is no boolean, and what {@link typeExpression} throws
 */
export function compilePredicate(expression: Expression, place: string, options: CompileOptions): CompiledPredicate {
  const typed = typeExpression(expression, options);
  requireBoolean(typed.type, expression, place);
  const compiled = compileTyped([expression], [typed], options);
  return { columns: compiled.columns, test: (row, onFailure) => compiled.evaluate(row, onFailure)[0] === true };
}

/** @throws ExpressionError */
function requireBoolean(type: ExpressionType, expression: Expression, place: string): void {
  if (type?.kind === 'BOOLEAN') return;
  throw new ExpressionError(
    `Type error in ${place} expression: Should evaluate to boolean but is ${printExpression(expression)} ` +
      `(${type === null ? 'NULL' : printType(type)}) instead.`,
    { expression },
  );
}

type Generated = (row: Row, report: OnFailure) => SqlValue[];

export function compileTyped(
  expressions: readonly Expression[],
  typed: readonly TypedExpression[],
  options: CompileOptions,
): CompiledProjection {
  const writer = new CodeWriter();
  const columns = new Set<number>();
  const context = options.context ?? defaultFunctionContext;
  const body = writer.body(() => {
    const parts = typed.map((each, index) => {
      const print = (): string => printExpression(expressions[index]!);
      const code = createEmitter({ writer, context, columns, print, nullsPropagate: nullPropagatingNodes(each) }).emit(
        each,
      );
      return assign(each, `out[${index}]`, { code, writer, print });
    });
    return `const out=new Array(${typed.length});${parts.join('')}return out;`;
  });
  const evaluate = writer.build(`(row,report)=>{${body}}`) as Generated;
  return { types: typed.map((each) => each.type), columns, evaluate };
}

type Piece = { readonly code: string; readonly writer: CodeWriter; print(): string };

/** Columns and constants can't fail; everything else has a catch of its own. */
function assign(typed: TypedExpression, target: string, { code, writer, print }: Piece): string {
  if (typed.kind === 'column' || typed.kind === 'constant') return `${target}=${code};`;
  const failed = (report: OnFailure, error: unknown): void =>
    report({ expression: print(), functionName: null, error });
  return `try{${target}=${code};}catch(e){${target}=null;${writer.constant(failed)}(report,e);}`;
}
