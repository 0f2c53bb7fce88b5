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
import { schemaOfText } from '../steps/schema-text.ts';
import type { SourceStep } from '../steps/steps.ts';
import type { Column, LogicalSchema } from '../types/schema.ts';
import type { Row, SqlValue } from '../types/values.ts';
import type { CompileContext } from './compile-context.ts';
import { type Holder, isWindowedKey, keyValues, type RowKey } from './holders.ts';
import { keySerde, valueSerde } from './row-serdes.ts';
import { timestampExtractor } from './timestamps.ts';

/** Reads a topic: rows get the key columns and the system columns behind their own. */
export function compileSource(step: SourceStep, builder: StreamsBuilder, context: CompileContext): Holder {
  const declared = schemaOfText(step.sourceSchema);
  const serdes = context.serdeOptions(step.formats, step.context);
  const extractor = timestampExtractor(step.timestamp, declared, step.context, context);
  const consumed: Consumed<RowKey, Row> = {
    key: keySerde(declared.key, step.window, serdes),
    value: valueSerde(declared.value, serdes),
    ...(extractor === null ? {} : { timestampExtractor: extractor }),
  };
  const extend = rowExtender(declared, step.window !== null);
  const formats = { ...step.formats, value: innerFormat(step) };
  const common = { schema: schemaOfText(step.schema), window: step.window, formats };
  if (step.kind === 'stream-source') {
    const source = builder.stream<RowKey, Row | null>(step.topic, consumed as Consumed<RowKey, Row | null>);
    const stream = source.processValues<Row | null>(() => new StreamRows(extend));
    return { kind: 'stream', stream, ...common };
  }
  const table = builder
    .table<RowKey, Row>(step.topic, { ...consumed, offsetReset: 'earliest' })
    .transformValues<Row>(() => new TableRows(extend), {
      as: `${step.context}-Reduce`,
      key: keySerde(declared.key, step.window, serdes),
      // Stored rows have more columns than the topic's, so a bare single value becomes a record.
      value: valueSerde(common.schema.value, {
        ...serdes,
        formats: { ...formats, value: { ...formats.value, features: [] } },
      }),
      caching: false,
    });
  return { kind: 'table', table, ...common };
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

export function rowExtender(declared: LogicalSchema, windowed: boolean): RowExtender {
  const valueCount = declared.value.length;
  const keyCount = declared.key.length;
  const headerReaders = declared.headers.map(headerReader);
  return (key, row, facts) => {
    const extended: SqlValue[] = new Array(valueCount + headerReaders.length + 3 + keyCount + (windowed ? 2 : 0));
    let next = 0;
    for (let index = 0; index < valueCount; index++) extended[next++] = row[index]!;
    for (const read of headerReaders) extended[next++] = read(facts.headers);
    extended[next++] = BigInt(facts.timestamp);
    extended[next++] = facts.partition;
    extended[next++] = BigInt(facts.offset);
    const keys = keyValues(key, keyCount);
    for (let index = 0; index < keyCount; index++) extended[next++] = keys[index]!;
    if (windowed && isWindowedKey(key)) {
      extended[next++] = BigInt(key.window.startMs);
      extended[next] = BigInt(key.window.endMs);
    }
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
  #context: FixedKeyProcessorContext<RowKey, Row | null> | undefined;

  constructor(extend: RowExtender) {
    this.#extend = extend;
  }

  init(context: FixedKeyProcessorContext<RowKey, Row | null>): void {
    this.#context = context;
  }

  process(record: FixedKeyRecord<RowKey, Row | null>): void {
    const context = this.#context!;
    if (record.value === null) {
      context.forward(record);
      return;
    }
    const metadata = context.recordMetadata();
    const row = this.#extend(record.key, record.value, {
      timestamp: record.timestamp,
      partition: metadata?.partition ?? -1,
      offset: metadata?.offset ?? -1,
      headers: record.headers,
    });
    context.forward(record.withValue(row));
  }
}

class TableRows implements ValueTransformerWithKey<RowKey, Row, Row> {
  readonly #extend: RowExtender;
  #context: ValueTransformerContext | undefined;

  constructor(extend: RowExtender) {
    this.#extend = extend;
  }

  init(context: ValueTransformerContext): void {
    this.#context = context;
  }

  transform(key: RowKey, value: Row | null): Row {
    // A deleted row stays deleted; the transformer's result type has no room to say so.
    return value === null ? (null as unknown as Row) : this.#extend(key, value, this.#context!);
  }
}
