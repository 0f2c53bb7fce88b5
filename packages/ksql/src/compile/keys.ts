import type { KStream, Serde } from '@millrace/streams';
import { schemaOfText } from '../steps/schema-text.ts';
import type { SelectKeyStep } from '../steps/steps.ts';
import type { LogicalSchema } from '../types/schema.ts';
import type { Row, SqlValue } from '../types/values.ts';
import { ColumnUse } from './column-use.ts';
import type { CompileContext } from './compile-context.ts';
import { type Holder, isWindowedKey, keyOf, keyValues, nulls, type RowKey, type TableHolder } from './holders.ts';
import { keySerde, valueSerde } from './row-serdes.ts';

/**
 * Gives each record another key, and takes columns that the key adds into the value. What can't be computed is null, and
 * without a value only what depends on the old key alone can be computed.
 */
export function compileSelectKey(step: SelectKeyStep, input: Holder, context: CompileContext): Holder {
  const schema = schemaOfText(step.schema);
  const report = context.failuresOf(step.context);
  const parts = step.expressions.map((expression) => context.projection([expression], input.schema));
  const { evaluate, columns } = context.projection(step.expressions, input.schema);
  input.use.need(columns);
  const keysOfKey = keyColumnReader(input.schema);
  const rowOf = rekeyedRow(schema, input);
  const rekey = (key: RowKey, row: Row | null): readonly [RowKey, Row | null] => {
    const keys =
      row === null
        ? parts.map((part) => (keysOfKey.has(part.columns) ? part.evaluate(keysOfKey.row(key), report)[0]! : null))
        : evaluate(row, report);
    const newKey = keyOf(keys);
    const windowed = isWindowedKey(key) && newKey !== null ? { key: keys, window: key.window } : newKey;
    return [windowed, row === null ? null : rowOf(row, keys)];
  };
  const formats = step.formats ?? input.formats;
  const common = { schema, formats, window: input.window, use: new ColumnUse() };
  if (input.kind === 'stream') {
    const stream = input.stream.map<RowKey, Row | null>(rekey, { name: step.context });
    return { kind: 'stream', stream, ...common };
  }
  // ksqlDB's topology has one node more here, and the names of stores that come later count it.
  const changes = input.table.toStream().peek(() => undefined);
  const keyed = changes.map<RowKey, Row | null>(rekey);
  const unstored: TableHolder = { ...input, ...common };
  const table = (keyed as KStream<RowKey, Row>).toTable({
    name: step.context,
    as: step.context.replace(/SelectKey$/, 'Materialize'),
    caching: false,
    ...holderSerdes(unstored, step.context, context),
  });
  return { kind: 'table', table, ...common };
}

/** The row under its new key: columns of the one before by their names, and those that the key adds. */
function rekeyedRow({ key, value }: LogicalSchema, { schema, use }: Holder) {
  const positions = value.map(({ name }) => columnPosition(schema.value, name));
  const isWhole = schema.value.every((_, position) => positions[position] === position);
  if (isWhole && positions.length === schema.value.length) {
    use.needAll();
    return (row: Row): Row => row;
  }
  use.need(positions.filter((position) => position >= 0));
  const ofKey = value.map(({ name }) => columnPosition(key, name));
  return (row: Row, keys: readonly SqlValue[]): Row =>
    positions.map((position, at) => (position >= 0 ? row[position]! : keys[ofKey[at]!]!));
}

/** Rows of which only the copies of the key columns are known. */
function keyColumnReader({ key, value }: LogicalSchema) {
  const positions = key.map((column) => columnPosition(value, column.name));
  return {
    has: (columns: ReadonlySet<number>): boolean =>
      columns.size > 0 && [...columns].every((column) => positions.includes(column)),
    row(of: RowKey): Row {
      const row = [...nulls(value.length)];
      keyValues(of, key.length).forEach((each, index) => {
        const position = positions[index]!;
        if (position >= 0) row[position] = each;
      });
      return row;
    },
  };
}

function columnPosition(columns: readonly { readonly name: string }[], name: string): number {
  return columns.findIndex((column) => column.name === name);
}

/** How a holder's records are written between two steps. */
export function holderSerdes(
  holder: Holder,
  stepContext: string,
  context: CompileContext,
): { readonly key: Serde<RowKey>; readonly value: Serde<Row> } {
  // Rows inside a query have other columns than the topic's, so a bare single value becomes a record.
  const formats = { ...holder.formats, value: { ...holder.formats.value, features: [] } };
  const options = context.serdeOptions(formats, stepContext);
  return {
    key: keySerde(holder.schema.key, holder.window, options),
    value: valueSerde(holder.schema.value, options),
  };
}
