import { assert } from '@millrace/base';
import type { AggregateFunction, ScalarFunction, Signature, TableFunction } from '../functions/function.ts';
import type { Parameter, ParameterType } from '../functions/parameter.ts';
import {
  type Argument,
  bindGenerics,
  type Generics,
  parametersFor,
  resolveOverload,
  substitute,
  targetType,
} from '../functions/resolve.ts';
import type { Expression, FunctionCall, Lambda } from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';
import { commonType } from '../types/implicit-casts.ts';
import { printType, type SqlType, SqlTypes, sameType } from '../types/sql-type.ts';
import { ExpressionError } from './expression-type-error.ts';
import { typeCast } from './expression-type-operators.ts';
import { newVariable, type Typer } from './expression-type-scope.ts';
import type {
  ExpressionType,
  TypedAggregateCall,
  TypedArgument,
  TypedCall,
  TypedConstant,
  TypedExpression,
  TypedTableCall,
} from './expression-type-tree.ts';

/** A call of a function of any kind; which overload it is, its arguments' implicit casts, and its type. */
export function typeCall(expression: FunctionCall, typer: Typer): TypedCall | TypedAggregateCall | TypedTableCall {
  const found = typer.functions.get(expression.name);
  switch (found.kind) {
    case 'scalar':
      return typeScalarCall(expression, found, typer);
    case 'aggregate':
      return typeAggregateCall(expression, found, typer);
    case 'table':
      return typeTableCall(expression, found, typer);
  }
}

/** An argument before the overload is known: lambdas can be typed only after it. */
type EarlyArgument = {
  readonly expression: Expression;
  readonly typed: TypedExpression | null;
  readonly argument: Argument;
};

function earlyArgument(expression: Expression, typer: Typer): EarlyArgument {
  switch (expression.kind) {
    case 'lambda':
      return {
        expression,
        typed: null,
        argument: { kind: 'lambda', parameterCount: expression.parameters.length },
      };
    case 'interval-unit': {
      const typed: TypedConstant = { kind: 'constant', type: SqlTypes.STRING, value: expression.unit };
      return { expression, typed, argument: { kind: 'interval-unit' } };
    }
    default: {
      const typed = typer.type(expression, typer);
      return { expression, typed, argument: { kind: 'value', type: typed.type } };
    }
  }
}

function typeScalarCall(expression: FunctionCall, found: ScalarFunction, typer: Typer): TypedCall {
  const early = expression.args.map((each) => earlyArgument(each, typer));
  const overload = resolveOverload(
    found.overloads,
    early.map((each) => each.argument),
    { name: found.name, implicitCasts: true },
  );
  const parameters = parametersFor(overload.parameters, early.length)!;
  const generics: Generics = new Map();
  early.forEach(({ argument }, index) => {
    if (argument.kind === 'value' && argument.type !== null) {
      bindGenerics(parameters[index]!.type, argument.type, generics, true);
    }
  });
  const args = early.map((each, index) => lateArgument(each, parameters[index]!, generics, typer));
  const argumentTypes = args.map(({ argument }) =>
    argument.kind === 'lambda' ? (argument.body.type ?? SqlTypes.STRING) : (argument.type ?? SqlTypes.STRING),
  );
  return {
    kind: 'call',
    type: returnType(overload, argumentTypes, generics),
    name: found.name,
    overload,
    argumentTypes,
    args: args.map(({ argument }) => argument),
  };
}

/** A result whose type variable only nulls were given for is NULL. */
function returnType(signature: Signature, types: readonly SqlType[], generics: Generics): ExpressionType {
  if (signature.returnType !== undefined) return signature.returnType(types);
  return substitute(signature.returns.type, generics) ?? null;
}

function lateArgument(
  early: EarlyArgument,
  parameter: Parameter,
  generics: Generics,
  typer: Typer,
): { readonly argument: TypedArgument } {
  if (early.expression.kind === 'lambda') {
    return { argument: typeLambda(early.expression, parameter.type, generics, typer) };
  }
  assert(early.typed !== null, 'only lambdas are typed late');
  if (early.argument.kind === 'interval-unit') return { argument: early.typed };
  const target = targetType(parameter.type, early.typed.type, generics);
  return { argument: target === null ? early.typed : typeCast(early.typed, target, early.expression) };
}

