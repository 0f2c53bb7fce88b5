import { seededRandom } from '@millrace/base';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textMatching } from './generated-text.ts';

const piece = fc.constantFrom(
  'a',
  'Z',
  '7',
  '_',
  '\\d',
  '\\w',
  '\\s',
  '\\.',
  '.',
  '[a-c]',
  '[^a-y]',
  '[-x]',
  '[\\d_]',
  '\\-',
);
const times = fc.constantFrom('', '?', '*', '+', '{2}', '{0,3}', '{1,}', '*?');
// Repeats without end within each other keep JavaScript's own matching busy for ever.
const fewTimes = fc.constantFrom('', '?', '{2}');

const { pattern } = fc.letrec<{ pattern: string; branch: string; part: string }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 2 },
    fc.tuple(piece, times).map((both) => both.join('')),
    fc.tuple(tie('pattern'), fewTimes).map(([inner, repeat]) => `(${inner})${repeat}`),
    fc.tuple(tie('pattern'), fewTimes).map(([inner, repeat]) => `(?:${inner})${repeat}`),
  ),
  branch: fc.array(tie('part'), { maxLength: 3 }).map((all) => all.join('')),
  pattern: fc.array(tie('branch'), { minLength: 1, maxLength: 2 }).map((branches) => branches.join('|')),
}));

test('a text that is made for a regex matches it', () => {
  fc.assert(
    fc.property(pattern, fc.integer(), (regex, seed) => {
      const text = textMatching(regex)(seededRandom(seed));
      expect(text).toMatch(new RegExp(`^(?:${regex})$`, 's'));
    }),
  );
});

test.each([
  ['[a', 'a class has no end'],
  ['(a', 'a group has no end'],
  ['a)', 'a group has no beginning'],
  ['(?=a)', 'only (?:…) may follow ('],
  ['\\b', '\\b is not known here'],
  ['a{3,2}', '{3,2} ends before it begins'],
  ['[^ -~]', 'a class is empty'],
])('%s is refused', (regex, reason) => {
  expect(() => textMatching(regex)).toThrow(reason);
});
