import { assert } from '@millrace/base';
import type { Literal, TypedLiteral } from '../syntax/ast.ts';
import { parseDecimal, precisionOf, rescale } from '../types/decimal.ts';
import { type DecimalType, decimalType, SqlTypes } from '../types/sql-type.ts';
import { parseDate, parseTime, parseTimestamp } from '../types/time-text.ts';
import { ExpressionError } from './expression-type-error.ts';
import type { TypedConstant } from './expression-type-tree.ts';

export function isLiteral(expression: { readonly kind: string }): expression is Literal {
  switch (expression.kind) {
    case 'null':
    case 'boolean':
    case 'integer':
    case 'long':
    case 'decimal':
    case 'double':
    case 'string':
      return true;
    default:
      return false;
  }
}

export function typeLiteral(literal: Literal | TypedLiteral): TypedConstant {
  switch (literal.kind) {
    case 'null':
      return { kind: 'constant', type: null, value: null };
    case 'boolean':
      return { kind: 'constant', type: SqlTypes.BOOLEAN, value: literal.value };
    case 'integer':
      return { kind: 'constant', type: SqlTypes.INTEGER, value: literal.value };
    case 'long':
      return { kind: 'constant', type: SqlTypes.BIGINT, value: literal.value };
    case 'double':
      return { kind: 'constant', type: SqlTypes.DOUBLE, value: literal.value };
    case 'string':
      return { kind: 'constant', type: SqlTypes.STRING, value: literal.value };
    case 'decimal': {
      const type = decimalLiteralType(literal.text);
      return { kind: 'constant', type, value: rescale(parseDecimal(literal.text)!, type.scale) };
    }
    case 'typed-literal':
      return typeTypedLiteral(literal);
  }
}

/** The smallest decimal type that holds the number as it is written. */
export function decimalLiteralType(text: string): DecimalType {
  const value = parseDecimal(text);
  assert(value !== null, `not a decimal literal: ${text}`);
  const scale = Math.max(value.scale, 0);
  if (value.unscaled === 0n) return decimalType(scale + 1, scale);
  return decimalType(Math.max(precisionOf(value), scale), scale);
}

function typeTypedLiteral(literal: TypedLiteral): TypedConstant {
  switch (literal.type.toUpperCase()) {
    case 'DATE':
      return { kind: 'constant', type: SqlTypes.DATE, value: parseDate(literal.value) };
    case 'TIME':
      return { kind: 'constant', type: SqlTypes.TIME, value: parseTime(literal.value) };
    case 'TIMESTAMP':
      return { kind: 'constant', type: SqlTypes.TIMESTAMP, value: parseTimestamp(literal.value) };
    default:
      throw new ExpressionError(`Unknown type of a literal: ${literal.type}`, { expression: literal });
  }
}
