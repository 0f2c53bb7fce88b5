import { expect, test } from 'vitest';
import { likeMatcher } from './like.ts';

test.each([
  ['%', 'any text', true],
  ['%', 'two\nlines', false],
  ['a%', 'a and b', true],
  ['a%', 'a\nb', false],
  ['a\n%', 'a\nb', true],
  ['%b', 'a\u2028b', false],
  ['a_c', 'a\nc', false],
  ['a_c', 'a😀c', true],
  ['(.*)', '(.*)', true],
  ['(.*)', 'abc', false],
])('%j matches %j: %s', (pattern, text, expected) => {
  expect(likeMatcher(pattern, null)(text)).toBe(expected);
});

test('an escaped character stands for itself, and a pattern can not end with the escape', () => {
  expect(likeMatcher('a!%%', '!')('a%b')).toBe(true);
  expect(likeMatcher('a!%%', '!')('ab')).toBe(false);
  expect(likeMatcher('a!!', '!')('a!')).toBe(true);
  expect(() => likeMatcher('a!', '!')('a')).toThrow('LIKE pattern must not end with escape character');
});
