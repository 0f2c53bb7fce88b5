import type {
  Arithmetic,
  ArithmeticUnary,
  Between,
  Comparison,
  ComparisonOperator,
  Concatenation,
  Expression,
  Like,
} from '../syntax/ast.ts';
import { COMPARISON_NAMES } from '../syntax/comparisons.ts';
import { printExpression } from '../syntax/print-ast.ts';
import { arithmeticType, type Operator } from '../types/arithmetic.ts';
import { castFunction } from '../types/casts.ts';
import { commonType, exactDecimalType } from '../types/implicit-casts.ts';
import { isPseudoColumn, isWindowBound } from '../types/schema.ts';
import { isNumeric, printType, type SqlType, SqlTypes, sameType } from '../types/sql-type.ts';
import { parseTimestamp } from '../types/time-text.ts';
import { ExpressionError } from './expression-type-error.ts';
import { newVariable, type Typer } from './expression-type-scope.ts';
import type { ExpressionType, TypedComparison, TypedExpression, TypedVariable } from './expression-type-tree.ts';

/**
 * The operand as a value of `type`. A constant is cast now, unless that fails: then the row that gets there fails.
 * @throws ExpressionError when no value of the operand's type can be cast
 */
export function typeCast(operand: TypedExpression, type: SqlType, expression: Expression): TypedExpression {
  if (operand.type === null) {
    if (operand.kind === 'constant') return { kind: 'constant', type, value: null };
    return { kind: 'cast', type, operand };
  }
  if (sameType(operand.type, type)) return operand;
  const cast = castOrThrow(operand.type, type, expression);
  if (operand.kind === 'constant' && operand.value !== null) {
    try {
      return { kind: 'constant', type, value: cast(operand.value) };
    } catch {
      return { kind: 'cast', type, operand };
    }
  }
  return { kind: 'cast', type, operand };
}

function castOrThrow(from: SqlType, to: SqlType, expression: Expression): ReturnType<typeof castFunction> {
  try {
    return castFunction(from, to);
  } catch (cause) {
    throw new ExpressionError((cause as Error).message, { expression, pass: 'code', cause });
  }
}

const kindOf = (type: ExpressionType): string => type?.kind ?? 'NULL';

export function typeArithmetic(expression: Arithmetic, typer: Typer): TypedExpression {
  const left = typer.type(expression.left, typer);
  const right = typer.type(expression.right, typer);
  return arithmetic(expression.operator, left, right, expression);
}

export function typeConcatenation(expression: Concatenation, typer: Typer): TypedExpression {
  const left = typer.type(expression.left, typer);
  const right = typer.type(expression.right, typer);
  return arithmetic('+', left, right, expression);
}

const typeText = (type: SqlType | null): string => (type === null ? 'null' : printType(type));

function arithmetic(
  operator: Operator,
  left: TypedExpression,
  right: TypedExpression,
  expression: Expression,
): TypedExpression {
  const type = left.type && right.type && arithmeticType(operator, left.type, right.type);
  if (type === undefined || type === null) {
    const isWithNull = left.type === null || right.type === null;
    const problem = isWithNull
      ? `Arithmetic on types ${typeText(left.type)} and ${typeText(right.type)} are not supported.`
      : `Unsupported arithmetic types. ${kindOf(left.type)} ${kindOf(right.type)}`;
    throw new ExpressionError(`Error processing expression: ${printExpression(expression)}. ${problem}`, {
      expression,
    });
  }
  const operandType = (operand: SqlType): SqlType => (type.kind === 'DECIMAL' ? exactDecimalType(operand)! : type);
  return {
    kind: 'arithmetic',
    type,
    operator,
    left: typeCast(left, operandType(left.type!), expression),
    right: typeCast(right, operandType(right.type!), expression),
  };
}

export function typeNegation(expression: ArithmeticUnary, typer: Typer): TypedExpression {
  const operand = typer.type(expression.operand, typer);
  if (operand.type === null || !isNumeric(operand.type)) {
    throw new ExpressionError(
      `Error processing expression: ${printExpression(expression)}. Unsupported arithmetic types. ` +
        kindOf(operand.type),
      { expression },
    );
  }
  return expression.sign === '+' ? operand : { kind: 'negation', type: operand.type, operand };
}

const isEquality = (operator: ComparisonOperator): boolean =>
  operator === '=' || operator === '<>' || operator.startsWith('IS');

const isTime = (type: SqlType): boolean => type.kind === 'TIME' || type.kind === 'DATE' || type.kind === 'TIMESTAMP';

export function typeComparison(expression: Comparison, typer: Typer): TypedExpression {
  const left = typeSide(expression.left, expression.right, typer);
  const right = typeSide(expression.right, expression.left, typer);
  return comparison(expression.operator, left, right, expression, [expression.left, expression.right]);
}

