import type { Processor, Record as StreamRecord } from '@millrace/streams';
import { type Holder, isWindowedKey, keyValues, type RowKey } from '../../compile/holders.ts';
import { type LogicalSchema, WINDOWEND, WINDOWSTART } from '../../types/schema.ts';
import type { Row, SqlValue } from '../../types/values.ts';

/**
 * Hands on each row that comes out of a transient query: its projection stands in the value, key columns included. A
 * deleted row of a table comes as its key, else nulls; in streams, records without a value are no rows.
 */
export function tapRows(results: Holder, onRow: (row: Row, isDeletion: boolean) => void): void {
  if (results.kind === 'stream') {
    results.stream.process<never, never>(
      () => new RowTap((_key, value) => void (value === null || onRow(value, false))),
    );
    return;
  }
  const deleted = deletedRow(results.schema);
  const changes = results.table.toStream();
  changes.process<never, never>(() => new RowTap((key, value) => onRow(value ?? deleted(key), value === null)));
}

/** What is still known of a deleted row: the columns of its key, and the bounds of its window. */
function deletedRow({ key: keyColumns, value }: LogicalSchema): (key: RowKey) => Row {
  return (key) => {
    const keys = keyValues(key, keyColumns.length);
    const known = new Map<string, SqlValue>(keyColumns.map(({ name }, position) => [name, keys[position]!]));
    if (isWindowedKey(key)) {
      known.set(WINDOWSTART, BigInt(key.window.startMs));
      known.set(WINDOWEND, BigInt(key.window.endMs));
    }
    return value.map(({ name }) => known.get(name) ?? null);
  };
}

class RowTap implements Processor<RowKey, Row | null> {
  readonly #take: (key: RowKey, value: Row | null) => void;

  constructor(take: (key: RowKey, value: Row | null) => void) {
    this.#take = take;
  }

  process({ key, value }: StreamRecord<RowKey, Row | null>): void {
    this.#take(key, value);
  }
}
