import { type Serde, Serdes, type Windowed } from '@millrace/streams';
import type { WindowInfo } from '../catalog/data-source.ts';
import type { ColumnsSerde, SerdeOptions as FormatOptions } from '../formats/format.ts';
import { formatNamed } from '../formats/formats.ts';
import type { SchemaRegistry } from '../formats/schema-registry/schema-registry.ts';
import { bigintOf } from '../lib/exact-integers.ts';
import { causesOf, type ProcessingLog } from '../processing-log/messages.ts';
import type { StepFormats } from '../steps/steps.ts';
import type { SimpleColumn } from '../types/schema.ts';
import type { Row, SqlValue } from '../types/values.ts';
import { keyOf, nulls, type RowKey } from './holders.ts';

export type SerdeOptions = {
  readonly formats: StepFormats;
  readonly logger: string;
  readonly processingLog: ProcessingLog;
  readonly registry?: SchemaRegistry | undefined;
};

/** Rows by their column positions. */
export function valueSerde(columns: readonly SimpleColumn[], options: SerdeOptions): Serde<Row> {
  return logged(columnsSerde(columns, 'value', options), columns, { ...options, target: 'value' });
}

/** As {@link valueSerde}, for rows of a source: of columns that nobody uses only the form is checked. */
export function sourceSerde(
  columns: readonly SimpleColumn[],
  options: SerdeOptions,
  reading: Required<Pick<FormatOptions, 'isUsed' | 'room'>>,
): Serde<Row> {
  const serde = columnsSerde(columns, 'value', options, reading);
  return logged(serde, columns, { ...options, target: 'value' });
}

/** Formats in which every simple value reads as it was written; in some of them null does, too. */
const EXACT_FORMATS: ReadonlySet<string> = new Set(['JSON', 'AVRO', 'KAFKA']);
const FORMATS_WITH_NULL: ReadonlySet<string> = new Set(['JSON', 'AVRO']);

/** As {@link valueSerde}, for a store: a cache may keep rows, which nobody changes, and of a single column its value. */
export function stateSerde(columns: readonly SimpleColumn[], options: SerdeOptions): Serde<Row> {
  const serde = valueSerde(columns, options);
  const { format } = options.formats.value;
  if (!EXACT_FORMATS.has(format)) return serde;
  if (columns.length === 1) return { ...serde, ...plainColumn(columns[0]!) };
  const isPlain = FORMATS_WITH_NULL.has(format) ? isExactOrNull : isExact;
  return { ...serde, toPlain: (row) => (isPlain(row) ? row : null) };
}

/**
 * A single value that nobody can change and its bytes give back. Numbers that fit are no objects: a count that is kept
 * as a bigint would survive the next collections of young memory, each time it changes.
 */
function plainColumn({ type }: SimpleColumn): Required<Pick<Serde<Row>, 'toPlain' | 'fromPlain'>> {
  if (type.kind === 'BIGINT') {
    return {
      toPlain([value]) {
        if (typeof value !== 'bigint') return null;
        const number = Number(value);
        // Of 32 bits it stands in the cache's own memory, however this is compiled; others may become objects there.
        const small = number | 0;
        if (small === number) return small;
        return Number.isSafeInteger(number) ? number : value;
      },
      fromPlain: (plain) => [typeof plain === 'number' ? bigintOf(plain) : (plain as bigint)],
    };
  }
  return {
    toPlain: ([value]) => (isExactValue(value!) ? value : null),
    fromPlain: (value) => [value as SqlValue],
  };
}

function isExact(row: Row): boolean {
  for (let index = 0; index < row.length; index++) if (!isExactValue(row[index]!)) return false;
  return true;
}

function isExactOrNull(row: Row): boolean {
  for (let index = 0; index < row.length; index++) {
    const value = row[index]!;
    if (value !== null && !isExactValue(value)) return false;
  }
  return true;
}

/** Whether bytes give back the same: what is nested, or looks like another number, is not tried. */
function isExactValue(value: SqlValue): value is string | number | bigint | boolean {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed();
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    default:
      return typeof value === 'bigint' || typeof value === 'boolean';
  }
}

/** Keys, with their window where there is one. */
export function keySerde(
  columns: readonly SimpleColumn[],
  window: WindowInfo | null,
  options: SerdeOptions,
): Serde<RowKey> & { readonly withoutWindow?: Serde<Row> } {
  const serde = columnsSerde(columns, 'key', options);
  const rows = logged(serde, columns, { ...options, target: 'key' });
  if (window === null) {
    return {
      name: rows.name,
      serialize: (key, topic) => rows.serialize(key as Row, topic),
      deserialize: (bytes, topic) => keyOf(rows.deserialize(bytes, topic)),
      deserializeAt: (bytes, start, end, topic) => keyOf(rows.deserializeAt(bytes, start, end, topic)),
      unchanging: true,
    };
  }
  const windowed = window.sizeMs === null ? Serdes.sessionWindowed(rows) : Serdes.timeWindowed(rows, window.sizeMs);
  return {
    name: windowed.name,
    withoutWindow: windowed.withoutWindow,
    serialize: (key, topic) => windowed.serialize(key as Windowed<Row>, topic),
    deserialize: (bytes, topic) => windowed.deserialize(bytes, topic),
  };
}

function columnsSerde(
  columns: readonly SimpleColumn[],
  side: keyof StepFormats,
  options: SerdeOptions,
  reading: Pick<FormatOptions, 'isUsed' | 'room'> = {},
): ColumnsSerde {
  const { format, features, properties } = options.formats[side];
  const { registry } = options;
  return formatNamed(format).createSerde(columns, {
    isKey: side === 'key',
    features: new Set(features),
    properties,
    ...(registry === undefined ? {} : { registry }),
    ...reading,
  });
}

/** Reports what can't be read before the runtime decides what becomes of the record. */
function logged(
  serde: ColumnsSerde,
  columns: readonly SimpleColumn[],
  options: SerdeOptions & { readonly target: 'key' | 'value' },
): Serde<Row> & Required<Pick<Serde<Row>, 'deserializeAt'>> {
  const { logger, processingLog, target, formats } = options;
  const report = (error: unknown, topic: string, record: Uint8Array): void =>
    processingLog.report({
      kind: 'deserialization-error',
      logger: `${logger}.deserializer`,
      message: causesOf(error)[0]!,
      cause: causesOf(error).slice(1),
      topic,
      target,
      record,
    });
  const read = (bytes: Uint8Array, start: number, end: number, topic: string): Row => {
    try {
      const row =
        serde.deserializeAt === undefined
          ? serde.deserialize(bytes.subarray(start, end), topic)
          : serde.deserializeAt(bytes, start, end, topic);
      return row ?? nulls(columns.length);
    } catch (error) {
      report(error, topic, bytes.subarray(start, end));
      throw error;
    }
  };
  return {
    name: formats[target].format.toLowerCase(),
    // A bare column that is null has no bytes: the runtime writes what it gets, Kafka's null included.
    serialize: (row, topic) => serde.serialize(row, topic) as Uint8Array,
    deserialize: (bytes, topic) => read(bytes, 0, bytes.length, topic),
    deserializeAt: read,
  };
}
