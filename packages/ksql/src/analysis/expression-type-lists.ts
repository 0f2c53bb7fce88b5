import type {
  ArrayConstructor,
  Expression,
  In,
  MapConstructor,
  SearchedCase,
  SimpleCase,
  StructConstructor,
  WhenClause,
} from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-ast.ts';
import { arrayType, mapType, printType, type SqlType, SqlTypes, sameType, structType } from '../types/sql-type.ts';
import { coerceList, type ListElement } from './expression-type-coercion.ts';
import { ExpressionError } from './expression-type-error.ts';
import { comparison, typeCast } from './expression-type-operators.ts';
import { newVariable, type Typer } from './expression-type-scope.ts';
import type { TypedCase, TypedExpression, TypedVariable } from './expression-type-tree.ts';

/** Constructors, IN and CASE: wherever several expressions must agree on one type. */

const SEE = '(see https://github.com/confluentinc/ksql/issues/4239)';

const element = (expression: Expression, typer: Typer): ListElement => ({
  expression,
  typed: typer.type(expression, typer),
});

function allNull(what: string, part: string, expression: Expression): ExpressionError {
  return new ExpressionError(
    `Cannot construct ${what} with all NULL ${part}s ${SEE}. ` +
      `As a workaround, you may cast a NULL ${part === 'element' ? 'value' : part} to the desired type.`,
    { expression },
  );
}

export function typeArray(expression: ArrayConstructor, typer: Typer): TypedExpression {
  if (expression.elements.length === 0) {
    throw new ExpressionError(`Array constructor cannot be empty. Please supply at least one element ${SEE}.`, {
      expression,
    });
  }
  const list = coerceList(
    expression.elements.map((each) => element(each, typer)),
    typer,
  );
  if (list.type === null) {
    throw new ExpressionError(
      `Cannot construct an array with all NULL elements ${SEE}. ` +
        'As a workaround, you may cast a NULL value to the desired type.',
      { expression },
    );
  }
  return { kind: 'array', type: arrayType(list.type), elements: list.elements };
}

export function typeMap(expression: MapConstructor, typer: Typer): TypedExpression {
  if (expression.entries.length === 0) {
    throw new ExpressionError(`Map constructor cannot be empty. Please supply at least one key value pair ${SEE}.`, {
      expression,
    });
  }
  const keys = coerceList(
    expression.entries.map((entry) => element(entry.key, typer)),
    typer,
  );
  if (keys.type === null) throw allNull('a map', 'key', expression);
  const values = coerceList(
    expression.entries.map((entry) => element(entry.value, typer)),
    typer,
  );
  if (values.type === null) throw allNull('a map', 'value', expression);
  const entries = keys.elements.map((key, index) => ({ key, value: values.elements[index]! }));
  return { kind: 'map', type: mapType(keys.type, values.type), entries };
}

export function typeStruct(expression: StructConstructor, typer: Typer): TypedExpression {
  const fields = expression.fields.map((field) => typer.type(field.value, typer));
  const types = expression.fields.map(({ name }, index) => {
    const type = fields[index]!.type;
    if (type === null) {
      throw new ExpressionError(
        `Cannot infer the type of field '${name}', which is NULL. Please cast it to the desired type.`,
        { expression },
      );
    }
    return { name, type };
  });
  return { kind: 'struct', type: structType(types), fields };
}

/** NULL in the list never matches, so it is left out. */
export function typeIn(expression: In, typer: Typer): TypedExpression {
  const candidates = expression.candidates.filter((candidate) => candidate.kind !== 'null');
  const list = coerceList(
    [expression.operand, ...candidates].map((each) => element(each, typer)),
    typer,
  );
  const [operand, ...others] = list.elements;
  return { kind: 'in', type: SqlTypes.BOOLEAN, operand: operand!, candidates: others };
}

export function typeSearchedCase(expression: SearchedCase, typer: Typer): TypedExpression {
  const whens = expression.whens.map((when) => {
    const condition = typer.type(when.condition, typer);
    if (condition.type?.kind !== 'BOOLEAN') {
      throw new ExpressionError(
        `WHEN operand type should be boolean.\nType for '${printExpression(when.condition)}' is ` +
          (condition.type === null ? 'null' : printType(condition.type)),
        { expression },
      );
    }
    return { condition, source: when };
  });
  return typeBranches(expression, whens, typer);
}

/** `CASE x WHEN a THEN …` compares x with each value in turn; x is computed once. */
export function typeSimpleCase(expression: SimpleCase, typer: Typer): TypedExpression {
  const value = typer.type(expression.operand, typer);
  const operand: TypedVariable = { kind: 'variable', type: value.type, variable: newVariable(typer) };
  const whens = expression.whens.map((when) => {
    const candidate = typer.type(when.condition, typer);
    const condition = comparison('=', operand, candidate, expression, [expression.operand, when.condition]);
    return { condition, source: when };
  });
  const body = typeBranches(expression, whens, typer);
  return { kind: 'let', type: body.type, variable: operand.variable, value, body };
}

type TypedWhen = { readonly condition: TypedExpression; readonly source: WhenClause };

/** All branches must be of one type; unlike elsewhere in lists, nothing is cast. Those that are null take it. */
function typeBranches(expression: SearchedCase | SimpleCase, whens: readonly TypedWhen[], typer: Typer): TypedCase {
  const results = whens.map(({ source }) => typer.type(source.result, typer));
  const type = typeOfResults(expression, whens, results);
  const otherwise = expression.otherwise === null ? null : typer.type(expression.otherwise, typer);
  const common = type ?? otherwise?.type ?? null;
  if (common === null) {
    throw new ExpressionError('Invalid Case expression. All case branches have NULL type', { expression });
  }
  if (otherwise !== null && otherwise.type !== null && !sameType(common, otherwise.type)) {
    throw new ExpressionError(
      "Invalid Case expression. Type for the default clause should be the same as for 'THEN' clauses.\n" +
        `THEN type: ${printType(common)}.\nDEFAULT type: ${printType(otherwise.type)}.`,
      { expression },
    );
  }
  return {
    kind: 'case',
    type: common,
    whens: whens.map(({ condition, source }, index) => {
      return { condition, result: typeCast(results[index]!, common, source.result) };
    }),
    otherwise: otherwise === null ? null : typeCast(otherwise, common, expression.otherwise!),
  };
}

function typeOfResults(
  expression: Expression,
  whens: readonly TypedWhen[],
  results: readonly TypedExpression[],
): SqlType | null {
  let common: SqlType | null = null;
  for (const [index, { type }] of results.entries()) {
    if (type === null) continue;
    common ??= type;
    if (sameType(common, type)) continue;
    const { condition, result } = whens[index]!.source;
    const when = `WHEN ${printExpression(condition)} THEN ${printExpression(result)}`;
    throw new ExpressionError(
      "Invalid Case expression. Type for all 'THEN' clauses should be the same.\n" +
        `THEN expression '${when}' has type: ${printType(type)}.\n` +
        `Previous THEN expression(s) type: ${printType(common)}.`,
      { expression },
    );
  }
  return common;
}
