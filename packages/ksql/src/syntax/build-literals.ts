import type { CstNode } from 'chevrotain';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { Duration, Literal, SourceLocation, TimeUnit } from './ast.ts';
import { locationOf, node, tokensInOrder } from './cst.ts';
import { stringOf } from './names.ts';
import { DecimalValue, FloatingPointValue, IntegerValue, StringValue } from './tokens.ts';

const INTEGER_MIN = -(2n ** 31n);
const INTEGER_MAX = 2n ** 31n - 1n;
const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;

/** An error with its place. ksqlDB counts the columns of literals from 2, and tools match on its texts. */
function errorAt({ line, column }: SourceLocation, message: string): KsqlException {
  return new KsqlException(`line ${line}:${column + 1}: ${message}`);
}

function wholeNumber(text: string, location: SourceLocation): Literal {
  const value = BigInt(text);
  if (value >= INTEGER_MIN && value <= INTEGER_MAX) return { kind: 'integer', value: Number(value), location };
  if (value >= LONG_MIN && value <= LONG_MAX) return { kind: 'long', value, location };
  throw errorAt(location, `Invalid numeric literal: ${text}`);
}

function floatingPoint(text: string, location: SourceLocation): Literal {
  const value = Number(text);
  if (!Number.isFinite(value)) throw errorAt(location, `Number overflows DOUBLE: ${text}`);
  return { kind: 'double', value, location };
}

/** A `literal` node; with `negative`, a number takes the sign that stood before it. */
export function buildLiteral(of: CstNode, sign: { readonly location: SourceLocation } | null = null): Literal {
  const token = tokensInOrder(of)[0]!;
  const location = sign?.location ?? locationOf(of);
  const text = `${sign === null ? '' : '-'}${token.image}`;
  switch (token.tokenType) {
    case IntegerValue:
      return wholeNumber(text, location);
    case DecimalValue:
      return { kind: 'decimal', text, location };
    case FloatingPointValue:
      return floatingPoint(text, location);
    case StringValue:
      return { kind: 'string', value: stringOf(token.image), location };
    default: {
      const word = token.image.toUpperCase();
      return word === 'NULL' ? { kind: 'null', location } : { kind: 'boolean', value: word === 'TRUE', location };
    }
  }
}

/** A `number` node that has to be whole, such as a LIMIT. */
export function buildWholeNumber(of: CstNode): number {
  const text = tokensInOrder(of)
    .map((token) => token.image)
    .join('');
  const value = Number(text);
  if (!Number.isSafeInteger(value) || !/^-?\d+$/.test(text)) {
    throw errorAt(locationOf(of), `Invalid numeric literal: ${text}`);
  }
  return value;
}

/** Singular units mean the same as plural ones. */
export function timeUnitOf(word: string): TimeUnit {
  const upper = word.toUpperCase();
  return (upper.endsWith('S') ? upper : `${upper}S`) as TimeUnit;
}

/** A `duration` node. */
export function buildDuration(of: CstNode): Duration {
  const unit = tokensInOrder(node(of, 'timeUnit'))[0]!;
  return { value: buildWholeNumber(node(of, 'number')), unit: timeUnitOf(unit.image) };
}
