import { assert } from '@millrace/base';
import { JoinWindows, type KStream } from '@millrace/streams';
import { schemaOfText } from '../steps/schema-text.ts';
import type {
  ForeignKeyJoinStep,
  StepFormats,
  StreamStreamJoinStep,
  StreamTableJoinStep,
  TableTableJoinStep,
} from '../steps/steps.ts';
import type { LogicalSchema } from '../types/schema.ts';
import type { Row } from '../types/values.ts';
import { ColumnUse } from './column-use.ts';
import type { CompileContext } from './compile-context.ts';
import { type Holder, keyOf, keyValues, nulls, type RowKey, type StreamHolder, type TableHolder } from './holders.ts';
import { keySerde, valueSerde } from './row-serdes.ts';

/** Rows of both sides one behind the other, and a key column of the join's own behind them. */
function rowJoiner(left: LogicalSchema, right: LogicalSchema, result: LogicalSchema) {
  const [leftCount, rightCount] = [left.value.length, right.value.length];
  const addsKey = result.value.length > leftCount + rightCount;
  const missing = { left: nulls(leftCount), right: nulls(rightCount) };
  return (leftRow: Row | null, rightRow: Row | null, key: RowKey): Row => {
    const row = [...(leftRow ?? missing.left), ...(rightRow ?? missing.right)];
    if (addsKey) row.push(keyValues(key, 1)[0]!);
    return row;
  };
}

function serdesOf(holder: Holder, formats: StepFormats, stepContext: string, context: CompileContext) {
  const options = context.serdeOptions(formats, stepContext);
  return {
    key: keySerde(holder.schema.key, holder.window, options),
    value: valueSerde(holder.schema.value, options),
  };
}

/** Rows that are missing can't be told from those that found nothing, so they don't take part. */
function withRows(stream: KStream<RowKey, Row | null>): KStream<RowKey, Row> {
  return stream as KStream<RowKey, Row>;
}

export function compileStreamStreamJoin(
  step: StreamStreamJoinStep,
  left: StreamHolder,
  right: StreamHolder,
  context: CompileContext,
): StreamHolder {
  const schema = schemaOfText(step.schema);
  const leftSerdes = serdesOf(left, step.leftFormats, step.context, context);
  const rightSerdes = serdesOf(right, step.rightFormats, step.context, context);
  const windows = joinWindows(step);
  const join = rowJoiner(left.schema, right.schema, schema);
  const options = { name: step.context, ...leftSerdes, otherValue: rightSerdes.value };
  const [leftRows, rightRows] = [withRows(left.stream), withRows(right.stream)];
  const stream = (): KStream<RowKey, Row> => {
    switch (step.join) {
      case 'INNER':
        return leftRows.join(rightRows, join, windows, options);
      case 'LEFT':
        return leftRows.leftJoin(rightRows, join, windows, options);
      case 'FULL':
        return leftRows.outerJoin(rightRows, join, windows, options);
      case 'RIGHT': {
        const mirrored = windows.before(step.afterMs).after(step.beforeMs);
        const swapped = { name: step.context, ...rightSerdes, otherValue: leftSerdes.value };
        return rightRows.leftJoin(leftRows, (row, other, key) => join(other, row, key), mirrored, swapped);
      }
    }
  };
  return {
    kind: 'stream',
    stream: stream(),
    schema,
    window: left.window,
    formats: step.leftFormats,
    use: new ColumnUse(),
  };
}

/** Without a grace period results that have no match come at once. */
function joinWindows({ beforeMs, afterMs, graceMs }: StreamStreamJoinStep): JoinWindows {
  const windows = graceMs === null ? JoinWindows.of(beforeMs) : JoinWindows.ofTimeDifferenceAndGrace(beforeMs, graceMs);
  return windows.after(afterMs);
}

export function compileStreamTableJoin(
  step: StreamTableJoinStep,
  left: StreamHolder,
  right: TableHolder,
  context: CompileContext,
): StreamHolder {
  const schema = schemaOfText(step.schema);
  const options = { name: step.context, ...serdesOf(left, step.formats, step.context, context) };
  const join = rowJoiner(left.schema, right.schema, schema);
  const rows = withRows(left.stream);
  const stream =
    step.join === 'LEFT' ? rows.leftJoin(right.table, join, options) : rows.join(right.table, join, options);
  // A join that repartitions its stream would say so in the plan: rows come here as they are, with what is read of them.
  const use = new ColumnUse();
  const leftCount = left.schema.value.length;
  right.use.needAll();
  context.whenComplete(() => {
    for (let position = 0; position < leftCount; position++) if (use.has(position)) left.use.need([position]);
  });
  return { kind: 'stream', stream, schema, window: left.window, formats: step.formats, use };
}

export function compileTableTableJoin(step: TableTableJoinStep, left: TableHolder, right: TableHolder): TableHolder {
  const schema = schemaOfText(step.schema);
  const joinRows = rowJoiner(left.schema, right.schema, schema);
  const addsKey = schema.value.length > left.schema.value.length + right.schema.value.length;
  const join = (leftRow: Row | null, rightRow: Row | null): Row => joinRows(leftRow, rightRow, null);
  const joined = (() => {
    switch (step.join) {
      case 'INNER':
        return left.table.join(right.table, join);
      case 'LEFT':
        return left.table.leftJoin(right.table, join);
      case 'FULL':
        return left.table.outerJoin(right.table, join);
      case 'RIGHT':
        return right.table.leftJoin(left.table, (row, other) => join(other, row));
    }
  })();
  // The joiner of tables gets no key, so the key's own column is filled in behind it.
  const withKey = addsKey ? joined.mapValues<Row>((row, key) => [...row.slice(0, -1), keyValues(key, 1)[0]!]) : joined;
  return { kind: 'table', table: withKey, schema, window: left.window, formats: left.formats, use: new ColumnUse() };
}

export function compileForeignKeyJoin(
  step: ForeignKeyJoinStep,
  left: TableHolder,
  right: TableHolder,
  context: CompileContext,
): TableHolder {
  const schema = schemaOfText(step.schema);
  const { evaluate } = context.projection([step.foreignKey], left.schema);
  const report = context.failuresOf(step.context);
  const foreignKey = (row: Row): RowKey => keyOf(evaluate(row, report));
  const joinRows = rowJoiner(left.schema, right.schema, schema);
  const join = (leftRow: Row, rightRow: Row | null): Row => joinRows(leftRow, rightRow, null);
  assert(step.join === 'INNER' || step.join === 'LEFT', 'foreign keys are looked up from the left');
  const options = { ...serdesOf(left, step.formats, step.context, context) };
  const stored = { as: `${step.context}-Materialize`, caching: false };
  const result = schemaOfText(step.schema);
  const value = valueSerde(result.value, context.serdeOptions(step.formats, step.context));
  const joined =
    step.join === 'INNER'
      ? left.table.join<RowKey, Row, Row>(right.table, foreignKey, join, { ...options, value, ...stored })
      : left.table.leftJoin<RowKey, Row, Row>(right.table, foreignKey, join, { ...options, value, ...stored });
  return { kind: 'table', table: joined, schema, window: left.window, formats: step.formats, use: new ColumnUse() };
}
