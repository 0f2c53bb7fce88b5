import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MemorySchemaRegistry } from '../formats/schema-registry/memory-schema-registry.ts';
import { silentProcessingLog } from '../processing-log/messages.ts';
import type { SimpleColumn } from '../types/schema.ts';
import { type SqlType, SqlTypes } from '../types/sql-type.ts';
import type { SqlValue } from '../types/values.ts';
import { stateSerde } from './row-serdes.ts';

const VALUES: readonly (readonly [SqlType, fc.Arbitrary<SqlValue>])[] = [
  [SqlTypes.BOOLEAN, fc.boolean()],
  [SqlTypes.INTEGER, fc.integer()],
  [SqlTypes.BIGINT, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
  [SqlTypes.BIGINT, fc.constantFrom(-1n, 0n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n) - 1n)],
  [SqlTypes.DOUBLE, fc.double()],
  [SqlTypes.STRING, fc.string({ unit: 'binary' })],
];

const column = (type: SqlType, index: number): SimpleColumn => ({ name: `C${index}`, type });

it.each(['KAFKA', 'JSON', 'AVRO'])('what a cache keeps of a %s value reads as its bytes do', (format) => {
  for (const [type, values] of VALUES) {
    if (format === 'KAFKA' && type.kind === 'BOOLEAN') continue;
    const serde = stateSerde([column(type, 0)], optionsOf(format));
    fc.assert(
      fc.property(format === 'KAFKA' ? values : fc.option(values), (value) => {
        const plain = serde.toPlain!([value]);
        if (plain === null) return;
        expect(serde.fromPlain!(plain)).toEqual(serde.deserialize(serde.serialize([value], 't'), 't'));
      }),
    );
  }
});

it.each(['JSON', 'AVRO'])('what a cache keeps of a row in %s reads as its bytes do', (format) => {
  const serde = stateSerde(
    VALUES.map(([type], index) => column(type, index)),
    optionsOf(format),
  );
  fc.assert(
    fc.property(fc.tuple(...VALUES.map(([, values]) => fc.option(values))), (row) => {
      const plain = serde.toPlain!(row);
      if (plain === null) return;
      const kept = serde.fromPlain === undefined ? plain : serde.fromPlain(plain);
      expect(kept).toEqual(serde.deserialize(serde.serialize(row, 't'), 't'));
    }),
  );
});

function optionsOf(format: string): Parameters<typeof stateSerde>[1] {
  const side = { format, features: [], properties: {} };
  return {
    formats: { key: side, value: side },
    logger: 'test',
    processingLog: silentProcessingLog,
    registry: new MemorySchemaRegistry(),
  };
}
