import type { WindowInfo } from '../../catalog/data-source.ts';
import { AggregateRows } from '../../compile/aggregates.ts';
import { ColumnUse } from '../../compile/column-use.ts';
import type { CompileContext } from '../../compile/compile-context.ts';
import type { RowKey } from '../../compile/holders.ts';
import { isKept } from '../../compile/rows.ts';
import { schemaOfText } from '../../steps/schema-text.ts';
import type { AggregateStep, Step } from '../../steps/steps.ts';
import type { Row } from '../../types/values.ts';

/** The store that holds a query's table, and how its rows become the table's: by the steps that come after the store. */
export type Materialization = {
  readonly storeName: string;
  readonly window: WindowInfo | null;
  /** Null for a row that a condition keeps out of the table. */
  readonly toTableRow: (key: RowKey, stored: Row) => Row | null;
};

/** Null where the table of these steps is kept in no store. */
export function materializationOf(step: Step, context: CompileContext): Materialization | null {
  const kept = keptBy(step, context);
  if (step.kind !== 'table-source') return kept;
  // A source table is stored with its key and system columns behind its own.
  const columnCount = schemaOfText(step.sourceSchema).value.length;
  return then(kept, (row) => row.slice(0, columnCount));
}

function keptBy(step: Step, context: CompileContext): Materialization | null {
  switch (step.kind) {
    case 'table-sink':
      return keptBy(step.input, context);
    case 'table-select': {
      // The first projection after a join keeps its own results.
      if (!isKept(step.input)) return { storeName: step.context, window: null, toTableRow: (_key, stored) => stored };
      const expressions = step.select.map(({ expression }) => expression);
      const { evaluate } = context.projection(expressions, schemaOfText(step.input.schema));
      const report = context.failuresOf(step.context);
      return then(keptBy(step.input, context), (row) => evaluate(row, report));
    }
    case 'table-filter': {
      const { test } = context.predicate(step.predicate, step.clause, schemaOfText(step.input.schema));
      const report = context.failuresOf(step.context);
      return then(keptBy(step.input, context), (row) => (test(row, report) ? row : null));
    }
    case 'stream-aggregate':
    case 'stream-windowed-aggregate':
    case 'table-aggregate':
      return ofAggregate(step, context);
    case 'table-source':
      return { storeName: `${step.context}-Reduce`, window: step.window, toTableRow: (_key, stored) => stored };
    default:
      return null;
  }
}

function then(before: Materialization | null, change: (row: Row) => Row | null): Materialization | null {
  if (before === null) return null;
  return {
    ...before,
    toTableRow(key, stored) {
      const row = before.toTableRow(key, stored);
      return row === null ? null : change(row);
    },
  };
}

function ofAggregate(step: AggregateStep, context: CompileContext): Materialization {
  const rows = new AggregateRows(step, schemaOfText(step.input.schema), context, ColumnUse.all());
  const toTableRow = (key: RowKey, stored: Row): Row => rows.results(stored, key);
  return { storeName: `${step.context}-Materialize`, window: windowOf(step), toTableRow };
}

function windowOf({ window }: AggregateStep): WindowInfo | null {
  if (window === null) return null;
  return window.type === 'SESSION' ? { type: 'SESSION', sizeMs: null } : { type: window.type, sizeMs: window.sizeMs };
}
