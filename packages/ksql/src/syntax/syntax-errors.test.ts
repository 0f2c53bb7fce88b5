import { expect, test } from 'vitest';
import { ParseFailedException } from '../lib/ksql-exception.ts';
import { parse } from './parse.ts';

function errorOf(text: string): string {
  try {
    for (const statement of parse(text)) statement.build();
  } catch (thrown) {
    if (thrown instanceof ParseFailedException) return thrown.rawMessage;
    throw thrown;
  }
  throw new Error(`parsed: ${text}`);
}

const MESSAGES: readonly (readonly [promise: string, text: string, message: string])[] = [
  ['a word that begins no statement is named', "RUN SCRIPT 'f';", "line 1:1: Syntax Error\nUnknown statement 'RUN'"],
  [
    'a misspelled statement gets a suggestion',
    'PRONT topic;',
    "line 1:1: Syntax Error\nUnknown statement 'PRONT'\nDid you mean 'PRINT'?",
  ],
  [
    'where a statement could have ended nothing more is said',
    'SELECT * FROM s ORDER BY x;',
    'line 1:23: Syntax Error\n',
  ],
  [
    'a missing sign is named',
    'CREATE TABLE t AS SELECT a, COUNT(*) FROM s\nGROUP BY a, (b, c);',
    "line 2:15: Syntax Error\nmissing ')' at ','",
  ],
  [
    'a short choice is listed',
    'CREATE STREAM s (k DOUBLE (KEY)) WITH (format=1);',
    "line 1:28: Syntax Error\nExpecting {'STRING', INTEGER_VALUE}",
  ],
  [
    'the end of a list may be a comma as well',
    'CREATE STREAM s (k VARCHAR(9) (KEY));',
    "line 1:31: Syntax Error\nExpecting {',', ')'}",
  ],
  [
    'a word where a type belongs is pointed at',
    'SELECT CAST(a AS NULL) FROM s;',
    "line 1:18: Syntax Error\nSyntax error at or near 'NULL' at line 1:18",
  ],
  ['an unfinished text is told at its end', 'SELECT a\nFROM', 'line 2:5: Syntax Error\n'],
  ['a missing semicolon is named', 'SELECT a FROM s', "line 1:16: Syntax Error\nmissing ';' at '<EOF>'"],
  ['a missing keyword is named', 'SELECT CAST(a INT) FROM s;', "line 1:15: Syntax Error\nmissing 'AS' at 'INT'"],
  [
    'a word too many is told by what was expected',
    'SELECT a b c FROM s;',
    "line 1:12: Syntax Error\nExpecting {',', 'FROM'}",
  ],
  [
    'a wrong part of a statement is pointed at',
    'SHOW a;',
    "line 1:6: Syntax Error\nSyntax error at or near 'a' at line 1:6",
  ],
  [
    'a reserved word before a name is told',
    'CREATE STREAM s (a INT, by INT) WITH (format=1);',
    'line 1:25: Syntax Error\n"by" is a reserved keyword and it can\'t be used as an identifier.',
  ],
  ['an unknown character is an error, not skipped', 'SELECT a ? b FROM s;', 'line 1:10: Syntax Error\n'],
  [
    'a number that overflows is told when the statement is prepared',
    'SELECT 1E999 FROM s;',
    'Failed to prepare statement: line 1:9: Number overflows DOUBLE: 1E999',
  ],
];

for (const [promise, text, message] of MESSAGES) {
  test(promise, () => {
    expect(errorOf(text).startsWith(message), errorOf(text)).toBe(true);
  });
}

test('an error carries the whole text and says where it comes from', () => {
  expect(() => parse('SELECT;')).toThrow('Statement: SELECT;');
});

test('nesting has a limit, told as an error with its place', () => {
  const text = `SELECT ${'('.repeat(200)}1${')'.repeat(200)} FROM s;`;
  expect(errorOf(text)).toContain('Nested deeper than');
});

test("the test tools' statements are part of the language only where they are asked for", () => {
  const text = "ASSERT VALUES s (a) VALUES (1); RUN SCRIPT 'x';";
  expect(parse(text, { testStatements: true }).map((each) => each.build().kind)).toEqual([
    'assert-values',
    'run-script',
  ]);
  expect(() => parse(text)).toThrow('Syntax Error');
});
