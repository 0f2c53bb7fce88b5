import { expect, test } from 'vitest';
import type { Statement } from './ast.ts';
import { parse, parseExpression } from './parse.ts';
import { printExpression } from './print-ast.ts';

const one = (text: string): Statement => parse(text)[0]!.build();
const shown = (text: string): string => printExpression(parseExpression(text));

test('a text splits into statements, each with its own text', () => {
  const texts = parse('SHOW STREAMS; -- a comment ;\n/* another ; */ SHOW TABLES;').map((each) => each.text);
  expect(texts).toEqual(['SHOW STREAMS;', 'SHOW TABLES;']);
});

test('unquoted names fold to upper case, quoted ones stay as they are', () => {
  expect(one('DROP STREAM Orders;')).toMatchObject({ name: 'ORDERS' });
  expect(one('DROP STREAM `Orders`;')).toMatchObject({ name: 'Orders' });
  expect(one('DROP STREAM "Or""ders";')).toMatchObject({ name: 'Or"ders' });
});

test('a header is named without spaces around its name, which is not empty', () => {
  expect(one("CREATE STREAM s (h BYTES HEADER(' at ')) WITH (kafka_topic='s');")).toMatchObject({
    elements: [{ constraint: { kind: 'header', key: 'at' } }],
  });
  expect(() => one("CREATE STREAM s (h BYTES HEADER(' ')) WITH (kafka_topic='s');")).toThrow(
    'Header column must have a non-empty header key name defined',
  );
});

test('keywords that are not reserved are names, and names may begin with digits', () => {
  expect(one('SELECT date, key, id, "from", `select`, 2nd FROM source EMIT CHANGES;')).toMatchObject({
    from: { first: { source: 'SOURCE', alias: null } },
    emit: 'CHANGES',
  });
});

test('operators bind as in ksqlDB', () => {
  expect(shown('a + b * c - d')).toBe('((A + (B * C)) - D)');
  expect(shown('NOT a = 1 AND b OR c')).toBe('(((NOT (A = 1)) AND B) OR C)');
  expect(shown('a NOT BETWEEN 1 AND 2 AND b')).toBe('((NOT (A BETWEEN 1 AND 2)) AND B)');
  expect(shown('-a->b[1]->c')).toBe('-A->B[1]->C');
});

test('a minus before a number is part of it, elsewhere it is an operator', () => {
  expect(parseExpression('-5')).toMatchObject({ kind: 'integer', value: -5 });
  expect(parseExpression('a -5')).toMatchObject({ kind: 'arithmetic', operator: '-' });
  expect(parseExpression('-9223372036854775808')).toMatchObject({ kind: 'long', value: -(2n ** 63n) });
});

test('the spelling of a number decides its type', () => {
  expect(['1', '2147483648', '1.50', '1.5E2'].map((text) => parseExpression(text).kind)).toEqual([
    ...['integer', 'long', 'decimal', 'double'],
  ]);
});

test('stars and struct fields in a projection are told apart', () => {
  expect(one('SELECT *, s.*, s.a->*, s.a->b c FROM s;')).toMatchObject({
    select: [
      { kind: 'select-all', source: null },
      { kind: 'select-all', source: 'S' },
      { kind: 'select-struct-all' },
      { kind: 'select-expression', alias: 'C' },
    ],
  });
});

test('lambdas and units of time are arguments', () => {
  expect(parseExpression('REDUCE(a, 0, (s, x) => s + x)')).toMatchObject({
    args: [{}, {}, { parameters: ['S', 'X'] }],
  });
  expect(parseExpression('DATEADD(DAYS, 1, d)')).toMatchObject({
    args: [{ kind: 'interval-unit', unit: 'DAYS' }, {}, {}],
  });
});

test('GROUP BY takes a list with or without parentheses, and expressions that begin with one', () => {
  const groupBy = (text: string): number | undefined => {
    const statement = one(`SELECT 1 FROM s GROUP BY ${text};`);
    return statement.kind === 'query' ? statement.groupBy?.expressions.length : undefined;
  };
  expect(['a, b', '(a, b)', '(a)', '(a + b) * c, d', '()'].map(groupBy)).toEqual([2, 2, 1, 2, 0]);
});
