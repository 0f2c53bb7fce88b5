import type { SerdeFeature } from '../formats/format.ts';
import type { SourceKind } from '../syntax/ast.ts';
import type { LogicalSchema } from '../types/schema.ts';

/** A format and what configures it, such as DELIMITED with its delimiter. */
export type FormatInfo = { readonly format: string; readonly properties: Readonly<Record<string, string>> };

export type WindowType = 'TUMBLING' | 'HOPPING' | 'SESSION';
/** Sessions have no size. */
export type WindowInfo = { readonly type: WindowType; readonly sizeMs: number | null };

export type ValueFormat = FormatInfo & { readonly features: readonly SerdeFeature[] };
export type KeyFormat = ValueFormat & { readonly window: WindowInfo | null };

/** The column that event time is taken from; `format` is a Java date pattern for strings. */
export type TimestampColumn = { readonly column: string; readonly format: string | null };

/** A stream or a table: a name for the records of a topic, and how to read them. */
export type DataSource = {
  readonly kind: SourceKind;
  readonly name: string;
  readonly schema: LogicalSchema;
  readonly topic: string;
  readonly keyFormat: KeyFormat;
  readonly valueFormat: ValueFormat;
  readonly timestampColumn: TimestampColumn | null;
  /** Made by CREATE … AS SELECT. */
  readonly isQueryTarget: boolean;
  /** `CREATE SOURCE`: only read. */
  readonly readOnly: boolean;
  readonly statementText: string;
};

export function isWindowed(source: DataSource): boolean {
  return source.keyFormat.window !== null;
}
