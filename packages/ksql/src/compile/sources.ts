import type {
  Consumed,
  FixedKeyProcessorContext,
  FixedKeyRecord,
  Header,
  StreamsBuilder,
  ValueTransformerContext,
  ValueTransformerWithKey,
} from '@millrace/streams';
import { SCHEMA_ID } from '../analysis/format-info.ts';
import { bigintOf } from '../lib/exact-integers.ts';
import { schemaOfText } from '../steps/schema-text.ts';
import type { SourceStep } from '../steps/steps.ts';
import type { Column, LogicalSchema } from '../types/schema.ts';
import type { Row, SqlValue } from '../types/values.ts';
import { ColumnUse } from './column-use.ts';
import type { CompileContext } from './compile-context.ts';
import { type Holder, isWindowedKey, keyValues, nulls, type RowKey } from './holders.ts';
import { keySerde, stateSerde } from './row-serdes.ts';
import { SourceReading } from './source-reading.ts';
import { timestampExtractor } from './timestamps.ts';

/** Reads a topic: rows get the key columns and the system columns behind their own. */
export function compileSource(step: SourceStep, builder: StreamsBuilder, context: CompileContext): Holder {
  const declared = schemaOfText(step.sourceSchema);
  const serdes = context.serdeOptions(step.formats, step.context);
  const extractor = timestampExtractor(step.timestamp, declared, step.context, context);
  const use = context.useOfSource(step.topic);
  if (step.kind === 'table-source') use.needAll();
  use.need(positionsOfTime(step, declared));
  const schema = schemaOfText(step.schema);
  // A row that nobody else sees is made with room for the columns that it gets here.
  const room = (): number =>
    step.kind === 'stream-source' && context.isReadOnce(step.topic) ? schema.value.length - declared.value.length : 0;
  const reading = new SourceReading(step, { declared, use, room }, context);
  const consumed: Consumed<RowKey, Row> = {
    key: reading.key,
    value: reading.value,
    ...(extractor === null ? {} : { timestampExtractor: extractor }),
  };
  const formats = { ...step.formats, value: innerFormat(step) };
  const common = { schema, window: step.window, formats, use };
  if (step.kind === 'stream-source') {
    const source = builder.stream<RowKey, Row | null>(step.topic, consumed as Consumed<RowKey, Row | null>);
    const stream = source.processValues<Row | null>(
      () => new StreamRows(rowExtender(declared, step.window !== null, use), reading),
    );
    return { kind: 'stream', stream, ...common };
  }
  const table = builder
    .table<RowKey, Row>(step.topic, { ...consumed, offsetReset: 'earliest' })
    .transformValues<Row>(() => new TableRows(rowExtender(declared, step.window !== null, use), reading), {
      as: `${step.context}-Reduce`,
      key: keySerde(declared.key, step.window, serdes),
      // Stored rows have more columns than the topic's, so a bare single value becomes a record.
      value: stateSerde(schema.value, {
        ...serdes,
        formats: { ...formats, value: { ...formats.value, features: [] } },
      }),
      caching: false,
    });
  return { kind: 'table', table, ...common };
}

/** The column that event time is read from, if it stands in the value. */
function positionsOfTime({ timestamp }: SourceStep, { value }: LogicalSchema): number[] {
  return value.flatMap(({ name }, position) => (name === timestamp?.column ? [position] : []));
}

/** Inside of a query rows have more columns than the topic's, and other names: a schema that was chosen is not theirs. */
function innerFormat({ formats }: SourceStep): SourceStep['formats']['value'] {
  const { [SCHEMA_ID]: _, ...properties } = formats.value.properties;
  return { ...formats.value, properties };
}

/** What is known of a record besides key and value. */
export type RecordFacts = {
  readonly timestamp: number;
  readonly partition: number;
  readonly offset: number;
  readonly headers: readonly Header[];
};

type RowExtender = (key: RowKey, row: Row, facts: RecordFacts) => Row;

/**
 * Makes rows of a source of what was read: each column that is used, null for the others. A row that was read with room for
 * all of them is filled as it is; another query that was given the same row fills in the same.
 */
