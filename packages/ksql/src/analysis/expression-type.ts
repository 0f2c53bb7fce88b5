import { unreachable } from '@millrace/base';
import type { ColumnReference, Expression, FieldAccess, Subscript } from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';
import { findValueColumn } from '../types/schema.ts';
import { printType, SqlTypes } from '../types/sql-type.ts';
import { typeCall } from './expression-type-calls.ts';
import { ExpressionError } from './expression-type-error.ts';
import { typeArray, typeIn, typeMap, typeSearchedCase, typeSimpleCase, typeStruct } from './expression-type-lists.ts';
import { typeLiteral } from './expression-type-literals.ts';
import { resolveTypeNode } from './expression-type-node.ts';
import {
  typeArithmetic,
  typeBetween,
  typeCast,
  typeComparison,
  typeConcatenation,
  typeLike,
  typeNegation,
} from './expression-type-operators.ts';
import type { ExpressionScope, Typer } from './expression-type-scope.ts';
import type { ExpressionType, TypedExpression } from './expression-type-tree.ts';

/** Nesting beyond this is refused before it becomes code, or overflows a stack. */
const EXPRESSION_DEPTH_MAX = 400;
const EXPRESSION_NODES_MAX = 50_000;

/**
 * Gives an expression its types. Columns must be unqualified by now.
 * @throws ExpressionError where the types do not go together, worded as ksqlDB words it
 * @throws MillraceError `UNKNOWN_FUNCTION`, `FUNCTION_NOT_FOUND`, `AMBIGUOUS_FUNCTION`, `UNKNOWN_TYPE`, `INVALID_TYPE`
 */
export function typeExpression(expression: Expression, scope: ExpressionScope): TypedExpression {
  const typer: Typer = {
    ...scope,
    variables: new Map(),
    depth: 0,
    counter: { variables: 0, nodes: 0 },
    type: typeNode,
  };
  return typeNode(expression, typer);
}

/** The type alone; null for the literal NULL. */
export function expressionType(expression: Expression, scope: ExpressionScope): ExpressionType {
  return typeExpression(expression, scope).type;
}

function typeNode(expression: Expression, outer: Typer): TypedExpression {
  outer.counter.nodes++;
  if (outer.depth >= EXPRESSION_DEPTH_MAX || outer.counter.nodes > EXPRESSION_NODES_MAX) {
    throw new ExpressionError(
      `The expression is too large: at most ${EXPRESSION_DEPTH_MAX} levels and ${EXPRESSION_NODES_MAX} parts are allowed`,
      { expression },
    );
  }
  return typeByKind(expression, { ...outer, depth: outer.depth + 1 });
}

function typeByKind(expression: Expression, typer: Typer): TypedExpression {
  switch (expression.kind) {
    case 'null':
    case 'boolean':
    case 'integer':
    case 'long':
    case 'decimal':
    case 'double':
    case 'string':
    case 'typed-literal':
      return typeLiteral(expression);
    case 'column':
      return typeColumn(expression, typer);
    case 'field-access':
      return typeFieldAccess(expression, typer);
    case 'subscript':
      return typeSubscript(expression, typer);
    case 'function-call':
      return typeCall(expression, typer);
    case 'arithmetic':
      return typeArithmetic(expression, typer);
    case 'arithmetic-unary':
      return typeNegation(expression, typer);
    case 'concatenation':
      return typeConcatenation(expression, typer);
    case 'comparison':
      return typeComparison(expression, typer);
    case 'logical': {
      const left = typer.type(expression.left, typer);
      const right = typer.type(expression.right, typer);
      return { kind: 'logical', type: SqlTypes.BOOLEAN, operator: expression.operator, left, right };
    }
    case 'not':
      return { kind: 'not', type: SqlTypes.BOOLEAN, operand: typer.type(expression.operand, typer) };
    case 'between':
      return typeBetween(expression, typer);
    case 'in':
      return typeIn(expression, typer);
    case 'like':
      return typeLike(expression, typer);
    case 'is-null': {
      const operand = typer.type(expression.operand, typer);
      return { kind: 'is-null', type: SqlTypes.BOOLEAN, operand, negated: expression.negated };
    }
    case 'searched-case':
      return typeSearchedCase(expression, typer);
    case 'simple-case':
      return typeSimpleCase(expression, typer);
    case 'cast': {
      const type = resolveTypeNode(expression.type, typer.customTypes ?? new Map());
      return typeCast(typer.type(expression.operand, typer), type, expression);
    }
    case 'array':
      return typeArray(expression, typer);
    case 'map':
      return typeMap(expression, typer);
    case 'struct':
      return typeStruct(expression, typer);
    case 'star-argument':
    case 'interval-unit':
    case 'lambda':
    case 'at-time-zone':
      throw new ExpressionError(`Unsupported expression: ${printExpression(expression)}`, { expression });
    default:
      return unreachable(expression);
  }
}

function typeColumn(expression: ColumnReference, typer: Typer): TypedExpression {
  const variable = expression.source === null ? typer.variables.get(expression.name) : undefined;
  if (variable !== undefined) return variable;
  const column = findValueColumn(typer.schema, expression.name);
  if (column === undefined || expression.source !== null) {
    throw new ExpressionError(`Unknown column ${printExpression(expression)}.`, { expression });
  }
  return { kind: 'column', type: column.type, index: column.index };
}

function typeFieldAccess(expression: FieldAccess, typer: Typer): TypedExpression {
  const operand = typer.type(expression.base, typer);
  if (operand.type?.kind !== 'STRUCT') {
    const actual = operand.type === null ? 'null' : printType(operand.type);
    throw new ExpressionError(`Expected STRUCT type, got: ${actual}`, { expression });
  }
  const index = operand.type.fields.findIndex((field) => field.name === expression.field);
  if (index < 0) {
    throw new ExpressionError(`Could not find field '${expression.field}' in '${printExpression(expression.base)}'.`, {
      expression,
    });
  }
  return { kind: 'field', type: operand.type.fields[index]!.type, operand, index };
}

function typeSubscript(expression: Subscript, typer: Typer): TypedExpression {
  const operand = typer.type(expression.base, typer);
  const index = typer.type(expression.index, typer);
  switch (operand.type?.kind) {
    case 'ARRAY':
      return { kind: 'element', type: operand.type.element, operand, index: integerIndex(index, expression) };
    case 'MAP':
      return {
        kind: 'element',
        type: operand.type.value,
        operand,
        index: typeCast(index, operand.type.key, expression.index),
      };
    default: {
      const access = `${printExpression(expression.base)}->${printExpression(expression.index)}`;
      const hint = operand.type?.kind === 'STRUCT' ? ` Use the dereference operator for STRUCTS: ${access}` : '';
      const actual = operand.type === null ? 'null' : printType(operand.type);
      throw new ExpressionError(
        `Subscript expression (${printExpression(expression)}) do not apply to ${actual}.${hint}`,
        { expression },
      );
    }
  }
}

function integerIndex(index: TypedExpression, expression: Subscript): TypedExpression {
  if (index.type === null || index.type.kind === 'INTEGER') return index;
  if (index.type.kind === 'BIGINT') return typeCast(index, SqlTypes.INTEGER, expression.index);
  throw new ExpressionError(
    `Array subscripts must be INTEGER, but ${printExpression(expression.index)} is ${printType(index.type)}`,
    { expression },
  );
}
