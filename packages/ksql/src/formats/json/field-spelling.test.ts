import { expect, test } from 'vitest';
import { SqlTypes } from '../../types/sql-type.ts';
import { JSON_FORMAT } from './json-format.ts';

test('a field is found however it and those of earlier records were spelled and ordered; its exact name wins', () => {
  const columns = [
    { name: 'ID', type: SqlTypes.INTEGER },
    { name: 'N', type: SqlTypes.INTEGER },
  ];
  const serde = JSON_FORMAT.createSerde(columns, { isKey: false, features: new Set(), properties: {} });
  const rows: readonly [string, readonly (number | null)[]][] = [
    ['{"id":1,"n":2}', [1, 2]],
    ['{"n":2,"id":1}', [1, 2]],
    ['{"x":0,"id":1,"n":2}', [1, 2]],
    ['{"id":1,"ID":3,"n":2}', [3, 2]],
    ['{"ID":3,"id":1,"n":2}', [3, 2]],
    ['{"iD":4}', [4, null]],
    ['{"\\u0069d":5,"n":2}', [5, 2]],
    ['\ufeff{"ID":6, "N" : 7 }', [6, 7]],
    ['{"id": 8, "n": 9}', [8, 9]],
    ['{ "id" : 8 , "n" : 9 }', [8, 9]],
    ['{}', [null, null]],
    ['{"id":1,"n":2}', [1, 2]],
  ];
  for (const [text, row] of [...rows, ...rows.toReversed()]) {
    expect([text, serde.deserialize(new TextEncoder().encode(text), 'topic')]).toEqual([text, row]);
  }
});
