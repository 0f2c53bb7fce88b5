import { insertableSource, rowOf } from '../compile/insert-row.ts';
import { JSON_FORMAT } from '../formats/json/json-format.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import { ROWTIME } from '../types/schema.ts';
import { SqlTypes } from '../types/sql-type.ts';
import type { EngineParts } from './engine-parts.ts';
import { recordOfRow } from './insert-values.ts';
import { refuseInsertIntoReadOnly } from './reserved-topics.ts';
import { RowTexts } from './row-texts.ts';

/** Writes row after row into one stream or table. */
export type RowInserter = {
  /**
   * Writes one row, a JSON object of columns by name; resolves when the brokers have it.
   * @throws KsqlException, MillraceError for a row that the target can't take
   */
  insert(row: string): Promise<void>;
};

/** Unquoted names are upper case, as in SQL. */
function targetName(written: string): string {
  const quoted = /^[`"](.*)[`"]$/.exec(written);
  return quoted === null ? written.toUpperCase() : quoted[1]!;
}

/** @throws KsqlException for a target that is none, or takes no rows */
export function openInserter(target: string, engine: EngineParts, signal: AbortSignal | undefined): RowInserter {
  const source = insertableSource({ target: targetName(target) }, engine.state().catalog);
  refuseInsertIntoReadOnly(source.topic, engine.config);
  const columns = [...source.schema.key, ...source.schema.value, { name: ROWTIME, type: SqlTypes.BIGINT }];
  const wrapped = new Set(['WRAP_SINGLES'] as const);
  const rows = new RowTexts(columns, (each) =>
    JSON_FORMAT.createSerde(each, { isKey: false, properties: {}, features: wrapped }),
  );
  return {
    async insert(row) {
      const values = rows.read(row, source.topic);
      if (values === null) throw new KsqlException('A row must be a JSON object of columns by name.');
      const named = new Map(columns.map(({ name }, position) => [name, values[position] ?? null]));
      const record = recordOfRow(rowOf(source, named), engine);
      await engine.writer.write(record, { what: `Inserting into '${source.name}'`, signal });
    },
  };
}
