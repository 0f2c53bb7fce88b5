import { unreachable } from '@millrace/base';
import type {
  TypedArray,
  TypedCall,
  TypedCase,
  TypedCast,
  TypedElement,
  TypedExpression,
  TypedIn,
  TypedLike,
  TypedLogical,
  TypedMap,
} from '../../analysis/expression-type-tree.ts';
import { KsqlException } from '../../lib/ksql-exception.ts';
import { castFunction, castOfNull } from '../../types/casts.ts';
import { equalityOf, identityOf } from '../../types/compare.ts';
import type { SqlValue } from '../../types/values.ts';
import { emitCall } from './emit-call.ts';
import { emitArithmetic, emitComparison, emitNegation } from './emit-operators.ts';
import { emitCastOrNull, emitOrNull } from './emit-or-null.ts';
import { type Emitter, emitNotNull, isNullable } from './emitter.ts';
import { likeMatcher } from './like.ts';

const PRESERVE_NULLS = 'ksql.cast.strings.preserve.nulls';

export function createEmitter(options: Omit<Emitter, 'emit'>): Emitter {
  const emitter: Emitter = { ...options, emit: (expression) => emitNode(expression, emitter) };
  return emitter;
}

function emitNode(expression: TypedExpression, emitter: Emitter): string {
  switch (expression.kind) {
    case 'constant':
      return expression.value === null ? 'null' : emitter.writer.constant(expression.value);
    case 'column':
      emitter.columns.add(expression.index);
      return `row[${expression.index}]`;
    case 'variable':
      return `v${expression.variable}`;
    case 'let': {
      const variable = emitter.writer.variable(expression.variable);
      return `(${variable}=${emitter.emit(expression.value)},${emitter.emit(expression.body)})`;
    }
    case 'cast':
      return emitCast(expression, emitter);
    case 'arithmetic':
      return emitArithmetic(expression, emitter);
    case 'negation':
      return emitNegation(expression, emitter);
    case 'comparison':
      return emitComparison(expression, emitter);
    case 'logical':
      return emitLogical(expression, emitter);
    case 'not':
      return emitNotNull(expression.operand, emitter, (value) => `!${value}`);
    case 'is-null':
      return `(${emitter.emit(expression.operand)}${expression.negated ? '!==' : '==='}null)`;
    case 'in':
      return emitIn(expression, emitter);
    case 'like':
      return emitLike(expression, emitter);
    case 'case':
      return emitCase(expression, emitter);
    case 'array':
      return emitArray(expression, emitter);
    case 'map':
      return emitMap(expression, emitter);
    case 'struct':
      return `[${expression.fields.map((field) => emitOrNull(field, emitter)).join(',')}]`;
    case 'field':
      return emitNotNull(expression.operand, emitter, (value) => `${value}[${expression.index}]`);
    case 'element':
      return emitElement(expression, emitter);
    case 'call':
      return emitCall(expression as TypedCall, emitter);
    case 'aggregate-call':
    case 'table-call':
      // Where they may stand they are steps of their own by now; elsewhere, as in WHERE, only scalar functions are known.
      throw new KsqlException(`Can't find any functions with the name '${expression.name}'`);
    default:
      return unreachable(expression);
  }
}

function emitCast(node: TypedCast, emitter: Emitter): string {
  return emitCastOrNull(node, emitter, () => emitPlainCast(node, emitter));
}

function emitPlainCast({ operand, type }: TypedCast, emitter: Emitter): string {
  const from = operand.type;
  if (from === null) return emitter.emit(operand);
  if (from.kind === 'INTEGER' && type.kind === 'DOUBLE') return emitter.emit(operand);
  const options = { nullIsText: emitter.context.setting(PRESERVE_NULLS)?.toLowerCase() === 'false' };
  const cast = emitter.writer.constant(castFunction(from, type, options));
  const code = emitNotNull(operand, emitter, (value) => `${cast}(${value})`);
  const ofNull = castOfNull(from, type, options);
  return ofNull === null ? code : `(${code}??'${ofNull}')`;
}

