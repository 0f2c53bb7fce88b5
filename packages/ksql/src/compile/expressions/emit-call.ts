import type { TypedArgument, TypedCall } from '../../analysis/expression-type-tree.ts';
import type { Evaluate } from '../../functions/function.ts';
import type { SqlValue } from '../../types/values.ts';
import { emitArgument } from './emit-or-null.ts';
import { type Emitter, isNullable, type OnFailure } from './emitter.ts';

/**
 * A call. A function that throws gives null, and the expression around it goes on (so that COALESCE may catch it). By
 * default a null argument gives null without a call.
 */
export function emitCall(node: TypedCall, emitter: Emitter): string {
  const evaluate = node.overload.bind(node.argumentTypes, emitter.context);
  const run = emitter.writer.constant(guarded(evaluate, node.name, emitter.print));
  const checked: string[] = [];
  const assigned: string[] = [];
  const values = node.args.map((argument) => {
    if (argument.kind === 'lambda') return emitLambda(argument, emitter);
    const code = emitArgument(argument, emitter);
    if (node.overload.nulls === 'pass' || !isNullable(argument)) return code;
    const value = emitter.writer.temporary();
    assigned.push(`${value}=${code}`);
    checked.push(`${value}===null`);
    return value;
  });
  const call = `${run}(${['report', ...values].join(',')})`;
  if (checked.length === 0) return call;
  return `(${assigned.join(',')},${checked.join('||')}?null:${call})`;
}

function emitLambda(lambda: Extract<TypedArgument, { kind: 'lambda' }>, emitter: Emitter): string {
  const parameters = lambda.variables.map((variable) => `v${variable}`).join(',');
  const body = emitter.writer.body(() => `return ${emitter.emit(lambda.body)}`);
  return `((${parameters})=>{${body}})`;
}

type Guarded = (report: OnFailure, ...values: readonly SqlValue[]) => SqlValue;

function guarded(evaluate: Evaluate, functionName: string, print: () => string): Guarded {
  return (report, ...values) => {
    try {
      return evaluate(...values);
    } catch (error) {
      report({ expression: print(), functionName, error });
      return null;
    }
  };
}
