import { expect, test } from 'vitest';
import { parse, parseType } from '../syntax/parse.ts';
import { printStatement } from '../syntax/print-statement.ts';
import { resolveTypeNode } from './expression-type-node.ts';
import { withResolvedTypes } from './query-expressions.ts';

const customTypes = new Map([['ADDRESS', resolveTypeNode(parseType('STRUCT<street VARCHAR>'), new Map())]]);

function resolved(sql: string): string {
  const statement = parse(sql)[0]!.build();
  if (statement.kind !== 'query') throw new Error(statement.kind);
  return printStatement(withResolvedTypes(statement, customTypes)).replace(/\s+/g, ' ');
}

test('types stand by their own names wherever a query casts', () => {
  const sql = "SELECT CAST(a AS ADDRESS)->street FROM s WHERE CAST(b AS VARCHAR) = 'x' EMIT CHANGES;";
  expect(resolved(sql)).toContain('CAST(A AS STRUCT<STREET STRING>)');
  expect(resolved(sql)).toContain("CAST(B AS STRING) = 'x'");
});

test('an unknown type is told before anything is looked up', () => {
  expect(() => resolved('SELECT CAST(a AS PLACE) FROM s;')).toThrow(
    'Failed to prepare statement: Cannot resolve unknown type: PLACE',
  );
});
