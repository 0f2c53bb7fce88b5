import { expect, test } from 'vitest';
import { splitStatements, withoutComments } from './split-statements.ts';

test('statements end at semicolons that are not quoted and not in a comment', () => {
  const text = `-- first; of all
SELECT 'a;''b' FROM \`s;\` WHERE "x;" = 1; /* ; */
SET 'a'='b'; -- the end;`;
  expect(splitStatements(text)).toEqual({
    statements: [`SELECT 'a;''b' FROM \`s;\` WHERE "x;" = 1;`, "SET 'a'='b';"],
    rest: '',
    open: null,
  });
});

test.each([
  ['SELECT 1', 'SELECT 1', null],
  ["SELECT 'a;", "SELECT 'a;", 'quotes'],
  ["SELECT 'a'';", "SELECT 'a'';", 'quotes'],
  ["SELECT ''", "SELECT ''", null],
  ['SELECT `a;', 'SELECT `a;', 'quotes'],
  ['SELECT /* ; ', 'SELECT', 'comment'],
  ['SELECT -- ;', 'SELECT', null],
  ['/*/', '', 'comment'],
  ['/**/', '', null],
  ['', '', null],
] as const)('of %j is left %j, open: %s', (text, rest, open) => {
  expect(splitStatements(text)).toEqual({ statements: [], rest, open });
});

test('comments are taken out, quotes stay', () => {
  expect(withoutComments("/* a */ SELECT '--' -- b\n, 1;")).toBe("SELECT '--'  \n, 1;");
});
