import { assert } from '@millrace/base';
import { schemaOfText } from '../steps/schema-text.ts';
import type { SelectKeyStep } from '../steps/steps.ts';
import type { Row, SqlValue } from '../types/values.ts';
import type { CompileContext } from './compile-context.ts';
import { type Holder, keyOf, nulls, type RowKey } from './holders.ts';
import { keySerde, valueSerde } from './row-serdes.ts';

/**
 * Gives each record another key. Columns that the new key adds stand behind the others in the value. A key that can't be
 * computed drops the record.
 */
export function compileSelectKey(step: SelectKeyStep, input: Holder, context: CompileContext): Holder {
  const schema = schemaOfText(step.schema);
  const { evaluate } = context.projection(step.expressions, input.schema);
  const report = context.failuresOf(step.context);
  const added = schema.value.slice(input.schema.value.length).map(({ name }) => keyPosition(schema.key, name));
  const valueCount = input.schema.value.length;
  const keep = (row: Row, keys: readonly SqlValue[]): Row =>
    added.length === 0 ? row : [...row, ...added.map((position) => keys[position]!)];
  const rekey = (_key: RowKey, row: Row | null): readonly (readonly [RowKey, Row | null])[] => {
    let failed = false;
    const keys = evaluate(row ?? nulls(valueCount), (failure) => {
      failed = true;
      report(failure);
    });
    return failed ? [] : [[keyOf(keys), row === null ? null : keep(row, keys)]];
  };
  const name = step.context;
  assert(input.kind === 'stream', 'tables keep their keys');
  const stream = input.stream.flatMap<RowKey, Row | null>(rekey, { name });
  const formats = step.formats ?? input.formats;
  return { ...input, schema, stream, formats, window: null };
}

function keyPosition(keys: readonly { readonly name: string }[], name: string): number {
  return keys.findIndex((key) => key.name === name);
}

/** How a holder's records are written between two steps. */
export function holderSerdes(holder: Holder, stepContext: string, context: CompileContext) {
  const options = {
    // Rows inside a query have other columns than the topic's, so a bare single value becomes a record.
    formats: { ...holder.formats, value: { ...holder.formats.value, features: [] } },
    logger: context.logger(stepContext),
    processingLog: context.options.processingLog,
  };
  return {
    key: keySerde(holder.schema.key, holder.window, options),
    value: valueSerde(holder.schema.value, options),
  };
}
