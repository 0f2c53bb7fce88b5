import { MillraceError } from '@millrace/base';
import { columnsIn } from '../../analysis/rewrite-expression.ts';
import { compileExpression } from '../../compile/expressions/compile-expression.ts';
import type { FunctionRegistry } from '../../functions/registry.ts';
import { KsqlException } from '../../lib/ksql-exception.ts';
import type { Comparison, ComparisonOperator, Expression } from '../../syntax/ast.ts';
import { FLIPPED_COMPARISONS } from '../../syntax/comparisons.ts';
import { printExpression } from '../../syntax/print-ast.ts';
import { castFunction } from '../../types/casts.ts';
import { widensTo } from '../../types/implicit-casts.ts';
import { printerOf } from '../../types/print-value.ts';
import {
  type Column,
  type LogicalSchema,
  printColumn,
  SchemaBuilder,
  WINDOWEND,
  WINDOWSTART,
} from '../../types/schema.ts';
import { quoteNone, SqlTypes } from '../../types/sql-type.ts';
import { parseTimestamp } from '../../types/time-text.ts';
import type { Row, SqlValue } from '../../types/values.ts';
import { comparison } from './branches.ts';
import { PULL_QUERY_HELP } from './pull-query-rules.ts';

/** Milliseconds, both ends inclusive. */
export type TimeBounds = { readonly fromMs: number; readonly toMs: number };

/** One place to look: a whole key and, in windowed tables, which windows. */
export type Lookup = { readonly key: Row; readonly start: TimeBounds; readonly end: TimeBounds };

const ALL_TIME: TimeBounds = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
/** Beyond so many places a scan of the table is the better way. */
const LOOKUPS_MAX = 1_000;

/** What one branch of a condition says of a row: columns of the key by index, and the bounds of its window. */
type Branch = {
  readonly key: ReadonlyMap<number, SqlValue>;
  readonly start: TimeBounds;
  readonly end: TimeBounds;
  /** False where a bound of the window is held against what is no time. */
  readonly isTimed: boolean;
};

const ANY: Branch = { key: new Map(), start: ALL_TIME, end: ALL_TIME, isTimed: true };

/**
 * Where rows can be that a condition lets through, or null where only a look at the whole table tells. The places are
 * a net, not the condition: rows found there are still held against all of it.
 *
 * @throws KsqlException for a key column that is compared with NULL or with what can't be a key, and for no time of a window
 */
export function lookupsOf(
  where: Expression | null,
  schema: LogicalSchema,
  functions: FunctionRegistry,
): readonly Lookup[] | null {
  if (where === null) return null;
  const branches = new LookupFinder(schema, functions).branches(where);
  const isWhole = (branch: Branch): boolean => branch.key.size === schema.key.length;
  if (schema.key.length === 0 || branches.length > LOOKUPS_MAX || !branches.every(isWhole)) return null;
  if (!branches.every(({ isTimed }) => isTimed)) {
    const reason = 'Window bounds must resolve to an INT, BIGINT, or STRING containing a datetime';
    throw new KsqlException(`${reason}. ${PULL_QUERY_HELP}`);
  }
  return oncePerKey(branches, schema);
}

/** A key is looked up once, however often the condition names it, or its rows would come twice. */
function oncePerKey(branches: readonly Branch[], schema: LogicalSchema): readonly Lookup[] {
  const print = schema.key.map(({ type }) => printerOf(type));
  const lookups = new Map<string, Lookup>();
  for (const { key: columns, start, end } of branches) {
    const key = schema.key.map(({ index }) => columns.get(index)!);
    const text = JSON.stringify(key.map((value, position) => print[position]!(value)));
    const other = lookups.get(text) ?? { key, start, end };
    lookups.set(text, { key, start: hull([start, other.start]), end: hull([end, other.end]) });
  }
  return [...lookups.values()];
}

/** The bounds that hold for every row of the condition, for scans of windowed tables. */
export function windowBoundsOf(
  where: Expression | null,
  schema: LogicalSchema,
  functions: FunctionRegistry,
): Pick<Lookup, 'start' | 'end'> {
  const branches = where === null ? [ANY] : new LookupFinder(schema, functions).branches(where);
  if (branches.length === 0 || branches.length > LOOKUPS_MAX) return ANY;
  return { start: hull(branches.map(({ start }) => start)), end: hull(branches.map(({ end }) => end)) };
}

class LookupFinder {
  readonly #schema: LogicalSchema;
  readonly #functions: FunctionRegistry;

  constructor(schema: LogicalSchema, functions: FunctionRegistry) {
    this.#schema = schema;
    this.#functions = functions;
  }

