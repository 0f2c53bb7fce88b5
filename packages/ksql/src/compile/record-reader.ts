import { schemaOfText } from '../steps/schema-text.ts';
import type { SourceStep } from '../steps/steps.ts';
import type { Row } from '../types/values.ts';
import type { CompileContext } from './compile-context.ts';
import { keySerde, valueSerde } from './row-serdes.ts';
import { type RecordFacts, rowExtender } from './sources.ts';
import { timestampExtractor } from './timestamps.ts';

/** A record as it lies in its topic. */
export type RawRecord = RecordFacts & { readonly key: Uint8Array | null; readonly value: Uint8Array | null };

/**
 * Reads the records of a stream's topic outside of a topology: the rows that {@link compileSource} would give. Null for
 * what a query passes over: records without value, and those that can't be read, which the processing log has been told.
 */
export function recordReader(step: SourceStep, context: CompileContext): (record: RawRecord) => Row | null {
  const declared = schemaOfText(step.sourceSchema);
  const { topic } = step;
  const serdes = context.serdeOptions(step.formats, step.context);
  const [keys, values] = [keySerde(declared.key, step.window, serdes), valueSerde(declared.value, serdes)];
  const timeOf = timestampExtractor(step.timestamp, declared, step.context, context);
  const extend = rowExtender(declared, step.window !== null);
  return (record) => {
    if (record.value === null) return null;
    try {
      const key = record.key === null ? null : keys.deserialize(record.key, topic);
      const value = values.deserialize(record.value, topic);
      const timestamp = timeOf?.({ ...record, topic, key, value }, -1) ?? record.timestamp;
      return timestamp < 0 ? null : extend(key, value, { ...record, timestamp });
    } catch {
      return null;
    }
  };
}
