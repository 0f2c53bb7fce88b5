import type { KStream, KTable, Windowed } from '@millrace/streams';
import type { WindowInfo } from '../catalog/data-source.ts';
import type { StepFormats } from '../steps/steps.ts';
import type { LogicalSchema } from '../types/schema.ts';
import type { Row, SqlValue } from '../types/values.ts';
import type { ColumnUse } from './column-use.ts';

/**
 * A record's key inside a query: the values of the key columns, wrapped with a window where the source or the aggregation
 * has one, or null. A single key column that is null makes the key null, as its bytes would be.
 */
export type RowKey = Row | Windowed<Row> | null;

type Common = {
  readonly schema: LogicalSchema;
  readonly window: WindowInfo | null;
  /** How records were written last; topics in between that have no formats of their own are written so. */
  readonly formats: StepFormats;
  /** Every step that reads the rows says here what it reads of them. */
  readonly use: ColumnUse;
};

export type StreamHolder = Common & { readonly kind: 'stream'; readonly stream: KStream<RowKey, Row | null> };
export type TableHolder = Common & { readonly kind: 'table'; readonly table: KTable<RowKey, Row> };
export type Holder = StreamHolder | TableHolder;

export function isWindowedKey(key: RowKey): key is Windowed<Row> {
  return key !== null && 'window' in key;
}

/** The values of the key columns, null for each where there is no key. */
export function keyValues(key: RowKey, columnCount: number): Row {
  if (key === null) return nulls(columnCount);
  return isWindowedKey(key) ? key.key : key;
}

/** The key of these values. */
export function keyOf(values: Row): RowKey {
  return values.length === 0 || (values.length === 1 && values[0] === null) ? null : values;
}

const NULLS: Row[] = [];

/** A row of so many nulls; shared, as rows never change. */
export function nulls(count: number): Row {
  NULLS[count] ??= Object.freeze(new Array<SqlValue>(count).fill(null));
  return NULLS[count];
}
