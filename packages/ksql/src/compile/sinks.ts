import type { Processor, ProcessorContext, Record as StreamRecord } from '@millrace/streams';
import { causesOf } from '../processing-log/messages.ts';
import { schemaOfText } from '../steps/schema-text.ts';
import type { SinkStep } from '../steps/steps.ts';
import type { Row } from '../types/values.ts';
import type { CompileContext } from './compile-context.ts';
import type { Holder, RowKey } from './holders.ts';
import { keySerde, valueSerde } from './row-serdes.ts';
import { type TimeReader, timeReader } from './timestamps.ts';

/** Writes the results to their topic. */
export function compileSink(step: SinkStep, input: Holder, context: CompileContext): void {
  const schema = schemaOfText(step.schema);
  const options = context.serdeOptions(step.formats, step.context);
  const stream = input.kind === 'stream' ? input.stream : input.table.toStream();
  const key = keySerde(schema.key, step.window, options);
  const value = valueSerde(schema.value, options);
  const timed =
    step.timestamp === null
      ? stream
      : stream.process<RowKey, Row | null>(
          () => new SetTimes(timeReader(step.timestamp!, schema, step.context, context), step, context),
        );
  timed.to(step.topic, {
    key,
    value: value as typeof value & { deserialize(bytes: Uint8Array, topic: string): Row },
  });
}

/** Records get the time that a column of theirs holds; those without one are dropped. */
class SetTimes implements Processor<RowKey, Row | null, RowKey, Row | null> {
  readonly #read: TimeReader;
  readonly #step: SinkStep;
  readonly #compile: CompileContext;
  #context: ProcessorContext<RowKey, Row | null> | undefined;

  constructor(read: TimeReader, step: SinkStep, compile: CompileContext) {
    this.#read = read;
    this.#step = step;
    this.#compile = compile;
  }

  init(context: ProcessorContext<RowKey, Row | null>): void {
    this.#context = context;
  }

  process(record: StreamRecord<RowKey, Row | null>): void {
    if (record.value === null) {
      this.#context!.forward(record);
      return;
    }
    let timestamp: number;
    try {
      timestamp = this.#read(record.key, record.value);
    } catch (error) {
      this.#compile.options.processingLog.report({
        kind: 'record-processing-error',
        logger: `${this.#compile.logger(this.#step.context)}.timestamp-transform`,
        message: `Error writing row with extracted timestamp: ${causesOf(error)[0]}`,
        cause: causesOf(error),
      });
      return;
    }
    this.#context!.forward(record.withTimestamp(timestamp));
  }
}