function emitLogical({ operator, left, right }: TypedLogical, emitter: Emitter): string {
  if (!isNullable(left) && !isNullable(right)) {
    return `(${emitter.emit(left)}${operator === 'AND' ? '&&' : '||'}${emitter.emit(right)})`;
  }
  // One side decides (false for AND, true for OR); else a null on either side makes the result null.
  const decided = operator === 'AND' ? 'false' : 'true';
  const first = emitter.writer.temporary();
  const second = emitter.writer.temporary();
  return (
    `((${first}=${emitter.emit(left)})===${decided}?${decided}:(${second}=${emitter.emit(right)})===${decided}?${decided}:` +
    `${first}===null||${second}===null?null:${operator === 'AND' ? 'true' : 'false'})`
  );
}

function emitIn({ operand, candidates }: TypedIn, emitter: Emitter): string {
  const type = operand.type;
  if (type === null || candidates.length === 0) return 'false';
  const value = emitter.writer.temporary();
  const start = `((${value}=${emitter.emit(operand)})!==null&&`;
  if (candidates.every((each) => each.kind === 'constant')) {
    const identity = identityOf(type);
    const set = emitter.writer.constant(new Set(candidates.map((each) => identity(each.value))));
    return `${start}${set}.has(${emitter.writer.constant(identity)}(${value})))`;
  }
  const equal = emitter.writer.constant(equalityOf(type));
  return `${start}(${candidates.map((each) => `${equal}(${value},${emitter.emit(each)})`).join('||')}))`;
}

function emitLike({ operand, pattern, escape: escapeCharacter }: TypedLike, emitter: Emitter): string {
  const text = emitter.writer.temporary();
  const start = `((${text}=${emitter.emit(operand)})!==null&&`;
  if (pattern.kind === 'constant') {
    if (pattern.value === null) return 'false';
    const matches = emitter.writer.constant(likeMatcher(pattern.value as string, escapeCharacter));
    return `${start}${matches}(${text}))`;
  }
  const test = (value: SqlValue, like: SqlValue): boolean =>
    like !== null && likeMatcher(like as string, escapeCharacter)(value as string);
  return `${start}${emitter.writer.constant(test)}(${text},${emitter.emit(pattern)}))`;
}

function emitCase({ whens, otherwise }: TypedCase, emitter: Emitter): string {
  const branches = whens.map(({ condition, result }) => `${emitter.emit(condition)}===true?${emitter.emit(result)}:`);
  return `(${branches.join('')}${otherwise === null ? 'null' : emitter.emit(otherwise)})`;
}

function emitArray({ elements }: TypedArray, emitter: Emitter): string {
  return `[${elements.map((element) => emitOrNull(element, emitter)).join(',')}]`;
}

function emitMap({ entries }: TypedMap, emitter: Emitter): string {
  const build = emitter.writer.constant((list: readonly (readonly [SqlValue, SqlValue])[]) => new Map(list));
  const pairs = entries.map(({ key, value }) => `[${emitOrNull(key, emitter)},${emitOrNull(value, emitter)}]`);
  return `${build}([${pairs.join(',')}])`;
}

/** Arrays count from 1, negative positions from the end; what lies outside is null. */
function elementAt(array: readonly SqlValue[], index: number): SqlValue {
  const position = index > 0 ? index - 1 : array.length + index;
  return index === 0 ? null : (array[position] ?? null);
}

function mapValue(map: ReadonlyMap<SqlValue, SqlValue>, key: SqlValue): SqlValue {
  return map.get(key) ?? null;
}

function emitElement({ operand, index }: TypedElement, emitter: Emitter): string {
  const get = emitter.writer.constant(operand.type?.kind === 'MAP' ? mapValue : elementAt);
  const container = emitter.writer.temporary();
  const position = emitter.writer.temporary();
  return (
    `((${container}=${emitter.emit(operand)})===null||(${position}=${emitter.emit(index)})===null?null:` +
    `${get}(${container},${position}))`
  );
}
