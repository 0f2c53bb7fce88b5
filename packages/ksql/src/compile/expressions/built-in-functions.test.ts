import { describe, expect, it } from 'vitest';
import { builtInFunctions } from '../../functions/built-in.ts';
import { SCALAR_FUNCTIONS } from '../../functions/built-in-scalar.ts';
import { parseExpression } from '../../syntax/parse.ts';
import { printerOf } from '../../types/print-value.ts';
import { SchemaBuilder } from '../../types/schema.ts';
import { compileExpression } from './compile-expression.ts';

const schema = new SchemaBuilder().build();
const functions = builtInFunctions();

function run(call: string): string | null {
  const compiled = compileExpression(parseExpression(call), { schema, functions });
  const value = compiled.evaluate([], () => {});
  return value === null || compiled.type === null ? null : printerOf(compiled.type)(value);
}

describe('every scalar function gives the results of its examples', () => {
  for (const scalar of SCALAR_FUNCTIONS) {
    it.each(scalar.examples.map((example) => [example.call, example.result] as const))(`%s`, (call, result) => {
      expect(run(call)).toBe(result);
    });
  }

  it('and has examples', () => {
    expect(SCALAR_FUNCTIONS.filter((scalar) => scalar.examples.length === 0)).toEqual([]);
  });
});
