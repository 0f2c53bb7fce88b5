import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Decimal } from '../types/decimal.ts';
import type { SimpleColumn } from '../types/schema.ts';
import { arrayType, decimalType, mapType, type SqlType, SqlTypes, structType } from '../types/sql-type.ts';
import type { SqlValue } from '../types/values.ts';
import { formatNamed } from './formats.ts';
import { MemorySchemaRegistry } from './schema-registry/memory-schema-registry.ts';

type Typed = { readonly type: SqlType; readonly values: fc.Arbitrary<SqlValue> };

const day = fc.integer({ min: -700_000, max: 2_900_000 });

const PRIMITIVES: readonly Typed[] = [
  { type: SqlTypes.BOOLEAN, values: fc.boolean() },
  { type: SqlTypes.INTEGER, values: fc.integer() },
  { type: SqlTypes.BIGINT, values: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) },
  { type: SqlTypes.DOUBLE, values: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { type: SqlTypes.STRING, values: fc.string({ unit: 'grapheme' }) },
  { type: SqlTypes.BYTES, values: fc.uint8Array() },
  { type: SqlTypes.DATE, values: day },
  { type: SqlTypes.TIME, values: fc.integer({ min: 0, max: 86_399_999 }) },
  { type: SqlTypes.TIMESTAMP, values: day.map((days) => days * 86_400_000 + 1) },
  {
    type: decimalType(12, 3),
    values: fc.bigInt({ min: -999_999_999_999n, max: 999_999_999_999n }).map((unscaled) => new Decimal(unscaled, 3)),
  },
];

const keys = fc.string({ minLength: 1, maxLength: 5 });

function nested({ type, values }: Typed): readonly Typed[] {
  return [
    { type: arrayType(type), values: fc.array(values) },
    { type: structType([{ name: 'F', type }]), values: values.map((value) => [value]) },
    {
      type: mapType(SqlTypes.STRING, type),
      values: fc.array(fc.tuple(keys, values), { maxLength: 4 }).map((entries) => new Map(entries)),
    },
  ];
}

const TYPED = [...PRIMITIVES, ...PRIMITIVES.flatMap(nested)];

it.each(['JSON', 'AVRO', 'JSON_SR', 'PROTOBUF', 'PROTOBUF_NOSR'])('%s reads the rows that it writes', (name) => {
  const columns: readonly SimpleColumn[] = TYPED.map(({ type }, index) => ({ name: `C${index}`, type }));
  const registry = new MemorySchemaRegistry();
  const serde = formatNamed(name).createSerde(columns, { isKey: false, properties: {}, features: new Set(), registry });
  fc.assert(
    fc.property(fc.tuple(...TYPED.map(({ values }) => values)), (row) => {
      expect(serde.deserialize(serde.serialize(row, 't'), 't')).toEqual(row);
    }),
  );
});

it.each(['JSON', 'AVRO', 'JSON_SR', 'PROTOBUF', 'PROTOBUF_NOSR'])('%s has a typed error for any bytes', (name) => {
  const columns: readonly SimpleColumn[] = TYPED.map(({ type }, index) => ({ name: `C${index}`, type }));
  const registry = new MemorySchemaRegistry();
  const serde = formatNamed(name).createSerde(columns, { isKey: false, properties: {}, features: new Set(), registry });
  const written = serde.serialize(
    columns.map(() => null),
    't',
  )!;
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (noise, behindHeader) => {
      const bytes = behindHeader ? Uint8Array.of(...written.subarray(0, 5), ...noise) : noise;
      try {
        serde.deserialize(bytes, 't');
      } catch (error) {
        expect(error).toHaveProperty('code', 'DESERIALIZATION_FAILED');
      }
    }),
  );
});

it('JSON reads a row that stands among other bytes as the row alone, with blanks or without, and only what is used', () => {
  const columns: readonly SimpleColumn[] = TYPED.map(({ type }, index) => ({ name: `C${index}`, type }));
  const options = { isKey: false, properties: {}, features: new Set<never>() };
  const whole = formatNamed('JSON').createSerde(columns, options);
  const isUsed = (position: number): boolean => position % 3 === 0;
  const some = formatNamed('JSON').createSerde(columns, { ...options, isUsed, room: () => 2 });
  const noise = fc.uint8Array({ maxLength: 5 });
  const rows = fc.tuple(...TYPED.map(({ values }) => values));
  fc.assert(
    fc.property(rows, noise, noise, fc.boolean(), (row, before, behind, spaced) => {
      const written = whole.serialize(row, 't')!;
      const bytes = spaced ? Buffer.from(` ${Buffer.from(written).toString()}\n\t`) : written;
      const among = Buffer.concat([before, bytes, behind]);
      const read = (serde: typeof whole) =>
        serde.deserializeAt!(among, before.length, before.length + bytes.length, 't');
      expect(read(whole)).toEqual(row);
      const used = row.map((value, position) => (isUsed(position) ? value : null));
      expect(read(some)).toEqual([...used, null, null]);
    }),
  );
});
