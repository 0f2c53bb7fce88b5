import { assert } from '@millrace/base';
import { JSON_FORMAT } from '../../formats/json/json-format.ts';
import type { SimpleColumn } from '../../types/schema.ts';
import type { Row } from '../../types/values.ts';

/** Rows as lines of text, between engines of one service: JSON objects with columns by number, every value exact. */
export type RowLines = { write(row: Row): string; read(line: string): Row };

/** @throws MillraceError `FORMAT_UNSUPPORTED` for columns that JSON has no place for: maps whose keys are no strings */
export function rowLines(columns: readonly SimpleColumn[]): RowLines {
  const numbered = columns.map(({ type }, position) => ({ name: `C${position}`, type }));
  const features = new Set(['WRAP_SINGLES'] as const);
  const serde = JSON_FORMAT.createSerde(numbered, { isKey: false, features, properties: {} });
  return {
    write: (row) => Buffer.from(serde.serialize(row, '')!).toString(),
    read(line) {
      const row = serde.deserialize(Buffer.from(line), '');
      assert(row !== null, 'a line of rows is an object');
      return row;
    },
  };
}
