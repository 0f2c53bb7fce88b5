import { columnsIn } from '../analysis/rewrite-expression.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import { parseExpression } from '../syntax/parse.ts';
import { printName } from '../types/sql-type.ts';
import { type AggregateStep, type Step, stepInputs } from './steps.ts';

/** What can become of a query while its state and its offsets stay (CREATE OR REPLACE … AS SELECT). */

/** Kinds of steps whose rows would mean something else after any change, by ksqlDB's names. */
const FIXED: Readonly<Partial<Record<Step['kind'], string>>> = {
  'stream-stream-join': 'StreamStreamJoin',
  'stream-table-join': 'StreamTableJoin',
  'table-table-join': 'TableTableJoin',
  'foreign-key-join': 'ForeignKeyTableTableJoin',
  'stream-windowed-aggregate': 'StreamWindowedAggregate',
};

/** Names as in ksqlDB's plans: `stream-select-key` is StreamSelectKey. */
function javaName({ kind }: Step): string {
  return kind.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase());
}

/**
 * Whether the steps of a new form of a query can take over from the old one's: the same steps in the same order, except
 * for filters, with the same sources, keys and aggregations.
 * @throws KsqlException naming the first step that can't
 */
export function checkUpgrade(previous: Step, next: Step): void {
  const [from, to] = [withoutFilters(previous), withoutFilters(next)];
  const fixed = FIXED[from.kind];
  if (fixed !== undefined) throw new KsqlException(`Upgrades not yet supported for ${fixed}`);
  if (from.kind !== to.kind) {
    throw new KsqlException(
      `Query is not upgradeable. Plan type ${javaName(from)} is not upgradeable to ${javaName(to)}`,
    );
  }
  checkSame(from, to);
  stepInputs(from).forEach((input, position) => {
    checkUpgrade(input, stepInputs(to)[position]!);
  });
}

function withoutFilters(step: Step): Step {
  return step.kind === 'stream-filter' || step.kind === 'table-filter' ? withoutFilters(step.input) : step;
}

function checkSame(from: Step, to: Step): void {
  if ('sourceSchema' in from && 'sourceSchema' in to) {
    mustMatch(from, 'topic', from.topic, to.topic);
    return;
  }
  if ('kept' in from && 'kept' in to) {
    const print = (names: readonly string[]): string => `[${names.map((name) => printName(name)).join(', ')}]`;
    mustMatch(from, 'columns not part of aggregate', print(columnsNeeded(from.input)), print(columnsNeeded(to.input)));
    mustMatch(from, 'columns kept in the key', keptInKey(from), keptInKey(to));
    mustMatch(from, 'aggregation functions', from.calls.join(', '), to.calls.join(', '));
    return;
  }
  if ('expressions' in from && 'expressions' in to) {
    mustMatch(from, 'expressions', from.expressions.join(', '), to.expressions.join(', '));
  }
}

/** Plans from before columns of the key were left out of the store have them there, in rows that stay as they are. */
function keptInKey({ keptInKey: columns = {} }: AggregateStep): string {
  return `[${Object.keys(columns).join(', ')}]`;
}

/** What the groups' rows are made of, and what decides which rows count. */
function columnsNeeded(step: Step): readonly string[] {
  if (step.kind === 'stream-select' || step.kind === 'table-select') {
    const names = step.select.map((item) => item.name);
    return [...new Set([...names, ...columnsNeeded(step.input)])];
  }
  if (step.kind === 'stream-filter' || step.kind === 'table-filter') {
    const names = columnsIn(parseExpression(step.predicate)).map((column) => column.name);
    return [...new Set([...names, ...columnsNeeded(step.input)])];
  }
  return 'kept' in step || 'sourceSchema' in step ? [] : stepInputs(step).flatMap(columnsNeeded);
}

function mustMatch(step: Step, what: string, previous: string, next: string): void {
  if (previous === next) return;
  throw new KsqlException(
    `Query is not upgradeable. ${javaName(step)} must have matching ${what}. Values differ: ${previous} vs. ${next}`,
  );
}
