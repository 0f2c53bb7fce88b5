import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, parseExpression } from './parse.ts';
import { printExpression } from './print-ast.ts';
import { printStatement } from './print-statement.ts';
import { arbitraryExpression, arbitraryStatement } from './test-support/arbitrary-statements.ts';

/** Without places, which belong to the text and not to what it says. */
function meaning(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, value) => {
      if (key === 'location') return null;
      if (typeof value === 'bigint') return `${value}n`;
      return Object.is(value, -0) ? '-0' : value;
    }),
  );
}

test('a printed expression reads back as the same expression', () => {
  fc.assert(
    fc.property(arbitraryExpression, (expression) => {
      expect(meaning(parseExpression(printExpression(expression)))).toEqual(meaning(expression));
    }),
    { numRuns: 1000 },
  );
});

test('a printed statement reads back as the same statement', () => {
  fc.assert(
    fc.property(arbitraryStatement, (statement) => {
      expect(meaning(parse(printStatement(statement)).map((each) => each.build()))).toEqual([meaning(statement)]);
    }),
    { numRuns: 500 },
  );
});
