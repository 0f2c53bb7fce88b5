import { MillraceError } from '@millrace/base';
import type { StoreHandle, ValueAndTimestamp, Windowed } from '@millrace/streams';
import type { WindowInfo } from '../../catalog/data-source.ts';
import type { Row } from '../../types/values.ts';
import type { Lookup, TimeBounds } from './lookups.ts';
import type { Materialization } from './materialization.ts';
import type { Access, TableRow } from './pull-plan.ts';

/** The state of a running query that holds a table. */
export type MaterializedTable = Materialization & { readonly store: StoreHandle<Row, ValueAndTimestamp<Row>> };

type Stored = {
  readonly key: Row;
  readonly stored: ValueAndTimestamp<Row>;
  readonly window: TableRow['window'];
};

/** The rows at these places, or of the whole table, as its query has them now. */
export async function* readTable(table: MaterializedTable, access: Access): AsyncGenerator<TableRow> {
  for await (const { key, stored, window } of storedRows(table, access)) {
    const value = table.toTableRow(window === null ? key : { key, window }, stored.value);
    if (value !== null) yield { key, value, timestampMs: stored.timestamp, window };
  }
}

function storedRows(table: MaterializedTable, access: Access): AsyncGenerator<Stored> {
  if (access.kind === 'lookups') return lookUp(table, access.lookups);
  return table.window === null ? scan(table.store) : scanWindows(table.store, table.window, access);
}

async function* lookUp(table: MaterializedTable, lookups: readonly Lookup[]): AsyncGenerator<Stored> {
  for (const lookup of lookups) {
    if (table.window === null) {
      const stored = await table.store.get(lookup.key);
      if (stored !== null) yield { key: lookup.key, stored, window: null };
    } else {
      yield* lookUpWindows(table.store, table.window, lookup);
    }
  }
}

async function* lookUpWindows(
  store: MaterializedTable['store'],
  { sizeMs }: WindowInfo,
  { key, start, end }: Lookup,
): AsyncGenerator<Stored> {
  if (sizeMs === null) {
    for await (const [session, stored] of store.sessions(key)) {
      if (isWithin(session.window.startMs, start) && isWithin(session.window.endMs, end)) {
        yield { key, stored, window: session.window };
      }
    }
    return;
  }
  const starts = startsWithin(start, end, sizeMs);
  for await (const [startMs, stored] of store.fetchRange(key, starts.fromMs, starts.toMs)) {
    yield { key, stored, window: { startMs, endMs: startMs + sizeMs } };
  }
}

async function* scan(store: MaterializedTable['store']): AsyncGenerator<Stored> {
  for await (const [key, stored] of store.all()) yield { key, stored, window: null };
}

async function* scanWindows(
  store: MaterializedTable['store'],
  { sizeMs }: WindowInfo,
  { start, end }: { readonly start: TimeBounds; readonly end: TimeBounds },
): AsyncGenerator<Stored> {
  // As in ksqlDB: sessions are kept by key, so that a look at all of them would go through all keys ever seen.
  if (sizeMs === null) throw new MillraceError('SCAN_UNSUPPORTED', 'Session windows can be looked up by key only');
  const starts = startsWithin(start, end, sizeMs);
  const all: AsyncGenerator<readonly [Windowed<Row>, ValueAndTimestamp<Row>]> = store.fetchAll(
    starts.fromMs,
    starts.toMs,
  );
  for await (const [{ key, window }, stored] of all) {
    yield { key, stored, window: { startMs: window.startMs, endMs: window.startMs + sizeMs } };
  }
}

/** Windows of one size: bounds on the end are bounds on the start. */
function startsWithin(start: TimeBounds, end: TimeBounds, sizeMs: number): TimeBounds {
  return { fromMs: Math.max(start.fromMs, end.fromMs - sizeMs, 0), toMs: Math.min(start.toMs, end.toMs - sizeMs) };
}

function isWithin(timeMs: number, { fromMs, toMs }: TimeBounds): boolean {
  return fromMs <= timeMs && timeMs <= toMs;
}