/** The body's type binds the result's type variable; where that is bound already the body is widened to it. */
function typeLambda(expression: Lambda, type: ParameterType, generics: Generics, typer: Typer): TypedArgument {
  assert(type.kind === 'lambda', 'a lambda was resolved to a parameter that takes none');
  const variables = new Map(typer.variables);
  const numbers = expression.parameters.map((name, index) => {
    const input = substitute(type.inputs[index]!, generics) ?? null;
    const variable = newVariable(typer);
    variables.set(name, { kind: 'variable', type: input, variable });
    return variable;
  });
  const body = typer.type(expression.body, { ...typer, variables });
  return { kind: 'lambda', variables: numbers, body: lambdaBody(body, expression, type.result, generics) };
}

function lambdaBody(
  body: TypedExpression,
  expression: Lambda,
  result: ParameterType,
  generics: Generics,
): TypedExpression {
  if (body.type === null) return body;
  const expected = substitute(result, generics);
  if (expected === undefined) {
    bindGenerics(result, body.type, generics, false);
    return body;
  }
  if (sameType(expected, body.type)) return body;
  const common = commonType(expected, body.type);
  if (common === undefined || !sameType(common, expected)) {
    throw new ExpressionError(
      `Lambda '${printExpression(expression)}' should return ${printType(expected)} but returns ${printType(body.type)}`,
      { expression },
    );
  }
  return typeCast(body, expected, expression.body);
}

/** `COUNT(*)` and `COUNT()` count rows: they are given the row's time, which is never null. */
function aggregateArguments(expression: FunctionCall): readonly Expression[] {
  const [first] = expression.args;
  if (first !== undefined && first.kind !== 'star-argument') return expression.args;
  return [{ kind: 'column', source: null, name: 'ROWTIME', location: expression.location }];
}

function typeAggregateCall(expression: FunctionCall, found: AggregateFunction, typer: Typer): TypedAggregateCall {
  const early = aggregateArguments(expression).map((each) => earlyArgument(each, typer));
  const overload = resolveOverload(
    found.overloads,
    early.map((each) => each.argument),
    { name: found.name, implicitCasts: false },
  );
  const parameters = parametersFor(overload.parameters, early.length)!;
  const columns: TypedExpression[] = [];
  const constants: TypedConstant[] = [];
  early.forEach(({ typed, expression: source }, index) => {
    assert(typed !== null, 'aggregates take no lambdas');
    const parameter = parameters[index]!;
    if (parameter.constant === true) constants.push(requireConstant(typed, source, index, found.name));
    else columns.push(typed);
  });
  const generics: Generics = new Map();
  early.forEach(({ typed }, index) => {
    if (typed?.type) bindGenerics(parameters[index]!.type, typed.type, generics, false);
  });
  const bound = overload.bind({
    types: columns.map((column) => column.type ?? SqlTypes.STRING),
    constants: constants.map((each) => each.value),
    setting: () => undefined,
  });
  return {
    kind: 'aggregate-call',
    type: bound.returnType,
    name: found.name,
    overload,
    args: columns,
    constants: constants.map((each) => each.value),
  };
}

function requireConstant(typed: TypedExpression, source: Expression, index: number, name: string): TypedConstant {
  if (typed.kind === 'constant') return typed;
  throw new ExpressionError(
    `Parameter ${index + 1} passed to function ${name} must be a literal constant, but was expression: ` +
      `'${printExpression(source)}'`,
    { expression: source },
  );
}

function typeTableCall(expression: FunctionCall, found: TableFunction, typer: Typer): TypedTableCall {
  const early = expression.args.map((each) => earlyArgument(each, typer));
  const overload = resolveOverload(
    found.overloads,
    early.map((each) => each.argument),
    { name: found.name, implicitCasts: true },
  );
  const parameters = parametersFor(overload.parameters, early.length)!;
  const generics: Generics = new Map();
  early.forEach(({ typed }, index) => {
    if (typed?.type) bindGenerics(parameters[index]!.type, typed.type, generics, true);
  });
  const args = early.map(({ typed, expression: source }, index) => {
    assert(typed !== null, 'table functions take no lambdas');
    const target = targetType(parameters[index]!.type, typed.type, generics);
    return target === null ? typed : typeCast(typed, target, source);
  });
  const type = returnType(
    overload,
    args.map((each) => each.type ?? SqlTypes.STRING),
    generics,
  );
  if (type === null) {
    throw new ExpressionError(`The rows of ${printExpression(expression)} have no type`, { expression });
  }
  return { kind: 'table-call', type, name: found.name, overload, args };
}
