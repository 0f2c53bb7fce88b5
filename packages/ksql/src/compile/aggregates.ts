import { assert } from '@millrace/base';
import {
  type KGroupedStream,
  type KGroupedTable,
  type KTable,
  type Materialized,
  SessionWindows,
  TimeWindows,
  type Windowed,
} from '@millrace/streams';
import { bigintOf } from '../lib/exact-integers.ts';
import { CLOSE_AFTER_IDLE_MS, type KsqlConfig, numberSetting } from '../lib/ksql-config.ts';
import { KsqlFunctionException } from '../lib/ksql-exception.ts';
import { type BoundCall, bindAggregate } from '../plan/aggregate-schema.ts';
import { schemaOfText } from '../steps/schema-text.ts';
import type { AggregateStep, GroupByStep } from '../steps/steps.ts';
import type { Expression } from '../syntax/ast.ts';
import { parseExpression } from '../syntax/parse.ts';
import { type LogicalSchema, ROWTIME, type SimpleColumn } from '../types/schema.ts';
import type { Row, SqlValue } from '../types/values.ts';
import { ColumnUse } from './column-use.ts';
import type { CompileContext } from './compile-context.ts';
import type { OnFailure } from './expressions/compile-expression.ts';
import { type Holder, isWindowedKey, keyOf, keyValues, nulls, type RowKey, type TableHolder } from './holders.ts';
import { keySerde, stateSerde, valueSerde } from './row-serdes.ts';

/** GROUP BY and what it computes: kept columns and one state for each aggregate, together one row in the store. */
export function compileAggregate(step: AggregateStep, input: Holder, context: CompileContext): TableHolder {
  const grouped = group(step.input, input, context);
  const use = new ColumnUse();
  const rows = new AggregateRows(step, grouped.schema, context, use);
  input.use.need(rows.columns);
  const schema = schemaOfText(step.schema);
  const materialized = store(step, grouped.schema, rows, context);
  const table = grouped.isTable
    ? grouped.table.aggregate<Row>(rows.initialize, rows.add, rows.subtract, materialized)
    : aggregateStream(step, grouped.stream, rows, materialized, context.options.config);
  const windowed = step.window !== null;
  const results = table.mapValues<Row>((row, key) => rows.results(row, key), {
    name: `${step.context}-ToOutputSchema`,
  });
  const window = windowed ? windowInfo(step) : grouped.window;
  return { kind: 'table', table: results, schema, window, formats: step.formats, use };
}

function windowInfo({ window }: AggregateStep): Holder['window'] {
  assert(window !== null, 'a windowed aggregation');
  return window.type === 'SESSION' ? { type: 'SESSION', sizeMs: null } : { type: window.type, sizeMs: window.sizeMs };
}

type Grouped = { readonly schema: LogicalSchema; readonly window: Holder['window'] } & (
  | { readonly isTable: false; readonly stream: KGroupedStream<RowKey, Row> }
  | { readonly isTable: true; readonly table: KGroupedTable<RowKey, Row> }
);

/** Rows whose group can't be computed, or is null in any part, belong to no group. */
function group(step: GroupByStep, input: Holder, context: CompileContext): Grouped {
  const schema = schemaOfText(step.schema);
  const { window } = input;
  // Rows that are grouped anew go through a topic, with all that is in them.
  if (step.kind !== 'stream-group-by-key') input.use.needAll();
  const serdes = context.serdeOptions(step.formats, step.context);
  const options = {
    name: step.context,
    key: keySerde(schema.key, window, serdes),
    value: valueSerde(schema.value, serdes),
  };
  if (step.kind === 'stream-group-by-key') {
    assert(input.kind === 'stream', 'streams are grouped by their keys');
    const rows = input.stream.filter((_key, row) => row !== null);
    return { isTable: false, schema, window, stream: rows.groupByKey(options) as KGroupedStream<RowKey, Row> };
  }
  const { evaluate } = context.projection(step.expressions, input.schema);
  const report = context.failuresOf(step.context);
  const groupOf = (row: Row): RowKey => {
    const values = evaluate(row, report);
    return values.includes(null) ? null : keyOf(values);
  };
  if (input.kind === 'table') {
    const table = input.table
      .filter((_key, row) => row !== null)
      .groupBy<RowKey, Row>((_key, row) => [groupOf(row), row], options);
    return { isTable: true, schema, window: null, table };
  }
  const rows = input.stream.filter((_key, row) => row !== null);
  const stream = rows.groupBy<RowKey>((_key, row) => groupOf(row as Row), options) as KGroupedStream<RowKey, Row>;
  return { isTable: false, schema, window: null, stream };
}

