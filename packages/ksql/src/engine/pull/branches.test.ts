import { expect, test } from 'vitest';
import { parseExpression } from '../../syntax/parse.ts';
import { printExpression } from '../../syntax/print-ast.ts';
import { branchesOf } from './branches.ts';

const told = (condition: string): readonly string[] =>
  branchesOf(parseExpression(condition)).map((branch) => branch.map((each) => printExpression(each)).join(' AND '));

test.each([
  ['a = 1', ['(A = 1)']],
  ['a IN (1, 2) AND b > 3', ['(A = 1) AND (B > 3)', '(A = 2) AND (B > 3)']],
  ['a BETWEEN 1 AND 2 OR b = 1', ['(A >= 1) AND (A <= 2)', '(B = 1)']],
  ['NOT (a = 1 AND b < 2)', ['(A <> 1)', '(B >= 2)']],
  ['NOT NOT a = 1', ['(A = 1)']],
  ['a NOT IN (1, 2)', ['(A <> 1) AND (A <> 2)']],
  ['a NOT BETWEEN 1 AND 2', ['(A < 1)', '(A > 2)']],
  ["NOT s LIKE 'x'", ["(NOT (S LIKE 'x'))"]],
])('%s is %j', (condition, branches) => {
  expect(told(condition)).toEqual(branches);
});
