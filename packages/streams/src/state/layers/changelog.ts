import type { Cursor, KeyRange } from '../../lib/ordered-map.ts';
import type { RowKeys } from '../keys/row-keys.ts';
import type { RecordContext } from '../record-context.ts';
import type { Rows } from '../rows.ts';
import { joinTimestamp, plainValueOf, timestampOf } from '../timestamped.ts';

/** Where changes of stores go: the task's producer, to the changelog topic's partition of the task. */
export type ChangelogSink = {
  append(store: string, key: Uint8Array, value: Uint8Array | null, timestamp: number): void;
};

export type ChangelogOptions = {
  readonly store: string;
  readonly keys: RowKeys;
  /** Whether values begin with their timestamp: it becomes the record's, and the value goes without it. */
  readonly timestamped: boolean;
  readonly sink: ChangelogSink;
  readonly context: RecordContext;
};

/** Sends each change to the store's changelog topic, in Kafka Streams' own byte formats. */
export class ChangelogRows implements Rows {
  readonly #inner: Rows;
  readonly #options: ChangelogOptions;

  constructor(inner: Rows, options: ChangelogOptions) {
    this.#inner = inner;
    this.#options = options;
  }

  get(key: Uint8Array): Uint8Array | null {
    return this.#inner.get(key);
  }

  put(key: Uint8Array, value: Uint8Array | null): void {
    this.#inner.put(key, value);
    const { store, keys, timestamped, sink, context } = this.#options;
    const changelogKey = keys.toChangelog(key);
    if (timestamped && value !== null) sink.append(store, changelogKey, plainValueOf(value), timestampOf(value));
    else sink.append(store, changelogKey, value, context.timestamp);
  }

  scan(range: KeyRange, reverse: boolean): Cursor<Uint8Array> {
    return this.#inner.scan(range, reverse);
  }

  dropRange(range: KeyRange): void {
    this.#inner.dropRange(range);
  }
}

/** Turns a changelog record back into the row that it was. */
export function rowOfChangelog(
  options: Pick<ChangelogOptions, 'keys' | 'timestamped'>,
  record: { readonly key: Uint8Array; readonly value: Uint8Array | null; readonly timestamp: number },
): { readonly key: Uint8Array; readonly value: Uint8Array | null } {
  const key = options.keys.fromChangelog(record.key);
  if (record.value === null || !options.timestamped) return { key, value: record.value };
  return { key, value: joinTimestamp(record.timestamp, record.value) };
}
