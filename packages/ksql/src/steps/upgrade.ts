import { columnsIn } from '../analysis/rewrite-expression.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import { parseExpression } from '../syntax/parse.ts';
import { printName } from '../types/sql-type.ts';
import { type AggregateStep, type Step, stepInputs } from './steps.ts';

/** What can become of a query while its state and its offsets stay (CREATE OR REPLACE … AS SELECT). */

/** Kinds of steps that no query may have before or after a change, by ksqlDB's names. */
const FIXED: Readonly<Partial<Record<Step['kind'], string>>> = {
  'stream-stream-join': 'StreamStreamJoin',
  'stream-table-join': 'StreamTableJoin',
  'table-table-join': 'TableTableJoin',
  'foreign-key-join': 'ForeignKeyTableTableJoin',
  'stream-windowed-aggregate': 'StreamWindowedAggregate',
  'stream-flat-map': 'StreamFlatMap',
  'table-aggregate': 'TableAggregate',
  'table-group-by': 'TableGroupBy',
  'table-select-key': 'TableSelectKey',
};

/** Names as in ksqlDB's plans: `stream-select-key` is StreamSelectKey. */
function javaName({ kind }: Step): string {
  return kind.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase());
}

const javaClass = (step: Step): string => `class io.confluent.ksql.execution.plan.${javaName(step)}`;

/**
 * Whether the steps of a new form of a query can take over from the old one's: the same steps in the same order, except
 * for filters and projections, with the same topics, formats, keys and aggregations.
 * @throws KsqlException naming the first step that can't
 */
export function checkUpgrade(previous: Step, next: Step): void {
  const from = refuseFixed(withoutPassive(previous));
  const to = refuseFixed(withoutPassive(next));
  if (from.kind !== to.kind) throw otherKind(from, to);
  checkSame(from, to);
  stepInputs(from).forEach((input, position) => {
    checkUpgrade(input, stepInputs(to)[position]!);
  });
}

function refuseFixed(step: Step): Step {
  const isWindowed = 'sourceSchema' in step && step.window !== null;
  const fixed = isWindowed ? `Windowed${javaName(step)}` : FIXED[step.kind];
  if (fixed !== undefined) throw new KsqlException(`Upgrades not yet supported for ${fixed}`);
  return step;
}

/** Filters and projections come and go; what a projection makes is held to by the sink's schema. */
function withoutPassive(step: Step): Step {
  switch (step.kind) {
    case 'stream-filter':
    case 'table-filter':
    case 'stream-select':
    case 'table-select':
      return withoutPassive(step.input);
    default:
      return step;
  }
}

function otherKind(from: Step, to: Step): KsqlException {
  if (!('sourceSchema' in from)) return mismatch(from, 'class', javaClass(from), javaClass(to));
  const reason =
    'sourceSchema' in to
      ? `The root source node of the upgrade tree must be ${javaName(from)}, but was ${javaClass(to)}`
      : `Cannot add a ${javaClass(to)} step that is not in the original query plan.`;
  return new KsqlException(`Query is not upgradeable. ${reason}`);
}

function checkSame(from: Step, to: Step): void {
  if ('topic' in from && 'topic' in to) {
    mustMatch(from, 'topicName', from.topic, to.topic);
    mustMatch(from, 'formats', JSON.stringify(from.formats), JSON.stringify(to.formats));
    mustMatch(from, 'timestampColumn', JSON.stringify(from.timestamp), JSON.stringify(to.timestamp));
    return;
  }
  if ('kept' in from && 'kept' in to) {
    const print = (names: readonly string[]): string => `[${names.map((name) => printName(name)).join(', ')}]`;
    mustMatch(from, 'columns not part of aggregate', print(columnsNeeded(from.input)), print(columnsNeeded(to.input)));
    mustMatch(from, 'columns kept in the key', keptInKey(from), keptInKey(to));
    mustMatch(from, 'aggregate functions', from.calls.join(', '), to.calls.join(', '));
    return;
  }
  if ('expressions' in from && 'expressions' in to) {
    const what = from.kind === 'stream-group-by' ? 'groupByExpressions' : 'keyExpression';
    mustMatch(from, what, `[${from.expressions.join(', ')}]`, `[${to.expressions.join(', ')}]`);
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
  if (previous !== next) throw mismatch(step, what, previous, next);
}

function mismatch(step: Step, what: string, previous: string, next: string): KsqlException {
  return new KsqlException(
    `Query is not upgradeable. Plan step of type ${javaName(step)} must have matching ${what}. ` +
      `Values differ: ${previous} vs. ${next}`,
  );
}
