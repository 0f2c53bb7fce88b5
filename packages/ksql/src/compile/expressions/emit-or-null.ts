import type { TypedArgument, TypedCast, TypedExpression } from '../../analysis/expression-type-tree.ts';
import { castThrows, type Emitter, type OnFailure } from './emitter.ts';

const NESTED_ERROR_SET_NULL = 'ksql.nested.error.set.null';

/** Whether a part that fails is null alone, as ksqlDB has it by default: elements, fields, casts, arguments that are calls. */
function partsFailAlone({ context }: Pick<Emitter, 'context'>): boolean {
  return context.setting(NESTED_ERROR_SET_NULL)?.toLowerCase() !== 'false';
}

/** Code of a part that is null, and reported, where it fails; code that can't fail is written as it is. */
export function emitOrNull(part: TypedExpression, emitter: Emitter): string {
  return orNull(emitter, partsFailAlone(emitter) && canFail(part), () => emitter.emit(part));
}

/** Of the arguments of a call those that are calls or fields fail alone. */
export function emitArgument(argument: TypedExpression, emitter: Emitter): string {
  return isCallOrField(argument) ? emitOrNull(argument, emitter) : emitter.emit(argument);
}

export function emitCastOrNull(cast: TypedCast, emitter: Emitter, write: () => string): string {
  const isGuarded = cast.failsAll !== true && partsFailAlone(emitter);
  return orNull(emitter, isGuarded && (castThrows(cast) || canFail(cast.operand)), write);
}

function orNull(emitter: Emitter, isGuarded: boolean, write: () => string): string {
  if (!isGuarded) return write();
  const { print, writer } = emitter;
  const failed = writer.constant((report: OnFailure, error: unknown): null => {
    report({ expression: print(), functionName: null, error });
    return null;
  });
  const body = writer.body(() => `return ${write()}`);
  return `(()=>{try{${body}}catch(e){return ${failed}(report,e)}})()`;
}

const isCallOrField = ({ kind }: TypedExpression): boolean => kind === 'call' || kind === 'field';

/** Whether what is around has to expect a failure of this part, if parts fail alone. */
function canFail(part: TypedExpression): boolean {
  switch (part.kind) {
    case 'constant':
    case 'column':
    case 'variable':
    case 'array':
    case 'map':
    case 'struct':
      return false;
    case 'cast':
      return part.failsAll === true;
    case 'field':
    case 'is-null':
    case 'not':
      return canFail(part.operand);
    case 'call':
      return part.args.some(argumentCanFail);
    default:
      return true;
  }
}

function argumentCanFail(argument: TypedArgument): boolean {
  return argument.kind !== 'lambda' && !isCallOrField(argument) && canFail(argument);
}
