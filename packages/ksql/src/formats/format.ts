import { MillraceError } from '@millrace/base';
import type { SimpleColumn } from '../types/schema.ts';
import type { SqlKind, SqlType } from '../types/sql-type.ts';
import type { Row, SqlValue } from '../types/values.ts';
import { printColumnList } from './print-columns.ts';
import type { SchemaRegistry } from './schema-registry/schema-registry.ts';

export type FormatName = 'JSON' | 'DELIMITED' | 'KAFKA' | 'NONE' | 'AVRO' | 'PROTOBUF' | 'PROTOBUF_NOSR' | 'JSON_SR';

/** What a statement may ask of a format, and part of what a plan stores: a single column bare or in a record. */
export type SerdeFeature = 'WRAP_SINGLES' | 'UNWRAP_SINGLES';

/** `SCHEMA_INFERENCE`: columns may come from, and go to, a schema registry. */
export type FormatFeature = SerdeFeature | 'SCHEMA_INFERENCE';

export type SerdeOptions = {
  readonly isKey: boolean;
  readonly features: ReadonlySet<SerdeFeature>;
  /** The format's own settings, such as `delimiter`; names as plans store them. */
  readonly properties: Readonly<Record<string, string>>;
  /** Where schemas are; formats with `SCHEMA_INFERENCE` can't do without. */
  readonly registry?: SchemaRegistry;
  /** Asked when the first value is read: a column that is not used is checked, and null. Default: all are. */
  readonly isUsed?: (position: number) => boolean;
  /**
   * Asked when the first value is read: how many nulls stand behind the columns of a row, for the caller to fill. Formats
   * may leave them out. Default: none.
   */
  readonly room?: () => number;
};

/** Turns columns into bytes and back. Null stands for a record without key or value. */
export type ColumnsSerde = {
  serialize(row: Row | null, topic: string): Uint8Array | null;
  /** @throws DeserializationError */
  deserialize(bytes: Uint8Array | null, topic: string): SqlValue[] | null;
  /** The same for `bytes[start, end)`, where a format is spared a view by it. */
  deserializeAt?(bytes: Uint8Array, start: number, end: number, topic: string): SqlValue[] | null;
};

export type Format = {
  readonly name: FormatName;
  readonly features: ReadonlySet<FormatFeature>;
  /** Settings that may stand in a plan for this format. */
  readonly properties: ReadonlySet<string>;
  /** @throws MillraceError `FORMAT_UNSUPPORTED` when these columns can't be written */
  checkColumns(columns: readonly SimpleColumn[]): void;
  /** @throws MillraceError `FORMAT_UNSUPPORTED`, `INVALID_FORMAT_PROPERTY` */
  createSerde(columns: readonly SimpleColumn[], options: SerdeOptions): ColumnsSerde;
};

/** A record that its format can't read: the row is dropped and goes to the processing log. */
export class DeserializationError extends MillraceError {
  override readonly name = 'DeserializationError';

  constructor(message: string, options: { readonly topic: string; readonly cause?: unknown }) {
    super('DESERIALIZATION_FAILED', message, { context: { topic: options.topic }, cause: options.cause });
  }
}

/** A row that its format can't write. */
export class SerializationError extends MillraceError {
  override readonly name = 'SerializationError';

  constructor(message: string, options: { readonly topic: string; readonly cause?: unknown }) {
    super('SERIALIZATION_FAILED', message, { context: { topic: options.topic }, cause: options.cause });
  }
}

/** Whether a single column stands bare, without a record around it. */
export function isUnwrapped(
  format: Pick<Format, 'features'>,
  columnCount: number,
  features: ReadonlySet<SerdeFeature>,
): boolean {
  if (columnCount !== 1) return false;
  return features.has('UNWRAP_SINGLES') || !format.features.has('WRAP_SINGLES');
}

/** Refuses columns whose type the format has no bytes for. */
export function refuseTypes(
  format: FormatName,
  columns: readonly SimpleColumn[],
  supports: (kind: SqlKind) => boolean,
): void {
  for (const column of columns) {
    if (!supports(column.type.kind)) {
      throw new MillraceError(
        'FORMAT_UNSUPPORTED',
        `The '${format}' format does not support type '${column.type.kind}', column: \`${column.name}\``,
      );
    }
  }
}

/** Refuses maps whose keys are no strings, at any depth. */
export function refuseNonStringMapKeys(format: string, columns: readonly SimpleColumn[]): void {
  for (const column of columns)
    walkTypes(column.type, (type) => {
      if (type.kind === 'MAP' && type.key.kind !== 'STRING') {
        throw new MillraceError(
          'FORMAT_UNSUPPORTED',
          `${format} only supports MAP types with STRING keys. Got: ${printColumnList([column])}`,
        );
      }
    });
}

function walkTypes(type: SqlType, visit: (type: SqlType) => void): void {
  visit(type);
  switch (type.kind) {
    case 'ARRAY':
      walkTypes(type.element, visit);
      break;
    case 'MAP':
      walkTypes(type.key, visit);
      walkTypes(type.value, visit);
      break;
    case 'STRUCT':
      for (const field of type.fields) walkTypes(field.type, visit);
      break;
  }
}