function store(
  step: AggregateStep,
  grouped: LogicalSchema,
  rows: AggregateRows,
  context: CompileContext,
): Materialized<RowKey, Row> & { readonly as: string } {
  const serdes = context.serdeOptions(step.formats, step.context);
  const retentionMs = step.window === null ? null : step.window.retentionMs;
  return {
    as: `${step.context}-Materialize`,
    key: keySerde(grouped.key, null, serdes),
    value: stateSerde(rows.stateColumns, serdes),
    // Final results go when their window closes, not when a cache is emptied.
    caching: !step.emitFinal,
    ...(retentionMs === null ? {} : { retention: retentionMs }),
  };
}

/** Kafka Streams' old default: a day, less what the window itself takes. */
const DAY_MS = 86_400_000;

/** Final results wait for the grace period, so without one they come when the window ends. */
function graceMs(window: NonNullable<AggregateStep['window']>, emitFinal: boolean): number {
  if (window.graceMs !== null) return window.graceMs;
  if (emitFinal) return 0;
  return Math.max(DAY_MS - (window.type === 'SESSION' ? window.gapMs : window.sizeMs), 0);
}

/** Final results wait for a later record, or for no longer than a setting says. */
function emissionOf({ emitFinal }: AggregateStep, config: KsqlConfig): { readonly closeAfterIdle?: number } {
  const idleMs = emitFinal ? numberSetting(config, CLOSE_AFTER_IDLE_MS, 0) : 0;
  return idleMs === 0 ? {} : { closeAfterIdle: idleMs };
}

function aggregateStream(
  step: AggregateStep,
  stream: KGroupedStream<RowKey, Row>,
  rows: AggregateRows,
  materialized: Materialized<RowKey, Row>,
  config: KsqlConfig,
): KTable<RowKey, Row> {
  const { window } = step;
  if (window === null) return stream.aggregate<Row>(rows.initialize, rows.add, materialized);
  const emission = emissionOf(step, config);
  // The key of a result is a windowed one, which is a kind of RowKey.
  type Result = KTable<RowKey, Row>;
  if (window.type === 'SESSION') {
    const windows = SessionWindows.ofInactivityGapAndGrace(window.gapMs, graceMs(window, step.emitFinal));
    const windowed = stream
      .windowedBy(windows)
      .emitStrategy(step.emitFinal ? 'on-window-close' : 'on-window-update', emission);
    return windowed.aggregate<Row>(rows.initialize, rows.add, rows.merge, materialized) as unknown as Result;
  }
  const windows = TimeWindows.ofSizeAndGrace(window.sizeMs, graceMs(window, step.emitFinal)).advanceBy(
    window.advanceMs,
  );
  // As ksqlDB: of windows that close together, those that the store still holds. It loses no sessions.
  const windowed = stream
    .windowedBy(windows)
    .emitStrategy(step.emitFinal ? 'on-window-close-like-kafka' : 'on-window-update', emission);
  return windowed.aggregate<Row>(rows.initialize, rows.add, materialized) as unknown as Result;
}

type KeptColumn = { readonly isInKey: boolean; readonly place: number };

/** The rows of the store: how they begin, grow, shrink, meet, and what they come to. */
export class AggregateRows {
  /** Positions of the rows that are read. */
  readonly columns: ReadonlySet<number>;
  readonly stateColumns: readonly { readonly name: string; readonly type: BoundCall['aggregate']['stateType'] }[];
  readonly #calls: readonly BoundCall[];
  /** Positions in the input of the kept columns that are stored. */
  readonly #storedPositions: readonly number[];
  /** Where the kept columns of a result are found. */
  readonly #kept: readonly KeptColumn[];
  readonly #initial: Row;
  readonly #add: readonly Caller[];
  readonly #subtract: readonly Caller[];
  readonly #windowed: boolean;
  readonly #keyCount: number;
  /** What is read of the results. */
  readonly #use: ColumnUse;

