import { MillraceError } from '@millrace/base';
import type {
  TypedArithmetic,
  TypedComparison,
  TypedExpression,
  TypedNegation,
} from '../../analysis/expression-type-tree.ts';
import type { ComparisonOperator } from '../../syntax/ast.ts';
import {
  decimalOperation,
  divideIntegers,
  divideLongs,
  integerRemainder,
  longRemainder,
  negateDecimal,
} from '../../types/arithmetic.ts';
import { comparatorOf, equalityOf } from '../../types/compare.ts';
import type { SqlKind } from '../../types/sql-type.ts';
import { type Emitter, emitNotNull, isNullable } from './emitter.ts';

/** `code` of two values that are not null, else `otherwise`; checks are written only for sides that can be null. */
function emitBoth(
  left: TypedExpression,
  right: TypedExpression,
  emitter: Emitter,
  { otherwise, code }: { readonly otherwise: string; readonly code: (left: string, right: string) => string },
): string {
  if (!isNullable(left) && !isNullable(right)) return `(${code(emitter.emit(left), emitter.emit(right))})`;
  const first = emitter.writer.temporary();
  const second = emitter.writer.temporary();
  // Both sides are always evaluated, so that an error of the right one shows even where the left one is null.
  return (
    `(${first}=${emitter.emit(left)},${second}=${emitter.emit(right)},` +
    `${first}===null||${second}===null?${otherwise}:${code(first, second)})`
  );
}

type BinaryCode = (left: string, right: string, emitter: Emitter, node: TypedArithmetic) => string;

const helper =
  (run: unknown): BinaryCode =>
  (left, right, emitter) =>
    `${emitter.writer.constant(run)}(${left},${right})`;

const wrapInteger =
  (operator: string): BinaryCode =>
  (left, right) =>
    `${left}${operator}${right}|0`;

const wrapLong =
  (operator: string): BinaryCode =>
  (left, right) =>
    `BigInt.asIntN(64,${left}${operator}${right})`;

const plain =
  (operator: string): BinaryCode =>
  (left, right) =>
    `${left}${operator}${right}`;

const decimals: BinaryCode = (left, right, emitter, { operator, type }) => {
  if (type.kind !== 'DECIMAL') return '';
  return `${emitter.writer.constant(decimalOperation(operator, type))}(${left},${right})`;
};

const ARITHMETIC: Readonly<Partial<Record<SqlKind, Readonly<Record<string, BinaryCode>>>>> = {
  INTEGER: {
    '+': wrapInteger('+'),
    '-': wrapInteger('-'),
    '*': (left, right) => `Math.imul(${left},${right})`,
    '/': helper(divideIntegers),
    '%': helper(integerRemainder),
  },
  BIGINT: {
    '+': wrapLong('+'),
    '-': wrapLong('-'),
    '*': wrapLong('*'),
    '/': helper(divideLongs),
    '%': helper(longRemainder),
  },
  DOUBLE: { '+': plain('+'), '-': plain('-'), '*': plain('*'), '/': plain('/'), '%': plain('%') },
  DECIMAL: { '+': decimals, '-': decimals, '*': decimals, '/': decimals, '%': decimals },
  STRING: { '+': plain('+') },
};

// One error for all, without a stack of its own: nulls are ordinary, and this must not be slow.
const NULL_OPERAND = new MillraceError('NULL_OPERAND', 'Cannot calculate with null');

function failOnNull(): never {
  throw NULL_OPERAND;
}

/** The nodes from the root down to which a null simply becomes the result. */
export function nullPropagatingNodes(root: TypedExpression): ReadonlySet<TypedExpression> {
  const nodes = new Set<TypedExpression>();
  const visit = (node: TypedExpression): void => {
    nodes.add(node);
    if (node.kind === 'arithmetic') {
      visit(node.left);
      visit(node.right);
    } else if (node.kind === 'negation' || node.kind === 'cast') visit(node.operand);
  };
  visit(root);
  return nodes;
}

/** Null on either side gives null, or fails what is around. */
export function emitArithmetic(node: TypedArithmetic, emitter: Emitter): string {
  const code = ARITHMETIC[node.type.kind]![node.operator]!;
  return emitBoth(node.left, node.right, emitter, {
    otherwise: emitter.nullsPropagate.has(node) ? 'null' : `${emitter.writer.constant(failOnNull)}()`,
    code: (left, right) => code(left, right, emitter, node),
  });
}

export function emitNegation(node: TypedNegation, emitter: Emitter): string {
  return emitNotNull(node.operand, emitter, (value) => {
    switch (node.type.kind) {
      case 'INTEGER':
        return `0-${value}|0`;
      case 'BIGINT':
        return `BigInt.asIntN(64,-${value})`;
      case 'DECIMAL':
        return `${emitter.writer.constant(negateDecimal)}(${value})`;
      default:
        return `-${value}`;
    }
  });
}

const JAVASCRIPT: Readonly<Record<ComparisonOperator, string>> = {
  '=': '===',
  '<>': '!==',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  'IS DISTINCT FROM': '!==',
  'IS NOT DISTINCT FROM': '===',
};

/** Null on either side makes a comparison false; IS DISTINCT FROM compares nulls as values. */
export function emitComparison(node: TypedComparison, emitter: Emitter): string {
  const { left, right, operator } = node;
  const code = (first: string, second: string): string => compareCode(node, emitter, first, second);
  if (!operator.startsWith('IS')) return emitBoth(left, right, emitter, { otherwise: 'false', code });
  const first = emitter.writer.temporary();
  const second = emitter.writer.temporary();
  return (
    `(${first}=${emitter.emit(left)},${second}=${emitter.emit(right)},` +
    `${first}===null||${second}===null?${first}${JAVASCRIPT[operator]}${second}:${code(first, second)})`
  );
}

function compareCode({ left, operator }: TypedComparison, emitter: Emitter, first: string, second: string): string {
  const type = left.type!;
  switch (type.kind) {
    case 'DECIMAL':
    case 'BYTES':
      return `${emitter.writer.constant(comparatorOf(type))}(${first},${second})${JAVASCRIPT[operator]}0`;
    case 'ARRAY':
    case 'MAP':
    case 'STRUCT': {
      const equal = emitter.writer.constant(equalityOf(type));
      return `${JAVASCRIPT[operator] === '===' ? '' : '!'}${equal}(${first},${second})`;
    }
    default:
      return `${first}${JAVASCRIPT[operator]}${second}`;
  }
}
