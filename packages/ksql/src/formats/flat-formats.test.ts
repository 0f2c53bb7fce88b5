import { describe, expect, it } from 'vitest';
import { Decimal } from '../types/decimal.ts';
import { decimalType, SqlTypes } from '../types/sql-type.ts';
import { formatNamed } from './formats.ts';

const options = { isKey: false, features: new Set<never>(), properties: {} };
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array | null): string | null => (bytes === null ? null : new TextDecoder().decode(bytes));

describe('the DELIMITED format', () => {
  const columns = [
    { name: 'A', type: SqlTypes.STRING },
    { name: 'B', type: SqlTypes.BIGINT },
    { name: 'C', type: decimalType(4, 2) },
    { name: 'D', type: SqlTypes.DOUBLE },
  ];
  const serde = formatNamed('delimited').createSerde(columns, options);

  it.each(['plain,1,1.50,2.0', '"a,b",1,1.50,2.0', '"say ""hi""",,,', ',1,,1.0E10'])('reads and writes %s', (text) => {
    expect(textOf(serde.serialize(serde.deserialize(bytesOf(text), 't'), 't'))).toBe(text);
  });

  it('reads an empty field as null', () => {
    expect(serde.deserialize(bytesOf('x,,1.5,'), 't')).toEqual(['x', null, new Decimal(150n, 2), null]);
  });

  it('refuses a row with another number of fields', () => {
    expect(() => serde.deserialize(bytesOf('a,1'), 't')).toThrow('expected: 4, got: 2');
  });

  it('takes its delimiter from the statement', () => {
    const tabs = formatNamed('DELIMITED').createSerde(columns, { ...options, properties: { delimiter: 'TAB' } });
    expect(textOf(tabs.serialize(['a,b', 1n, null, null], 't'))).toBe('a,b\t1\t\t');
  });

  it('has no bytes for nested types', () => {
    expect(() =>
      formatNamed('DELIMITED').checkColumns([{ name: 'K', type: { kind: 'ARRAY', element: SqlTypes.INTEGER } }]),
    ).toThrow("The 'DELIMITED' format does not support type 'ARRAY', column: `K`");
  });
});

describe('the KAFKA format', () => {
  it.each([
    [SqlTypes.INTEGER, -5, 4],
    [SqlTypes.BIGINT, -5n, 8],
    [SqlTypes.DOUBLE, 2.5, 8],
    [SqlTypes.STRING, 'x', 1],
  ])('reads and writes %s', (type, value, size) => {
    const serde = formatNamed('KAFKA').createSerde([{ name: 'K', type }], options);
    const bytes = serde.serialize([value], 't');
    expect(bytes?.length).toBe(size);
    expect(serde.deserialize(bytes, 't')).toEqual([value]);
  });

  it('has one column', () => {
    const columns = [
      { name: 'V0', type: SqlTypes.INTEGER },
      { name: 'V1', type: SqlTypes.STRING },
    ];
    expect(() => formatNamed('KAFKA').checkColumns(columns)).toThrow(
      "The 'KAFKA' format only supports a single field. Got: [`V0` INTEGER, `V1` STRING]",
    );
  });
});

it('an unknown format is refused by name', () => {
  expect(() => formatNamed('foo')).toThrow('Unknown format: FOO');
});
