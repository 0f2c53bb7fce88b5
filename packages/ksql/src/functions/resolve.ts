import { MillraceError } from '@millrace/base';
import { commonType, exactDecimalType, kindWidensTo } from '../types/implicit-casts.ts';
import { arrayType, mapType, printType, quoteNone, type SqlType, sameType } from '../types/sql-type.ts';
import type { Signature } from './function.ts';
import { type Parameter, type ParameterType, printParameterType } from './parameter.ts';

/** An argument as far as its type is known before an overload is chosen; null is the type of the literal NULL. */
export type Argument =
  | { readonly kind: 'value'; readonly type: SqlType | null }
  | { readonly kind: 'lambda'; readonly parameterCount: number }
  | { readonly kind: 'interval-unit' };

/** Types that stand for the type variables of a signature. */
export type Generics = Map<string, SqlType>;

type Candidate<Overload> = { readonly overload: Overload; readonly generics: number };

export type ResolveOptions = {
  readonly name: string;
  /** Whether narrower numbers are accepted for wider ones; aggregates do not. */
  readonly implicitCasts: boolean;
};

/**
 * Chooses the overload for these arguments: one that takes them as they are, else one that takes them widened. Among
 * several: no variadic parameter beats one, then more parameters, then fewer type variables; a tie is the user's to break.
 * @throws MillraceError `FUNCTION_NOT_FOUND` or `AMBIGUOUS_FUNCTION`, worded as ksqlDB does, with all candidates.
 */
export function resolveOverload<Overload extends Signature>(
  overloads: readonly Overload[],
  args: readonly Argument[],
  options: ResolveOptions,
): Overload {
  for (const casts of options.implicitCasts ? [false, true] : [false]) {
    const candidates = overloads
      .filter((overload) => accepts(overload.parameters, args, casts))
      .map((overload) => ({ overload, generics: overload.parameters.filter((each) => hasGenerics(each.type)).length }))
      .sort(byRank);
    const [best, second] = candidates;
    if (best === undefined) continue;
    if (second !== undefined && byRank(best, second) === 0) throw ambiguous(overloads, args, options.name);
    return best.overload;
  }
  throw noMatch(overloads, args, options.name);
}

const isVariadic = (signature: Signature): boolean => signature.parameters.some((each) => each.variadic);

function byRank<Overload extends Signature>(left: Candidate<Overload>, right: Candidate<Overload>): number {
  const variadic = Number(isVariadic(left.overload)) - Number(isVariadic(right.overload));
  if (variadic !== 0) return variadic;
  const parameters = right.overload.parameters.length - left.overload.parameters.length;
  return parameters !== 0 ? parameters : left.generics - right.generics;
}

/** The parameter of each argument, with a variadic one repeated or left out; undefined when the count does not fit. */
export function parametersFor(parameters: readonly Parameter[], count: number): readonly Parameter[] | undefined {
  const position = parameters.findIndex((parameter) => parameter.variadic);
  if (position < 0) return parameters.length === count ? parameters : undefined;
  const repeated = count - (parameters.length - 1);
  if (repeated < 0) return undefined;
  const before = parameters.slice(0, position);
  return [...before, ...Array(repeated).fill(parameters[position]!), ...parameters.slice(position + 1)];
}

function accepts(parameters: readonly Parameter[], args: readonly Argument[], casts: boolean): boolean {
  const expanded = parametersFor(parameters, args.length);
  if (expanded === undefined) return false;
  const generics: Generics = new Map();
  return expanded.every((parameter, index) => acceptsArgument(parameter.type, args[index]!, generics, casts));
}

function acceptsArgument(type: ParameterType, argument: Argument, generics: Generics, casts: boolean): boolean {
  switch (argument.kind) {
    case 'lambda':
      return type.kind === 'lambda' && type.inputs.length === argument.parameterCount;
    case 'interval-unit':
      return type.kind === 'interval-unit';
    case 'value':
      if (type.kind === 'lambda' || type.kind === 'interval-unit') return false;
      return argument.type === null || bindGenerics(type, argument.type, generics, casts);
  }
}

function hasGenerics(type: ParameterType): boolean {
  switch (type.kind) {
    case 'generic':
      return true;
    case 'array':
      return hasGenerics(type.element);
    case 'map':
      return hasGenerics(type.key) || hasGenerics(type.value);
    case 'lambda':
      return type.inputs.some(hasGenerics) || hasGenerics(type.result);
    default:
      return false;
  }
}