  constructor(step: AggregateStep, schema: LogicalSchema, context: CompileContext, use: ColumnUse) {
    const { functions, config } = context.options;
    const parsed = step.calls.map((call) => parseExpression(call));
    this.#calls = parsed.map((call) => {
      assert(call.kind === 'function-call', 'aggregates are calls');
      return bindAggregate(call, schema, { functions, config, customTypes: new Map() });
    });
    const columns = schema.value;
    const stored: number[] = [];
    this.#kept = step.kept.map((name): KeptColumn => {
      const place = step.keptInKey?.[name];
      if (place !== undefined) return { isInKey: true, place };
      return { isInKey: false, place: stored.push(columns.findIndex((column) => column.name === name)) - 1 };
    });
    this.#storedPositions = stored;
    this.#keyCount = schema.key.length;
    this.stateColumns = [
      ...stored.map((position) => columns[position]!),
      ...this.#calls.map(({ aggregate }, position) => ({
        name: `KSQL_AGG_VARIABLE_${position}`,
        type: aggregate.stateType,
      })),
    ];
    this.#initial = [...nulls(stored.length), ...this.#calls.map(({ aggregate }) => aggregate.initialize())];
    this.#windowed = step.window !== null;
    this.#use = use;
    const report = context.failuresOf(step.context);
    const readers = this.#calls.map((call) => argumentReader(call, columns, context));
    this.columns = new Set([...stored, ...readers.flatMap((reader) => [...reader.columns])]);
    this.#add = this.#calls.map(({ aggregate }, index) => readers[index]!.caller(aggregate.aggregate, report));
    // Planning refuses what can't take rows out again where that is needed.
    this.#subtract = this.#calls.map(({ aggregate }, index) => readers[index]!.caller(aggregate.undo!, report));
  }

  readonly initialize = (): Row => this.#initial;

  readonly add = (_key: unknown, row: Row, state: Row): Row => this.#next(row, state, this.#add);

  readonly subtract = (_key: unknown, row: Row, state: Row): Row => this.#next(row, state, this.#subtract);

  /** The later of two sessions that meet has the columns that are kept. */
  readonly merge = (_key: unknown, left: Row, right: Row): Row => {
    const kept = this.#storedPositions.length;
    const states = this.#calls.map(({ aggregate }, index) =>
      aggregate.merge(left[kept + index]!, right[kept + index]!),
    );
    const keptFrom = right.slice(0, kept).every((value) => value === null) ? left : right;
    return [...keptFrom.slice(0, kept), ...states];
  };

  results(state: Row, key: RowKey): Row {
    const stored = this.#storedPositions.length;
    const kept = this.#kept.length;
    const calls = this.#calls;
    const row: SqlValue[] = new Array(kept + calls.length + (this.#windowed ? 2 : 0));
    const keys = keyValues(key, this.#keyCount);
    for (let index = 0; index < kept; index++) {
      const { isInKey, place } = this.#kept[index]!;
      row[index] = isInKey ? keys[place]! : state[place]!;
    }
    for (let index = 0; index < calls.length; index++) {
      row[kept + index] = calls[index]!.aggregate.result(state[stored + index]!);
    }
    if (this.#windowed && isWindowedKey(key)) this.#addBounds(row, key.window, kept + calls.length);
    return row;
  }

  #addBounds(row: SqlValue[], { startMs, endMs }: Windowed<Row>['window'], position: number): void {
    row[position] = this.#use.has(position) ? bigintOf(startMs) : null;
    row[position + 1] = this.#use.has(position + 1) ? bigintOf(endMs) : null;
  }

  #next(row: Row, state: Row, callers: readonly Caller[]): Row {
    const positions = this.#storedPositions;
    const kept = positions.length;
    const next: SqlValue[] = new Array(kept + callers.length);
    for (let index = 0; index < kept; index++) next[index] = row[positions[index]!]!;
    try {
      for (let index = 0; index < callers.length; index++) {
        next[kept + index] = callers[index]!(state[kept + index]!, row);
      }
    } catch (error) {
      throw new KsqlFunctionException(error instanceof Error ? error.message : String(error), error);
    }
    return next;
  }
}

/** Calls one aggregate with what it asks for of a row. */
type Caller = (state: SqlValue, row: Row) => SqlValue;

type ArgumentReader = {
  readonly columns: ReadonlySet<number>;
  caller(run: BoundCall['aggregate']['aggregate'], report: OnFailure): Caller;
};

/** Most calls have one argument, which planning has made a column of its own. */
function argumentReader(
  { name, aggregate, args }: BoundCall,
  columns: readonly SimpleColumn[],
  context: CompileContext,
): ArgumentReader {
  const only = args.length === 1 ? args[0] : undefined;
  if (only?.kind === 'column') {
    const { index } = only;
    // Every row has its time: for who asks no more than whether there is one, none is made.
    if (aggregate.onlyPresence === true && columns[index]!.name === ROWTIME) {
      return { columns: new Set(), caller: (run) => (state) => run(state, true) };
    }
    return { columns: new Set([index]), caller: (run) => (state, row) => run(state, row[index]!) };
  }
  const texts = args.map((): Expression => ({ kind: 'function-call', name, args: [], location: null }));
  const { evaluate, columns: read } = context.typedProjection(texts, args);
  return { columns: read, caller: (run, report) => (state, row) => run(state, ...evaluate(row, report)) };
}
