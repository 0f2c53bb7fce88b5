import type { AggregateOverload, ScalarOverload, TableOverload } from '../functions/function.ts';
import type { ComparisonOperator } from '../syntax/ast.ts';
import type { Operator } from '../types/arithmetic.ts';
import type { SqlType, StructType } from '../types/sql-type.ts';
import type { SqlValue } from '../types/values.ts';

/**
 * An expression in a schema: names are positions, functions are chosen, every implicit cast stands there, and each node
 * has its type. This is what `compile/expressions` turns into code. Operands of arithmetic are already of the result's
 * kind, operands of a comparison and all candidates of a list already of one type.
 */
export type TypedExpression =
  | TypedConstant
  | TypedColumn
  | TypedVariable
  | TypedLet
  | TypedCast
  | TypedArithmetic
  | TypedNegation
  | TypedComparison
  | TypedLogical
  | TypedNot
  | TypedIsNull
  | TypedIn
  | TypedLike
  | TypedCase
  | TypedArray
  | TypedMap
  | TypedStruct
  | TypedField
  | TypedElement
  | TypedCall
  | TypedAggregateCall
  | TypedTableCall;

/** The type of a typed expression; null is the type of the literal NULL. */
export type ExpressionType = SqlType | null;

/** A literal, or what could be computed from literals. */
export type TypedConstant = { readonly kind: 'constant'; readonly type: ExpressionType; readonly value: SqlValue };
export type TypedColumn = {
  readonly kind: 'column';
  readonly type: SqlType;
  /** Position in the row, which is the position among the value columns of the schema. */
  readonly index: number;
};
/** A lambda's parameter, or a value bound by {@link TypedLet}; numbers are unique in one expression. */
export type TypedVariable = { readonly kind: 'variable'; readonly type: ExpressionType; readonly variable: number };
/** Evaluates `value` once for a `body` that uses it more than once. */
export type TypedLet = {
  readonly kind: 'let';
  readonly type: ExpressionType;
  readonly variable: number;
  readonly value: TypedExpression;
  readonly body: TypedExpression;
};
export type TypedCast = {
  readonly kind: 'cast';
  readonly type: SqlType;
  readonly operand: TypedExpression;
  /** A value that can't be cast fails what is around it; otherwise the cast alone is null. */
  readonly failsAll?: true;
};
export type TypedArithmetic = {
  readonly kind: 'arithmetic';
  readonly type: SqlType;
  readonly operator: Operator;
  readonly left: TypedExpression;
  readonly right: TypedExpression;
};
export type TypedNegation = { readonly kind: 'negation'; readonly type: SqlType; readonly operand: TypedExpression };
export type TypedComparison = {
  readonly kind: 'comparison';
  readonly type: SqlType;
  readonly operator: ComparisonOperator;
  readonly left: TypedExpression;
  readonly right: TypedExpression;
};
export type TypedLogical = {
  readonly kind: 'logical';
  readonly type: SqlType;
  readonly operator: 'AND' | 'OR';
  readonly left: TypedExpression;
  readonly right: TypedExpression;
};
export type TypedNot = { readonly kind: 'not'; readonly type: SqlType; readonly operand: TypedExpression };
export type TypedIsNull = {
  readonly kind: 'is-null';
  readonly type: SqlType;
  readonly operand: TypedExpression;
  readonly negated: boolean;
};
export type TypedIn = {
  readonly kind: 'in';
  readonly type: SqlType;
  readonly operand: TypedExpression;
  readonly candidates: readonly TypedExpression[];
};
export type TypedLike = {
  readonly kind: 'like';
  readonly type: SqlType;
  readonly operand: TypedExpression;
  readonly pattern: TypedExpression;
  readonly escape: string | null;
};
export type TypedCase = {
  readonly kind: 'case';
  readonly type: SqlType;
  readonly whens: readonly { readonly condition: TypedExpression; readonly result: TypedExpression }[];
  readonly otherwise: TypedExpression | null;
};
export type TypedArray = {
  readonly kind: 'array';
  readonly type: SqlType;
  readonly elements: readonly TypedExpression[];
};
export type TypedMap = {
  readonly kind: 'map';
  readonly type: SqlType;
  readonly entries: readonly { readonly key: TypedExpression; readonly value: TypedExpression }[];
};
export type TypedStruct = {
  readonly kind: 'struct';
  readonly type: StructType;
  readonly fields: readonly TypedExpression[];
};
export type TypedField = {
  readonly kind: 'field';
  readonly type: SqlType;
  readonly operand: TypedExpression;
  readonly index: number;
};
/** An element of an array or the value of a map's key. */
export type TypedElement = {
  readonly kind: 'element';
  readonly type: SqlType;
  readonly operand: TypedExpression;
  readonly index: TypedExpression;
};
export type TypedLambda = {
  readonly kind: 'lambda';
  readonly variables: readonly number[];
  readonly body: TypedExpression;
};
export type TypedArgument = TypedExpression | TypedLambda;
export type TypedCall = {
  readonly kind: 'call';
  readonly type: ExpressionType;
  readonly name: string;
  readonly overload: ScalarOverload;
  /** Types of the arguments after their implicit casts; lambdas stand here with the type of their result. */
  readonly argumentTypes: readonly SqlType[];
  readonly args: readonly TypedArgument[];
};
/** Only for asking types: a plan computes aggregates in a step of their own and refers to the results as columns. */
export type TypedAggregateCall = {
  readonly kind: 'aggregate-call';
  readonly type: SqlType;
  readonly name: string;
  readonly overload: AggregateOverload;
  /** The arguments that are columns, in order; literals that configure the function are in `constants`. */
  readonly args: readonly TypedExpression[];
  readonly constants: readonly SqlValue[];
};
export type TypedTableCall = {
  readonly kind: 'table-call';
  readonly type: SqlType;
  readonly name: string;
  readonly overload: TableOverload;
  readonly args: readonly TypedExpression[];
};