export function rowExtender(declared: LogicalSchema, windowed: boolean, use: ColumnUse = ColumnUse.all()): RowExtender {
  const valueCount = declared.value.length;
  const keyCount = declared.key.length;
  const fillers: ((row: SqlValue[], key: RowKey, facts: RecordFacts) => void)[] = [];
  let next = valueCount;
  const add = (read: (key: RowKey, facts: RecordFacts) => SqlValue): void => {
    const position = next++;
    if (!use.has(position)) return;
    fillers.push((row, key, facts) => {
      row[position] = read(key, facts);
    });
  };
  for (const header of declared.headers) {
    const read = headerReader(header);
    add((_key, { headers }) => read(headers));
  }
  add((_key, { timestamp }) => bigintOf(timestamp));
  add((_key, { partition }) => partition);
  add((_key, { offset }) => bigintOf(offset));
  for (let index = 0; index < keyCount; index++) add((key) => keyValues(key, keyCount)[index]!);
  if (windowed) {
    add((key) => (isWindowedKey(key) ? BigInt(key.window.startMs) : null));
    add((key) => (isWindowedKey(key) ? BigInt(key.window.endMs) : null));
  }
  const width = next;
  return (key, row, facts) => {
    const extended = row.length === width ? (row as SqlValue[]) : [...row, ...nulls(width - valueCount)];
    for (let index = 0; index < fillers.length; index++) fillers[index]!(extended, key, facts);
    return extended;
  };
}

/** All headers as an array of structs, or the last one of a key. */
function headerReader({ headerKey }: Column): (headers: readonly Header[]) => SqlValue {
  if (headerKey === undefined) return (headers) => headers.map(({ key, value }) => [key, value]);
  return (headers) => headers.findLast(({ key }) => key === headerKey)?.value ?? null;
}

class StreamRows {
  readonly #extend: RowExtender;
  readonly #reading: SourceReading;
  readonly #facts = new FactsInProcess();
  #context: FixedKeyProcessorContext<RowKey, Row | null> | undefined;

  constructor(extend: RowExtender, reading: SourceReading) {
    this.#extend = extend;
    this.#reading = reading;
  }

  init(context: FixedKeyProcessorContext<RowKey, Row | null>): void {
    this.#reading.begin();
    this.#context = context;
    this.#facts.context = context;
  }

  process(record: FixedKeyRecord<RowKey, Row | null>): void {
    const context = this.#context!;
    if (record.value === null) {
      context.forward(record);
      return;
    }
    this.#facts.record = record;
    const row = this.#extend(record.key, record.value, this.#facts);
    context.forward(row === record.value ? record : record.withValue(row));
  }

  close(): void {
    this.#reading.end();
  }
}

/** The facts of the record that is being processed, looked up when they are asked for: most columns are not used. */
class FactsInProcess implements RecordFacts {
  record: FixedKeyRecord<RowKey, Row | null> | undefined;
  context: FixedKeyProcessorContext<RowKey, Row | null> | undefined;

  get timestamp(): number {
    return this.record!.timestamp;
  }

  get headers(): readonly Header[] {
    return this.record!.headers;
  }

  get partition(): number {
    return this.context!.recordMetadata()?.partition ?? -1;
  }

  get offset(): number {
    return this.context!.recordMetadata()?.offset ?? -1;
  }
}

class TableRows implements ValueTransformerWithKey<RowKey, Row, Row> {
  readonly #extend: RowExtender;
  readonly #reading: SourceReading;
  #context: ValueTransformerContext | undefined;

  constructor(extend: RowExtender, reading: SourceReading) {
    this.#extend = extend;
    this.#reading = reading;
  }

  init(context: ValueTransformerContext): void {
    this.#reading.begin();
    this.#context = context;
  }

  transform(key: RowKey, value: Row | null): Row {
    // A deleted row stays deleted; the transformer's result type has no room to say so.
    return value === null ? (null as unknown as Row) : this.#extend(key, value, this.#context!);
  }

  close(): void {
    this.#reading.end();
  }
}