/** A side of a comparison. A string beside ROWTIME or a window bound is a timestamp, and becomes its milliseconds. */
function typeSide(side: Expression, other: Expression, typer: Typer): TypedExpression {
  if (side.kind === 'string' && isTimeColumn(other)) {
    return { kind: 'constant', type: SqlTypes.BIGINT, value: BigInt(parseTimestamp(side.value)) };
  }
  return typer.type(side, typer);
}

const isTimeColumn = (expression: Expression): boolean =>
  expression.kind === 'column' &&
  (isWindowBound(expression.name) || (isPseudoColumn(expression.name) && expression.name === 'ROWTIME'));

/** `sources` are the two sides as written, for messages. */
export function comparison(
  operator: ComparisonOperator,
  left: TypedExpression,
  right: TypedExpression,
  expression: Expression,
  sources: readonly [Expression, Expression],
  pass: ExpressionError['pass'] = 'type',
): TypedComparison {
  if (left.type === null || right.type === null) {
    throw new ExpressionError(
      `Comparison with NULL not supported: ${kindOf(left.type)} ${operator} ${kindOf(right.type)}\n` +
        "Use 'IS NULL' or 'IS NOT NULL' instead.",
      { expression, pass },
    );
  }
  const type = comparisonType(left.type, right.type, operator);
  if (type === undefined) {
    throw new ExpressionError(
      `Cannot compare ${printExpression(sources[0])} (${printType(left.type)}) to ` +
        `${printExpression(sources[1])} (${printType(right.type)}) with ${COMPARISON_NAMES[operator]}.`,
      { expression, pass },
    );
  }
  return {
    kind: 'comparison',
    type: SqlTypes.BOOLEAN,
    operator,
    left: typeOperand(left, type, expression),
    right: typeOperand(right, type, expression),
  };
}

/** Decimals compare whatever their scale, so that they are not cast to one another. */
function typeOperand(operand: TypedExpression, type: SqlType, expression: Expression): TypedExpression {
  if (type.kind === 'DECIMAL' && operand.type?.kind === 'DECIMAL') return operand;
  const cast = typeCast(operand, type, expression);
  return cast !== operand && cast.kind === 'cast' ? { ...cast, failsAll: true } : cast;
}

/** The type in which two values are compared; undefined when they can't be. */
function comparisonType(left: SqlType, right: SqlType, operator: ComparisonOperator): SqlType | undefined {
  if (isNumeric(left) && isNumeric(right)) return commonType(left, right);
  if (isTime(left) || isTime(right)) return timeComparisonType(left, right);
  if (left.kind !== right.kind) return undefined;
  switch (left.kind) {
    case 'BOOLEAN':
    case 'ARRAY':
    case 'MAP':
    case 'STRUCT':
      return isEquality(operator) ? commonType(left, right) : undefined;
    default:
      return left;
  }
}

function timeComparisonType(left: SqlType, right: SqlType): SqlType | undefined {
  if (left.kind === right.kind || right.kind === 'STRING') return left;
  if (left.kind === 'STRING') return right;
  const bothDays = left.kind !== 'TIME' && right.kind !== 'TIME' && isTime(left) && isTime(right);
  return bothDays ? SqlTypes.TIMESTAMP : undefined;
}

/** `x BETWEEN a AND b` is `x >= a AND x <= b`, with x computed once. */
export function typeBetween(expression: Between, typer: Typer): TypedExpression {
  const low = typeSide(expression.low, expression.operand, typer);
  const high = typeSide(expression.high, expression.operand, typer);
  const value = typeSide(expression.operand, expression.low, typer);
  const operand: TypedVariable = { kind: 'variable', type: value.type, variable: newVariable(typer) };
  const atLeast = comparison('>=', operand, low, expression, [expression.operand, expression.low], 'code');
  const atMost = comparison('<=', operand, high, expression, [expression.operand, expression.high], 'code');
  return {
    kind: 'let',
    type: SqlTypes.BOOLEAN,
    variable: operand.variable,
    value,
    body: { kind: 'logical', type: SqlTypes.BOOLEAN, operator: 'AND', left: atLeast, right: atMost },
  };
}

export function typeLike(expression: Like, typer: Typer): TypedExpression {
  const operand = typer.type(expression.operand, typer);
  const pattern = typer.type(expression.pattern, typer);
  for (const side of [operand, pattern]) {
    if (side.type !== null && side.type.kind !== 'STRING') {
      if (side === operand && expression.operand.kind === 'column') {
        const message = `The column type for Like condition must be VARCHAR. The column type is ${printType(side.type)}`;
        throw new ExpressionError(message, { expression });
      }
      throw new ExpressionError(`Unsupported LIKE on ${printType(side.type)}: ${printExpression(expression)}`, {
        expression,
      });
    }
  }
  return { kind: 'like', type: SqlTypes.BOOLEAN, operand, pattern, escape: expression.escape };
}
