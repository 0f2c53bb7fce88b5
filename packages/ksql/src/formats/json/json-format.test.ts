import { describe, expect, it } from 'vitest';
import { Decimal } from '../../types/decimal.ts';
import type { SimpleColumn } from '../../types/schema.ts';
import { arrayType, decimalType, mapType, SqlTypes, structType } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import type { SerdeFeature } from '../format.ts';
import { JSON_FORMAT } from './json-format.ts';

const columns: readonly SimpleColumn[] = [
  { name: 'I', type: SqlTypes.INTEGER },
  { name: 'L', type: SqlTypes.BIGINT },
  { name: 'D', type: SqlTypes.DOUBLE },
  { name: 'P', type: decimalType(6, 2) },
  { name: 'S', type: SqlTypes.STRING },
  { name: 'A', type: arrayType(SqlTypes.BOOLEAN) },
  { name: 'M', type: mapType(SqlTypes.STRING, SqlTypes.BIGINT) },
  { name: 'R', type: structType([{ name: 'X', type: SqlTypes.BYTES }]) },
];

const serdeOf = (list: readonly SimpleColumn[], ...features: SerdeFeature[]) =>
  JSON_FORMAT.createSerde(list, { isKey: false, features: new Set(features), properties: {} });

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array | null): string | null => (bytes === null ? null : new TextDecoder().decode(bytes));

function read(text: string, list = columns): SqlValue[] | null {
  return serdeOf(list).deserialize(bytesOf(text), 'topic');
}

describe('the JSON format', () => {
  it('reads every type exactly and writes it back the same', () => {
    const text =
      '{"I":-7,"L":9223372036854775807,"D":1.0E10,"P":12.30,"S":"a\\"b","A":[true,null],"M":{"k":5},"R":{"X":"AQI="}}';
    const row = read(text);
    expect(row).toEqual([
      -7,
      9223372036854775807n,
      1e10,
      new Decimal(1230n, 2),
      'a"b',
      [true, null],
      new Map([['k', 5n]]),
      [new Uint8Array([1, 2])],
    ]);
    expect(textOf(serdeOf(columns).serialize(row, 'topic'))).toBe(text);
  });

  it('finds fields by exact name first, then without case', () => {
    const one = [{ name: 'FOO', type: SqlTypes.INTEGER }];
    expect(read('{"foo": 1}', one)).toEqual([1]);
    expect(read('{"foo": 1, "FOO": 2, "Foo": 3}', one)).toEqual([2]);
    expect(read('{"FOO": 1}', [{ name: 'foo', type: SqlTypes.INTEGER }])).toEqual([null]);
  });

  it('reads anything as text', () => {
    const one = [{ name: 'S', type: SqlTypes.STRING }];
    expect(read('{"S": {"a": 1.10, "b": [1, 2]}}', one)).toEqual(['{"a":1.10,"b":[1,2]}']);
    expect(read('{"S": [1, "x", null]}', one)).toEqual(['[1, x, null]']);
    expect(read('{"S": 1.50}', one)).toEqual(['1.50']);
  });

  it('writes doubles as Java spells them', () => {
    const one = [{ name: 'D', type: SqlTypes.DOUBLE }];
    const written = [2, 1e7, 1e-4, 123456.789].map((value) => textOf(serdeOf(one).serialize([value], 't')));
    expect(written).toEqual(['{"D":2.0}', '{"D":1.0E7}', '{"D":1.0E-4}', '{"D":123456.789}']);
  });

  it('names the path of a value of another type', () => {
    expect(() => read('{"R": {"X": 1}}')).toThrow(
      "Failed to deserialize value from topic: topic. Can't convert type. sourceType: NumericNode, " +
        'requiredType: BYTES, path: $.R.X',
    );
    expect(() => read('{"A": [true, 1]}')).toThrow('path: $.A[1]');
    expect(() => read('{"I": "x"}')).toThrow("Can't coerce string to type. targetType: INTEGER, path: $.I");
  });

  it('says where a text ends too early or goes wrong, in characters', () => {
    const list = [
      { name: 'S', type: SqlTypes.STRING },
      { name: 'N', type: SqlTypes.DOUBLE },
    ];
    const message = (text: string) => () => read(text, list);
    expect(message('{"S":"é","N":1 x}')).toThrow("Unexpected 'x' at position 15 of the JSON text");
    expect(message('{"S":"é","N":01}')).toThrow("Unexpected '1' at position 14");
    expect(message('{"S":"é","N":1.}')).toThrow("Unexpected '.' at position 14");
    expect(message('{"S":"é","N":1e+}')).toThrow("Unexpected 'e' at position 14");
    expect(message('{"S":"é","N":-}')).toThrow("Unexpected '-' at position 13");
    expect(message('{"S":"é","N":1')).toThrow('Unexpected end of input at position 14');
    expect(message('{"S":"é')).toThrow('Unexpected end of a JSON string');
    expect(message('{"S":"\\x"}')).toThrow('Invalid JSON string at position 5');
    expect(read('{"S":"é","N":-1.5E-3}', list)).toEqual(['é', -0.0015]);
  });

  it('refuses decimals that would have to be rounded', () => {
    expect(() => read('{"P": 1.234}')).toThrow("Cannot fit decimal '1.234' into DECIMAL(6, 2) without rounding");
  });

  it('takes a null text and an absent value for no record', () => {
    expect(read('null')).toBeNull();
    expect(serdeOf(columns).deserialize(null, 'topic')).toBeNull();
    expect(serdeOf(columns).serialize(null, 'topic')).toBeNull();
  });

  it('writes a single column bare when asked to', () => {
    const single = serdeOf([{ name: 'S', type: SqlTypes.STRING }], 'UNWRAP_SINGLES');
    expect(textOf(single.serialize(['x'], 't'))).toBe('"x"');
    expect(single.deserialize(bytesOf('"y"'), 't')).toEqual(['y']);
  });

  it.each(['{', '{"I":}', '{"I":1}x', '{"I":01}', '["x"]', '{"S":"\\x"}', '[1,'])('refuses %s', (text) => {
    expect(() => read(text)).toThrow('Failed to deserialize value');
  });
});
