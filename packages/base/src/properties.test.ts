import { expect, test } from 'vitest';
import { parseProperties, propertiesOf } from './properties.ts';

test('names end at the first =, : or white space that is not escaped', () => {
  expect(propertiesOf('a=1\nb : 2\n  c 3\nd\\ e\\=f = g=h:i \nlonely')).toEqual({
    a: '1',
    b: '2',
    c: '3',
    'd e=f': 'g=h:i ',
    lonely: '',
  });
});

test('comments and blank lines are no entries, a # inside a value is part of it', () => {
  expect(propertiesOf('# one\n  ! two\n\n \t\na = x # y\r\nb=!')).toEqual({ a: 'x # y', b: '!' });
});

test('a backslash at the end goes on with the next line, two of them are one backslash', () => {
  const text = 'list = a,\\\n    b,\\\r\n  # no comment\npath=C:\\\\\nnext=1';
  expect(parseProperties(text)).toEqual([
    { name: 'list', value: 'a,b,# no comment', line: 1 },
    { name: 'path', value: 'C:\\', line: 4 },
    { name: 'next', value: '1', line: 5 },
  ]);
});

test('escapes stand for their characters', () => {
  expect(propertiesOf('a=\\ttab\\nline\\u00e9\\z')).toEqual({ a: '\ttab\nline\u00e9z' });
  expect(() => propertiesOf('ok=1\nbad=\\u12')).toThrow('line 2');
});

test('of a name that stands there twice the last value counts', () => {
  expect(propertiesOf('a=1\na=2')).toEqual({ a: '2' });
});
