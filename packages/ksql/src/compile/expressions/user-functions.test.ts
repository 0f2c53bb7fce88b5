import { expect, it } from 'vitest';
import { builtInFunctions } from '../../functions/built-in.ts';
import { nullableOverload, overload } from '../../functions/function.ts';
import { arrayOf, BIGINT, generic, INTEGER, STRING, variadic } from '../../functions/parameter.ts';
import { parseExpression } from '../../syntax/parse.ts';
import { SchemaBuilder } from '../../types/schema.ts';
import { printType, SqlTypes } from '../../types/sql-type.ts';
import { compileExpression } from './compile-expression.ts';

const functions = builtInFunctions();
functions.registerScalar({
  name: 'repeat_text',
  category: 'STRING',
  description: 'A text many times.',
  overloads: [
    overload({ parameters: [STRING, INTEGER], returns: STRING, evaluate: (text, count) => text.repeat(count) }),
    overload({ parameters: [STRING, BIGINT], returns: STRING, evaluate: (text, count) => text.repeat(Number(count)) }),
  ],
  examples: [{ call: "REPEAT_TEXT('a', 3)", result: 'aaa' }],
});
const T = generic('T');
functions.registerScalar({
  name: 'known',
  category: 'ARRAY',
  description: 'The arguments that are not null.',
  overloads: [
    nullableOverload({
      parameters: [variadic(T)],
      returns: arrayOf(T),
      evaluate: (...values) => values.filter((value) => value !== null),
    }),
  ],
  examples: [],
});

const schema = new SchemaBuilder().value('S', SqlTypes.STRING).value('L', SqlTypes.BIGINT).build();

function evaluate(sql: string): { readonly type: string; readonly value: unknown } {
  const compiled = compileExpression(parseExpression(sql), { schema, functions });
  const value = compiled.evaluate(['ab', 2n], () => {});
  return { type: printType(compiled.type!), value };
}

it('calls functions of users like its own', () => {
  expect(evaluate('REPEAT_TEXT(S, L)')).toEqual({ type: 'STRING', value: 'abab' });
  expect(evaluate('known(NULL, L, 5)')).toEqual({ type: 'ARRAY<BIGINT>', value: [2n, 5n] });
});

it('is null where such a function throws, and names its overloads where none fits', () => {
  expect(evaluate('REPEAT_TEXT(S, -1)').value).toBeNull();
  expect(() => evaluate('REPEAT_TEXT(L, L)')).toThrow('REPEAT_TEXT(STRING, INTEGER)\nREPEAT_TEXT(STRING, BIGINT)');
});

it('has one function for a name', () => {
  expect(() =>
    functions.registerScalar({ name: 'UCASE', category: 'STRING', description: '', overloads: [], examples: [] }),
  ).toThrow("A function with the name 'UCASE' already exists");
});
