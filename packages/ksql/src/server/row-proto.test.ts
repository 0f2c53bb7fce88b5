import { expect, test } from 'vitest';
import { PROTOBUF_NOSR_FORMAT } from '../formats/protobuf/protobuf-format.ts';
import { decodeBase64 } from '../lib/base64.ts';
import { arrayType, decimalType, mapType, SqlTypes, structType } from '../types/sql-type.ts';
import { rowMessages } from './row-proto.ts';

const COLUMNS = [
  { name: 'ID', type: SqlTypes.BIGINT },
  { name: 'PRICE', type: decimalType(6, 2) },
  { name: 'AT', type: SqlTypes.TIMESTAMP },
  { name: 'DAY', type: SqlTypes.DATE },
  { name: 'HOUR', type: SqlTypes.TIME },
  { name: 'TAGS', type: arrayType(SqlTypes.STRING) },
  { name: 'SIZES', type: mapType(SqlTypes.STRING, SqlTypes.INTEGER) },
  { name: 'OWNER', type: structType([{ name: 'NAME', type: SqlTypes.STRING }]) },
];

test('a row of plain values becomes a message that PROTOBUF_NOSR reads back', () => {
  const { write, text } = rowMessages(COLUMNS);
  const bytes = decodeBase64(
    write([5n, '12.50', new Date(1500), '2001-01-31', '10:30', ['a', 'b'], { x: 1, y: 2 }, { NAME: 'Ada' }]),
  );
  const serde = PROTOBUF_NOSR_FORMAT.createSerde(COLUMNS, { isKey: false, features: new Set(), properties: {} });
  const [id, price, at, day, hour, tags, sizes, owner] = serde.deserialize(bytes, 'T')!;
  expect([id, String(price), at, day, hour, tags, owner]).toEqual([
    5n,
    '12.50',
    1500,
    11_353,
    37_800_000,
    ['a', 'b'],
    ['Ada'],
  ]);
  expect([...(sizes as ReadonlyMap<string, number>)].sort()).toEqual([
    ['x', 1],
    ['y', 2],
  ]);
  expect(text).toContain('  repeated ConnectDefault2Entry SIZES = 7;\n');
});

test('columns without a message are refused by name of their type', () => {
  const nested = [{ name: 'A', type: arrayType(arrayType(SqlTypes.INTEGER)) }];
  expect(() => rowMessages(nested)).toThrow(/arrays of arrays/);
});
