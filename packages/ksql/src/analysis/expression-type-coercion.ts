import type { ArrayConstructor, Expression, MapConstructor, StructConstructor } from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';
import { parseBooleanExactly } from '../types/casts.ts';
import { parseDecimal } from '../types/decimal.ts';
import { commonType } from '../types/implicit-casts.ts';
import { parseLong } from '../types/java-text.ts';
import { arrayType, isNumeric, mapType, printType, type SqlType, SqlTypes, structType } from '../types/sql-type.ts';
import { ExpressionError } from './expression-type-error.ts';
import { decimalLiteralType, isLiteral } from './expression-type-literals.ts';
import { typeCast } from './expression-type-operators.ts';
import type { Typer } from './expression-type-scope.ts';
import type { ExpressionType, TypedExpression } from './expression-type-tree.ts';

/**
 * The common type of a list that the user wrote: `IN (…)`, `ARRAY[…]`, the branches of CASE. It is found from left to
 * right, each element widening what there is. Literals, also inside constructors, are laxer than columns: text becomes
 * a number, a boolean or a time where one is needed, and anything becomes text.
 */
export type ListElement = { readonly expression: Expression; readonly typed: TypedExpression };

export type CoercedList = {
  /** Null: every element is NULL. */
  readonly type: ExpressionType;
  /** The elements, cast to the type. */
  readonly elements: readonly TypedExpression[];
};

/** @throws ExpressionError (pass `code`) when there is no common type */
export function coerceList(list: readonly ListElement[], typer: Typer): CoercedList {
  let type: ExpressionType = null;
  for (const element of list) type = widen(type, element, typer);
  if (type === null) return { type, elements: list.map((element) => element.typed) };
  const common = type;
  return { type, elements: list.map((element) => typeCast(element.typed, common, element.expression)) };
}

/** The type that holds what `target` holds and the element too. */
function widen(target: ExpressionType, { expression, typed }: ListElement, typer: Typer): ExpressionType {
  if (typed.type === null) return target;
  if (target === null) return typed.type;
  switch (expression.kind) {
    case 'array':
      return widenArray(target, expression, typed.type, typer);
    case 'map':
      return widenMap(target, expression, typed.type, typer);
    case 'struct':
      return widenStruct(target, expression, typed.type, typer);
    default:
      return (
        (isLiteral(expression) ? widenByLiteral(target, expression) : undefined) ??
        commonType(target, typed.type) ??
        fail(target, typed.type, expression)
      );
  }
}

function widenByLiteral(target: SqlType, literal: Expression): SqlType | undefined {
  if (literal.kind !== 'string') return target.kind === 'STRING' ? target : undefined;
  if (isNumeric(target)) return widenByNumberText(target, literal);
  switch (target.kind) {
    case 'BOOLEAN':
      if (parseBooleanExactly(literal.value) === null) throw badSyntax(target, literal.value, literal);
      return target;
    case 'TIME':
    case 'DATE':
    case 'TIMESTAMP':
      return target;
    default:
      return undefined;
  }
}

function widenByNumberText(target: SqlType, literal: Expression & { readonly kind: 'string' }): SqlType {
  const type = numberTextType(literal.value.trim());
  const common = type && commonType(target, type);
  if (common === undefined) throw badSyntax(target, literal.value, literal);
  return common;
}

const INTEGER_LIMIT = 2n ** 31n;

function numberTextType(text: string): SqlType | undefined {
  const long = parseLong(text);
  if (long !== null) return -INTEGER_LIMIT < long && long < INTEGER_LIMIT ? SqlTypes.INTEGER : SqlTypes.BIGINT;
  return parseDecimal(text) === null ? undefined : decimalLiteralType(text);
}

/** The elements of a constructor inside a list are themselves a list that goes on from the target's element type. */
function widenInside(target: SqlType, elements: readonly Expression[], typer: Typer): SqlType {
  let type: SqlType = target;
  for (const expression of elements) {
    type = widen(type, { expression, typed: typer.type(expression, typer) }, typer) ?? type;
  }
  return type;
}

/** A failure inside a constructor is told with the constructor's own types. */
function outside<Result>(target: SqlType, actual: SqlType, expression: Expression, run: () => Result): Result {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof ExpressionError && cause.message.startsWith(NO_OPERATOR)) {
      return fail(target, actual, expression, cause);
    }
    throw cause;
  }
}

function widenArray(target: SqlType, expression: ArrayConstructor, actual: SqlType, typer: Typer): SqlType {
  if (target.kind !== 'ARRAY') return fail(target, actual, expression);
  return outside(target, actual, expression, () => arrayType(widenInside(target.element, expression.elements, typer)));
}

function widenMap(target: SqlType, expression: MapConstructor, actual: SqlType, typer: Typer): SqlType {
  if (target.kind !== 'MAP') return fail(target, actual, expression);
  const keys = expression.entries.map((entry) => entry.key);
  const values = expression.entries.map((entry) => entry.value);
  return outside(target, actual, expression, () =>
    mapType(widenInside(target.key, keys, typer), widenInside(target.value, values, typer)),
  );
}

/** A struct gets the fields of both sides, its own first. */
function widenStruct(target: SqlType, expression: StructConstructor, actual: SqlType, typer: Typer): SqlType {
  if (target.kind !== 'STRUCT' || actual.kind !== 'STRUCT') return fail(target, actual, expression);
  return outside(target, actual, expression, () => {
    const own = expression.fields.map(({ name, value }, index) => {
      const other = target.fields.find((field) => field.name === name);
      return { name, type: other === undefined ? actual.fields[index]!.type : widenInside(other.type, [value], typer) };
    });
    const added = target.fields.filter((field) => !own.some((each) => each.name === field.name));
    return structType([...own, ...added]);
  });
}

const NO_OPERATOR = 'operator does not exist: ';

function fail(target: SqlType, actual: SqlType, expression: Expression, cause?: ExpressionError): never {
  throw new ExpressionError(
    `${NO_OPERATOR}${printType(target)} = ${printType(actual)} (${printExpression(expression)})\n` +
      'Hint: You might need to add explicit type casts.',
    { expression, pass: 'code', cause },
  );
}

function badSyntax(target: SqlType, text: string, expression: Expression): ExpressionError {
  return new ExpressionError(`invalid input syntax for type ${target.kind}: "${text}".`, { expression, pass: 'code' });
}
