import { schemaOfText } from '../steps/schema-text.ts';
import type { FilterStep, FlatMapStep, SelectStep, Step } from '../steps/steps.ts';
import { parseExpression } from '../syntax/parse.ts';
import type { Row } from '../types/values.ts';
import { ColumnUse } from './column-use.ts';
import type { CompileContext } from './compile-context.ts';
import { type Holder, keyOf, keyValues, type RowKey, type StreamHolder } from './holders.ts';
import { holderSerdes } from './keys.ts';
import { compileTableFunctions } from './table-functions.ts';

/** Steps that look at one row at a time: conditions, projections, table functions. */

export function compileFilter(step: FilterStep, input: Holder, context: CompileContext): Holder {
  const { test, columns } = context.predicate(step.predicate, step.clause, input.schema);
  input.use.need(columns);
  const report = context.failuresOf(step.context);
  const predicate = (_key: RowKey, row: Row | null): boolean => row !== null && test(row, report);
  return input.kind === 'stream'
    ? { ...input, stream: input.stream.filter(predicate, { name: step.context }) }
    : { ...input, table: input.table.filter(predicate, { name: step.context }) };
}

export function compileSelect(step: SelectStep, input: Holder, context: CompileContext): Holder {
  const expressions = step.select.map(({ expression }) => expression);
  const projection = context.projection(expressions, input.schema);
  const report = context.failuresOf(step.context);
  const schema = schemaOfText(step.schema);
  if (input.kind === 'table') {
    const { evaluate, columns } = projection;
    input.use.need(columns);
    const serdes = holderSerdes({ ...input, schema }, step.context, context);
    const store = isKept(step.input) ? {} : { as: step.context, caching: false };
    const options = { name: step.context, ...serdes, ...store };
    const table = input.table.mapValues<Row>((row) => evaluate(row, report), options);
    return { ...input, schema, table, use: new ColumnUse() };
  }
  const use = new ColumnUse();
  let { evaluate, columns } = projection;
  context.whenComplete(() => {
    const used = expressions.map((expression, position) =>
      isNeeded(expression, use.has(position)) ? expression : 'NULL',
    );
    ({ evaluate, columns } = context.projection(used, input.schema));
    input.use.need(columns);
  });
  const project = (row: Row | null): Row | null => (row === null ? null : evaluate(row, report));
  const stream = input.stream.mapValues<Row | null>(project, { name: step.context });
  return { ...input, schema, use, stream: step.keys === undefined ? stream : withKeys(stream, step.keys) };
}

/** A column that nobody reads need not be copied; what could fail is computed all the same, since failures are told. */
function isNeeded(expression: string, isUsed: boolean): boolean {
  return isUsed || parseExpression(expression).kind !== 'column';
}

/**
 * Whether a table's rows are in a store already, so that what comes after can be told from there. A join keeps none: its
 * first projection does, so that the table can be asked.
 */
export function isKept(step: Step): boolean {
  if (step.kind === 'table-filter') return isKept(step.input);
  return step.kind !== 'table-table-join' && step.kind !== 'foreign-key-join';
}

/** Keys of which only some columns stay, or in another order. */
function withKeys(stream: StreamHolder['stream'], positions: readonly number[]): StreamHolder['stream'] {
  const keyCount = Math.max(-1, ...positions) + 1;
  return stream.selectKey<RowKey>((key) => {
    const values = keyValues(key, keyCount);
    return keyOf(positions.map((position) => values[position]!));
  });
}

export function compileFlatMap(step: FlatMapStep, input: StreamHolder, context: CompileContext): StreamHolder {
  const rowsOf = compileTableFunctions(step, input.schema, context);
  const mapper = (row: Row | null): readonly Row[] => (row === null ? [] : rowsOf(row));
  const stream = input.stream.flatMapValues<Row | null>(mapper, { name: step.context });
  return { ...input, schema: schemaOfText(step.schema), stream, use: new ColumnUse() };
}
