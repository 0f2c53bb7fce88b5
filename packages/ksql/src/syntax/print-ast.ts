import { unreachable } from '@millrace/base';
import type { Expression, Literal, TypeNode, WhenClause } from './ast.ts';
import { printNameSpelling, printString } from './names.ts';

/** How names are written: so that they read back, or bare as messages show them. */
export type NamePrinter = (name: string) => string;

/**
 * An expression as SQL, with every operator in parentheses, as ksqlDB writes expressions into messages and plans. With
 * the default name printer it reads back as the same expression.
 */
export function printExpression(of: Expression, name: NamePrinter = printNameSpelling): string {
  const print = (each: Expression): string => printExpression(each, name);
  const list = (items: readonly Expression[]): string => items.map(print).join(', ');
  switch (of.kind) {
    case 'null':
    case 'boolean':
    case 'integer':
    case 'long':
    case 'decimal':
    case 'double':
    case 'string':
      return printLiteral(of);
    case 'typed-literal':
      return `${name(of.type)} ${printString(of.value)}`;
    case 'column':
      return of.source === null ? name(of.name) : `${name(of.source)}.${name(of.name)}`;
    case 'field-access':
      return `${printBase(of.base, name)}->${name(of.field)}`;
    case 'subscript':
      return `${printBase(of.base, name)}[${print(of.index)}]`;
    case 'function-call':
      return `${name(of.name)}(${list(of.args)})`;
    case 'star-argument':
      return '*';
    case 'interval-unit':
      return of.unit;
    case 'lambda':
      return `${printParameters(of.parameters, name)} => ${print(of.body)}`;
    case 'arithmetic':
      return `(${print(of.left)} ${of.operator} ${print(of.right)})`;
    case 'arithmetic-unary':
      return `${of.sign}${printSigned(of.operand, name)}`;
    case 'concatenation':
      return `(${print(of.left)} || ${print(of.right)})`;
    case 'comparison':
    case 'logical':
      return `(${print(of.left)} ${of.operator} ${print(of.right)})`;
    case 'not':
      return `(NOT ${print(of.operand)})`;
    case 'between':
      return `(${print(of.operand)} BETWEEN ${print(of.low)} AND ${print(of.high)})`;
    case 'in':
      return `(${print(of.operand)} IN (${list(of.candidates)}))`;
    case 'like': {
      const escaped = of.escape === null ? '' : ` ESCAPE ${printString(of.escape)}`;
      return `(${print(of.operand)} LIKE ${print(of.pattern)}${escaped})`;
    }
    case 'is-null':
      return `(${print(of.operand)} IS ${of.negated ? 'NOT ' : ''}NULL)`;
    case 'searched-case':
      return `(CASE${printWhens(of.whens, of.otherwise, name)} END)`;
    case 'simple-case':
      return `(CASE ${print(of.operand)}${printWhens(of.whens, of.otherwise, name)} END)`;
    case 'cast':
      return `CAST(${print(of.operand)} AS ${printTypeNode(of.type, name)})`;
    case 'array':
      return `ARRAY[${list(of.elements)}]`;
    case 'map':
      return `MAP(${of.entries.map(({ key, value }) => `${print(key)}:=${print(value)}`).join(', ')})`;
    case 'struct':
      return `STRUCT(${of.fields.map((field) => `${name(field.name)}:=${print(field.value)}`).join(', ')})`;
    case 'at-time-zone':
      return `${printBase(of.operand, name)} AT TIME ZONE ${printString(of.zone)}`;
    default:
      return unreachable(of);
  }
}

/** A literal as SQL; a DOUBLE keeps its exponent, without which it would read back as a DECIMAL. */
export function printLiteral(of: Literal): string {
  switch (of.kind) {
    case 'null':
      return 'null';
    case 'string':
      return printString(of.value);
    case 'decimal':
      return of.text;
    case 'double': {
      const exponential = of.value.toExponential().toUpperCase().replace('E+', 'E');
      return Object.is(of.value, -0) ? '-0E0' : exponential;
    }
    default:
      return String(of.value);
  }
}

/** Kinds that are printed so that nothing behind them could be taken for a part of them. */
const SELF_DELIMITED: readonly Expression['kind'][] = [
  ...(['column', 'field-access', 'subscript', 'function-call', 'array', 'map', 'struct', 'cast', 'string'] as const),
  ...(['null', 'boolean', 'typed-literal', 'arithmetic', 'concatenation', 'comparison', 'logical', 'not'] as const),
  ...(['between', 'in', 'like', 'is-null', 'searched-case', 'simple-case'] as const),
];

/** What stands before `->` and `[`: in parentheses unless nothing in it could be taken apart. */
function printBase(of: Expression, name: NamePrinter): string {
  const printed = printExpression(of, name);
  return SELF_DELIMITED.includes(of.kind) ? printed : `(${printed})`;
}

/** What a sign stands before. A number would swallow the sign, and two minus signs would begin a comment. */
function printSigned(of: Expression, name: NamePrinter): string {
  const printed = printExpression(of, name);
  return /^[\d.+-]/.test(printed) ? `(${printed})` : printed;
}

function printParameters(parameters: readonly string[], name: NamePrinter): string {
  return parameters.length === 1 ? name(parameters[0]!) : `(${parameters.map(name).join(', ')})`;
}

function printWhens(whens: readonly WhenClause[], otherwise: Expression | null, name: NamePrinter): string {
  const printed = whens.map(
    (when) => ` WHEN ${printExpression(when.condition, name)} THEN ${printExpression(when.result, name)}`,
  );
  return printed.join('') + (otherwise === null ? '' : ` ELSE ${printExpression(otherwise, name)}`);
}

export function printTypeNode(of: TypeNode, name: NamePrinter = printNameSpelling): string {
  switch (of.kind) {
    case 'named-type': {
      const printed = of.name === 'DECIMAL' ? of.name : name(of.name);
      return of.parameters.length === 0 ? printed : `${printed}(${of.parameters.join(', ')})`;
    }
    case 'array-type':
      return `ARRAY<${printTypeNode(of.element, name)}>`;
    case 'map-type':
      return `MAP<${printTypeNode(of.key, name)}, ${printTypeNode(of.value, name)}>`;
    case 'struct-type': {
      const fields = of.fields.map((field) => `${name(field.name)} ${printTypeNode(field.type, name)}`);
      // `<>` would be read as one sign.
      return fields.length === 0 ? 'STRUCT< >' : `STRUCT<${fields.join(', ')}>`;
    }
    default:
      return unreachable(of);
  }
}
