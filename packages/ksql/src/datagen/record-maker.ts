import { MillraceError } from '@millrace/base';
import type { ColumnsSerde, Format, SerdeFeature } from '../formats/format.ts';
import { formatNamed } from '../formats/formats.ts';
import { schemaOfColumns } from '../formats/schema-of-columns.ts';
import { type SchemaRegistry, subjectOf } from '../formats/schema-registry/schema-registry.ts';
import { orNull, printerOf } from '../types/print-value.ts';
import type { SimpleColumn } from '../types/schema.ts';
import type { Row } from '../types/values.ts';

export type RecordMakerOptions = {
  readonly topic: string;
  readonly columns: readonly SimpleColumn[];
  /** The column that is the key, too. */
  readonly key: string;
  /** The column of the record's time; null: now. */
  readonly timestamp: string | null;
  readonly keyFormat: string;
  readonly valueFormat: string;
  readonly valueDelimiter: string | null;
  /** Asked for where a format has schemas. */
  readonly registry: () => SchemaRegistry;
};

export type MadeRecord = {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly timestamp: number | null;
  /** The row as people read it. */
  readonly text: string;
};

/**
 * Turns rows into records of a topic. Schemas are registered at once.
 * @throws MillraceError `USAGE` for a column that is not there, and for formats that can't have the columns
 */
export function recordMaker(options: RecordMakerOptions): (row: Row) => MadeRecord {
  const { topic, columns, valueDelimiter } = options;
  const keyAt = columnAt(columns, options.key, 'Key field does not exist');
  const timeAt = options.timestamp === null ? null : timestampAt(columns, options.timestamp);
  const sides = { topic, registry: options.registry };
  const keySerde = serdeOf(options.keyFormat, [columns[keyAt]!], { ...sides, isKey: true, properties: {} });
  const properties = valueDelimiter === null ? {} : { delimiter: valueDelimiter };
  const valueSerde = serdeOf(options.valueFormat, columns, { ...sides, isKey: false, properties });
  const printers = columns.map(({ type }) => orNull(printerOf(type)));
  return (row) => ({
    key: keySerde.serialize([row[keyAt]!], topic),
    value: valueSerde.serialize(row, topic),
    timestamp: timeAt === null ? null : Number(row[timeAt]),
    text: `${printers[keyAt]!(row[keyAt]!)} --> (${row.map((value, at) => printers[at]!(value)).join(' | ')})`,
  });
}

function columnAt(columns: readonly SimpleColumn[], name: string, message: string): number {
  const at = columns.findIndex((column) => column.name === name);
  if (at >= 0) return at;
  throw new MillraceError('USAGE', `${message}: ${name}. There are ${columns.map((column) => column.name).join(', ')}`);
}

function timestampAt(columns: readonly SimpleColumn[], name: string): number {
  const at = columnAt(columns, name, 'The indicated timestamp field does not exist');
  const { kind } = columns[at]!.type;
  if (kind === 'BIGINT' || kind === 'TIMESTAMP') return at;
  throw new MillraceError('USAGE', `The timestamp column type should be bigint/long. ${name} type is ${kind}`);
}

type Side = {
  readonly topic: string;
  readonly isKey: boolean;
  readonly properties: Readonly<Record<string, string>>;
  readonly registry: () => SchemaRegistry;
};

function serdeOf(
  name: string,
  columns: readonly SimpleColumn[],
  { topic, isKey, properties, registry }: Side,
): ColumnsSerde {
  const format = formatNamed(name);
  format.checkColumns(columns);
  const features = featuresOf(format, isKey);
  const schema = schemaOfColumns(format.name, columns, { features, properties });
  if (schema === null) return format.createSerde(columns, { isKey, features, properties });
  const known = registry();
  known.register(subjectOf(topic, isKey), schema);
  return format.createSerde(columns, { isKey, features, properties, registry: known });
}

/** A key stands bare where its format lets it. */
function featuresOf(format: Format, isKey: boolean): ReadonlySet<SerdeFeature> {
  return new Set(isKey && format.features.has('UNWRAP_SINGLES') ? ['UNWRAP_SINGLES'] : []);
}
