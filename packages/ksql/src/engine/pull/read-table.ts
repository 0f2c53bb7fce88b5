import type { KafkaStreams, StoreHandle, ValueAndTimestamp, Windowed } from '@millrace/streams';
import { KsqlException } from '../../lib/ksql-exception.ts';
import type { Row } from '../../types/values.ts';
import type { Lookup, TimeBounds } from './lookups.ts';
import type { Materialization } from './materialization.ts';
import type { Access, TableRow } from './pull-plan.ts';

/** A row as its store has it: not yet what the table's query makes of it. */
type Stored = {
  readonly key: Row;
  readonly stored: Row;
  readonly timestampMs: number;
  readonly window: TableRow['window'];
};

/** The ways into a store, by its kind. */
type StoreReader = {
  lookUp(lookup: Lookup): AsyncGenerator<Stored>;
  scan(bounds: Bounds): AsyncGenerator<Stored>;
};

type Bounds = Pick<Lookup, 'start' | 'end'>;

/** The rows at these places, or of the whole table, as the query that keeps it has them now; `stale` with its copies. */
export async function* readTable(
  table: Materialization,
  access: Access,
  streams: KafkaStreams,
  { stale }: { readonly stale: boolean } = { stale: false },
): AsyncGenerator<TableRow> {
  const reader = readerOf(table, streams.store<Row, Row>(table.storeName, { stale }));
  const found = access.kind === 'scan' ? reader.scan(access) : lookUpAll(reader, access.lookups);
  for await (const { key, stored, timestampMs, window } of found) {
    const value = table.toTableRow(window === null ? key : { key, window }, stored);
    if (value !== null) yield { key, value, timestampMs, window };
  }
}

async function* lookUpAll(reader: StoreReader, lookups: readonly Lookup[]): AsyncGenerator<Stored> {
  for (const lookup of lookups) yield* reader.lookUp(lookup);
}

function readerOf({ window }: Materialization, store: StoreHandle<Row, Row>): StoreReader {
  if (window === null) return rowReader(store.withTimestamps());
  return window.sizeMs === null ? sessionReader(store) : windowReader(store.withTimestamps(), window.sizeMs);
}

function rowReader(store: StoreHandle<Row, ValueAndTimestamp<Row>>): StoreReader {
  const row = (key: Row, { value, timestamp }: ValueAndTimestamp<Row>): Stored => ({
    ...{ key, stored: value, timestampMs: timestamp, window: null },
  });
  return {
    async *lookUp({ key }) {
      const found = await store.get(key);
      if (found !== null) yield row(key, found);
    },
    async *scan() {
      for await (const [key, found] of store.all()) yield row(key, found);
    },
  };
}

function windowReader(store: StoreHandle<Row, ValueAndTimestamp<Row>>, sizeMs: number): StoreReader {
  const row = (key: Row, startMs: number, { value, timestamp }: ValueAndTimestamp<Row>): Stored => ({
    ...{ key, stored: value, timestampMs: timestamp, window: { startMs, endMs: startMs + sizeMs } },
  });
  // All windows have one size, so that bounds on the end are bounds on the start.
  const startsWithin = ({ start, end }: Bounds): TimeBounds => ({
    fromMs: Math.max(start.fromMs, end.fromMs - sizeMs, 0),
    toMs: Math.min(start.toMs, end.toMs - sizeMs),
  });
  return {
    async *lookUp(lookup) {
      const { fromMs, toMs } = startsWithin(lookup);
      for await (const [startMs, found] of store.fetchRange(lookup.key, fromMs, toMs))
        yield row(lookup.key, startMs, found);
    },
    async *scan(bounds) {
      const { fromMs, toMs } = startsWithin(bounds);
      const all: AsyncGenerator<readonly [Windowed<Row>, ValueAndTimestamp<Row>]> = store.fetchAll(fromMs, toMs);
      for await (const [{ key, window }, found] of all) yield row(key, window.startMs, found);
    },
  };
}

/** Sessions are stored without a timestamp: it is that of their last record, their end. */
function sessionReader(store: StoreHandle<Row, Row>): StoreReader {
  return {
    async *lookUp({ key, start, end }) {
      for await (const [{ window }, stored] of store.sessions(key)) {
        if (!isWithin(window.startMs, start) || !isWithin(window.endMs, end)) continue;
        yield { key, stored, timestampMs: window.endMs, window };
      }
    },
    scan() {
      throw new KsqlException('Tables of session windows can only be asked for keys');
    },
  };
}

function isWithin(timeMs: number, { fromMs, toMs }: TimeBounds): boolean {
  return fromMs <= timeMs && timeMs <= toMs;
}
