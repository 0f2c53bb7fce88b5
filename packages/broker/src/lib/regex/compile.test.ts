import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileRegex } from './compile.ts';

test.each([
  ['orders', ['orders'], ['orders2', 'my-orders', 'order']],
  ['orders.*', ['orders', 'orders-eu', 'orders.v2'], ['my-orders']],
  ['(orders|payments)-[a-z]{2}', ['orders-eu', 'payments-us'], ['orders-e', 'orders-EU', 'orders-eur']],
  ['^prefix\\..+$', ['prefix.a'], ['prefixa', 'prefix.']],
  ['(?i)Orders', ['orders', 'ORDERS'], ['order']],
  ['a(?:b|c)*?d+', ['ad', 'abcbd', 'add'], ['a', 'abc']],
  ['[^_].*', ['a', 'a_b'], ['__consumer_offsets']],
  ['[[:alpha:]]+\\d{2,}', ['abc12', 'a123'], ['abc1', '12']],
  ['\\Qa.b\\E.?', ['a.b', 'a.bc'], ['axb']],
  ['[\\w.-]+', ['a.b-c_d9'], ['']],
  ['a{,3}', ['a{,3}'], ['aaa']],
  ['\\bfoo\\b.*', ['foo', 'foo.bar'], ['foobar']],
  ['', [''], ['a']],
])('%s matches whole names', (regex, matching, others) => {
  const matches = compileRegex(regex);
  expect(matching.filter((name) => !matches(name))).toEqual([]);
  expect(others.filter((name) => matches(name))).toEqual([]);
});

test.each([
  '(',
  ')',
  '[',
  '[z-a]',
  '*a',
  'a**',
  'a{2000}',
  '(?=a)',
  '(?<!a)b',
  '\\1',
  '\\',
  '[[:nope:]]',
  '(a{1000}){1000}',
])('%s is refused', (regex) => {
  expect(() => compileRegex(regex)).toThrow(expect.objectContaining({ code: 'INVALID_REGULAR_EXPRESSION' }));
});

test('an expression that a backtracking engine never finishes is answered at once', () => {
  const matches = compileRegex('(a+)+(a*)*b');
  expect(matches('a'.repeat(249))).toBe(false);
  expect(matches(`${'a'.repeat(248)}b`)).toBe(true);
});

test('it agrees with JavaScript on what both understand', () => {
  const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '\\d', '-', '\\.');
  const count = fc.constantFrom('', '*', '+', '?', '{2}', '{1,2}', '{0,}');
  const regex: fc.Arbitrary<string> = fc.letrec<{ whole: string; part: string }>((tie) => ({
    whole: fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
    part: fc.oneof(
      { maxDepth: 2 },
      fc.tuple(atom, count).map(([one, often]) => one + often),
      fc.tuple(tie('whole'), tie('whole'), count).map(([left, right, often]) => `(?:${left}|${right})${often}`),
    ),
  })).whole;
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '1', '-', '.', '_'), maxLength: 5 });
  fc.assert(
    fc.property(regex, fc.array(name, { maxLength: 10 }), (text, names) => {
      const expected = new RegExp(`^(?:${text})$`);
      const matches = compileRegex(text);
      for (const one of names) expect([one, matches(one)]).toEqual([one, expected.test(one)]);
    }),
  );
});