  branches(condition: Expression): readonly Branch[] {
    switch (condition.kind) {
      case 'logical': {
        const left = this.branches(condition.left);
        const right = this.branches(condition.right);
        if (condition.operator === 'OR') return [...left, ...right];
        return left.length * right.length > LOOKUPS_MAX ? left : left.flatMap((each) => intersectAll(each, right));
      }
      case 'comparison':
        return this.#comparison(condition);
      case 'in': {
        const key = this.#keyColumn(condition.operand);
        if (key === undefined || !condition.candidates.every(isConstant)) return [ANY];
        return condition.candidates.map((candidate) => {
          return this.#keyIs(key, candidate, comparison('=', condition.operand, candidate));
        });
      }
      case 'between': {
        const { operand, low, high, location } = condition;
        const side = (operator: ComparisonOperator, right: Expression): Comparison => ({
          ...{ kind: 'comparison', operator, left: operand, right, location },
        });
        return this.branches({
          ...{ kind: 'logical', operator: 'AND', left: side('>=', low), right: side('<=', high), location },
        });
      }
      default:
        return [ANY];
    }
  }

  #comparison(comparison: Comparison): readonly Branch[] {
    const { operator } = comparison;
    const isFlipped = comparison.left.kind !== 'column';
    const [column, other] = isFlipped ? [comparison.right, comparison.left] : [comparison.left, comparison.right];
    if (column.kind !== 'column' || !isConstant(other)) return [ANY];
    if (column.name === WINDOWSTART || column.name === WINDOWEND) {
      const timeMs = this.#timeOf(other);
      if (timeMs === null) return [{ ...ANY, isTimed: false }];
      const bounds = boundsFor(isFlipped ? FLIPPED_COMPARISONS[operator] : operator, timeMs);
      if (bounds === null) return [ANY];
      return [column.name === WINDOWSTART ? { ...ANY, start: bounds } : { ...ANY, end: bounds }];
    }
    const key = this.#keyColumn(column);
    return key === undefined || operator !== '=' ? [ANY] : [this.#keyIs(key, other, comparison)];
  }

  #keyColumn(expression: Expression): Column | undefined {
    if (expression.kind !== 'column') return undefined;
    return this.#schema.key.find(({ name }) => name === expression.name);
  }

  #keyIs(column: Column, other: Expression, hint: Expression): Branch {
    const { type, value } = this.#evaluate(other);
    if (type === null || value === null) {
      throw new KsqlException(`Primary key columns can not be NULL: ${printExpression(hint)}`);
    }
    if (!widensTo(type, column.type)) {
      const text = printExpression(other).replace(/^'(.*)'$/, '$1');
      const described = printColumn(column, quoteNone);
      throw new KsqlException(`'${text}' can not be converted to the type of the key column: ${described}`);
    }
    return { ...ANY, key: new Map([[column.index, castFunction(type, column.type)(value)]]) };
  }

  /** Null for what is no time: the condition itself will say so. */
  #timeOf(expression: Expression): number | null {
    const { type, value } = this.#evaluate(expression);
    if (value === null || type === null) return null;
    if (type.kind === 'STRING') {
      try {
        return parseTimestamp(value as string);
      } catch (thrown) {
        if (thrown instanceof MillraceError) throw new KsqlException(`Failed to parse datetime: ${value}`);
        throw thrown;
      }
    }
    return widensTo(type, SqlTypes.BIGINT) ? Number(value) : null;
  }

  #evaluate(expression: Expression) {
    const scope = { schema: new SchemaBuilder().build(), functions: this.#functions };
    const compiled = compileExpression(expression, scope);
    return { type: compiled.type, value: compiled.evaluate([], () => {}) };
  }
}

const isConstant = (expression: Expression): boolean => columnsIn(expression).length === 0;

function boundsFor(operator: ComparisonOperator, timeMs: number): TimeBounds | null {
  switch (operator) {
    case '=':
      return { fromMs: timeMs, toMs: timeMs };
    case '<':
      return { ...ALL_TIME, toMs: timeMs - 1 };
    case '<=':
      return { ...ALL_TIME, toMs: timeMs };
    case '>':
      return { ...ALL_TIME, fromMs: timeMs + 1 };
    case '>=':
      return { ...ALL_TIME, fromMs: timeMs };
    default:
      return null;
  }
}

/** What holds under both; nothing where they contradict each other. */
function intersectAll(left: Branch, others: readonly Branch[]): readonly Branch[] {
  return others.flatMap((right) => {
    const contradicts = [...right.key].some(([index, value]) => {
      const other = left.key.get(index);
      // Values of keys that are no primitives may be equal and yet two objects: then the rows decide.
      return other !== undefined && typeof other !== 'object' && other !== value;
    });
    if (contradicts) return [];
    const key = new Map([...left.key, ...right.key]);
    const [start, end] = [overlap(left.start, right.start), overlap(left.end, right.end)];
    return [{ key, start, end, isTimed: left.isTimed && right.isTimed }];
  });
}

function hull(bounds: readonly TimeBounds[]): TimeBounds {
  return {
    fromMs: Math.min(...bounds.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...bounds.map(({ toMs }) => toMs)),
  };
}

function overlap(left: TimeBounds, right: TimeBounds): TimeBounds {
  return { fromMs: Math.max(left.fromMs, right.fromMs), toMs: Math.min(left.toMs, right.toMs) };
}