/**
 * Whether a type fits a parameter, and what it makes its type variables stand for. With `casts` a variable met twice
 * stands for the wider type.
 */
export function bindGenerics(type: ParameterType, actual: SqlType, generics: Generics, casts: boolean): boolean {
  switch (type.kind) {
    case 'generic': {
      const known = generics.get(type.name);
      if (known === undefined || sameType(known, actual)) {
        generics.set(type.name, actual);
        return true;
      }
      const wider = casts ? commonType(known, actual) : undefined;
      if (wider !== undefined) generics.set(type.name, wider);
      return wider !== undefined;
    }
    case 'array':
      return actual.kind === 'ARRAY' && bindGenerics(type.element, actual.element, generics, casts);
    case 'map':
      return (
        actual.kind === 'MAP' &&
        bindGenerics(type.key, actual.key, generics, casts) &&
        bindGenerics(type.value, actual.value, generics, casts)
      );
    case 'decimal':
      return actual.kind === 'DECIMAL' || (casts && kindWidensTo(actual.kind, 'DECIMAL'));
    case 'any':
      return true;
    case 'type':
      return sameType(type.type, actual) || (casts && isCoercible(actual, type.type));
    case 'lambda':
    case 'interval-unit':
      return false;
  }
}

/** Numbers widen, and a text may stand for a time. */
function isCoercible(actual: SqlType, expected: SqlType): boolean {
  switch (expected.kind) {
    case 'ARRAY':
    case 'MAP':
    case 'STRUCT':
      return false;
    case 'TIME':
    case 'DATE':
    case 'TIMESTAMP':
      return actual.kind === 'STRING';
    default:
      return kindWidensTo(actual.kind, expected.kind);
  }
}

/**
 * The type that an argument is cast to before the call; null where it stays as it is because the parameter leaves it open
 * (a null for a type variable that nothing else binds).
 */
export function targetType(type: ParameterType, actual: SqlType | null, generics: Generics): SqlType | null {
  switch (type.kind) {
    case 'type':
      return type.type;
    case 'decimal':
      return actual === null ? null : (exactDecimalType(actual) ?? actual);
    case 'any':
    case 'lambda':
    case 'interval-unit':
      return actual;
    default:
      return substitute(type, generics) ?? actual;
  }
}

/** The SQL type that a parameter type stands for once its variables are bound; undefined while one is not. */
export function substitute(type: ParameterType, generics: Generics): SqlType | undefined {
  switch (type.kind) {
    case 'type':
      return type.type;
    case 'generic':
      return generics.get(type.name);
    case 'array': {
      const element = substitute(type.element, generics);
      return element && arrayType(element);
    }
    case 'map': {
      const key = substitute(type.key, generics);
      const value = substitute(type.value, generics);
      return key && value && mapType(key, value);
    }
    default:
      return undefined;
  }
}

// --------------------------------------------------------------------------------------------------------- messages

function printArgument(argument: Argument): string {
  switch (argument.kind) {
    case 'lambda':
      return 'LAMBDA';
    case 'interval-unit':
      return 'INTERVALUNIT';
    case 'value':
      return argument.type === null ? 'null' : printType(argument.type, quoteNone);
  }
}

function printArguments(args: readonly Argument[]): string {
  return `(${args.map(printArgument).join(', ')})`;
}

function printCandidates(overloads: readonly Signature[], name: string): string {
  const lines = overloads.map((overload) => {
    const types = overload.parameters.map((each) => printParameterType(each.type) + (each.variadic ? '...' : ''));
    return `${name.toUpperCase()}(${types.join(', ')})`;
  });
  return `${lines.join('\n')}\nFor detailed information on a function run: DESCRIBE FUNCTION <Function-Name>;`;
}

function noMatch(overloads: readonly Signature[], args: readonly Argument[], name: string): MillraceError {
  return new MillraceError(
    'FUNCTION_NOT_FOUND',
    `Function '${name}' does not accept parameters ${printArguments(args)}.\nValid alternatives are:\n` +
      printCandidates(overloads, name),
  );
}

function ambiguous(overloads: readonly Signature[], args: readonly Argument[], name: string): MillraceError {
  return new MillraceError(
    'AMBIGUOUS_FUNCTION',
    `Function '${name}' cannot be resolved due to ambiguous method parameters ${printArguments(args)}.\n` +
      'Use CAST() to explicitly cast your parameters to one of the supported function calls.\n' +
      `Valid function calls are:\n${printCandidates(overloads, name)}`,
  );
}
