import { columnsIn } from '../../analysis/rewrite-expression.ts';
import { type DataSource, isWindowed } from '../../catalog/data-source.ts';
import { booleanSetting, type KsqlConfig } from '../../lib/ksql-config.ts';
import { KsqlException } from '../../lib/ksql-exception.ts';
import type { ComparisonOperator, Expression } from '../../syntax/ast.ts';
import { COMPARISON_NAMES, FLIPPED_COMPARISONS } from '../../syntax/comparisons.ts';
import { printExpression } from '../../syntax/print-ast.ts';
import { type Column, findColumn, isWindowBound, printColumn } from '../../types/schema.ts';
import { printName } from '../../types/sql-type.ts';
import { branchesOf } from './branches.ts';
import { PULL_QUERY_HELP } from './pull-query-rules.ts';

const TABLE_SCAN_ENABLED = 'ksql.query.pull.table.scan.enabled';
const RANGE_SCAN_ENABLED = 'ksql.query.pull.range.scan.enabled';

/** What a key may be held against so that ksqlDB takes the condition for one on the key. */
const KEY_OPERATORS: readonly ComparisonOperator[] = ['=', '<', '<=', '>', '>='];

/**
 * Where scans are switched off, each branch of a condition has to name the whole key; told in the words of ksqlDB.
 * @throws KsqlException for a condition that would need a look at the whole table
 */
export function refuseScan(where: Expression | null, source: DataSource, config: KsqlConfig): void {
  if (booleanSetting(config, TABLE_SCAN_ENABLED) !== false) return;
  if (where === null) throw refused('Missing WHERE clause');
  const branches = branchesOf(where);
  const kinds = branches.map((conjuncts) => new BranchRules(source).check(conjuncts));
  if (branches.length > 0 && kinds.every((kind) => kind === 'keys')) return;
  const isRange = branches.length === 1 && kinds[0] === 'range' && !isWindowed(source);
  if (isRange && booleanSetting(config, RANGE_SCAN_ENABLED) !== false) return;
  throw new KsqlException(
    `Query requires table scan to be enabled. Table scans can be enabled by setting ${TABLE_SCAN_ENABLED}=true`,
  );
}

/** What the bounds of a window may be held against; other comparisons name no range of time. */
const BOUND_OPERATORS: readonly ComparisonOperator[] = ['=', '<', '<=', '>', '>='];

/**
 * Bounds on windows must say one range: no `<>`, no two lower or upper ones, nothing beside an equality.
 * @throws KsqlException
 */
export function refuseWrongBounds(where: Expression | null, source: DataSource): void {
  if (where === null || !isWindowed(source)) return;
  const branches = branchesOf(where);
  for (const conjuncts of branches) {
    const bounds = conjuncts.flatMap(boundOf);
    for (const { column, operator } of bounds) {
      if (!BOUND_OPERATORS.includes(operator)) {
        throw new KsqlException(`Unsupported ${printName(column)} bounds: ${COMPARISON_NAMES[operator]}.`);
      }
    }
    // Where the whole table is looked at, bounds are conditions as others.
    if (!branches.every((each) => namesKey(each, source))) continue;
    for (const column of new Set(bounds.map((bound) => bound.column))) {
      refuseClashes(bounds.filter((bound) => bound.column === column));
    }
  }
}

type Bound = { readonly column: string; readonly operator: ComparisonOperator; readonly written: Expression };

/** A comparison of a window's bound with what is no column, read with the bound on the left. */
function boundOf(written: Expression): readonly Bound[] {
  if (written.kind !== 'comparison') return [];
  const { left, right, operator } = written;
  const isFlipped = right.kind === 'column';
  const [column, other] = isFlipped ? [right, left] : [left, right];
  if (column.kind !== 'column' || !isWindowBound(column.name) || columnsIn(other).length > 0) return [];
  return [{ column: column.name, operator: isFlipped ? FLIPPED_COMPARISONS[operator] : operator, written }];
}

function namesKey(conjuncts: readonly Expression[], { schema }: DataSource): boolean {
  const named = conjuncts.flatMap((each) => {
    if (each.kind !== 'comparison' || !KEY_OPERATORS.includes(each.operator)) return [];
    return [each.left, each.right].flatMap((side) => (side.kind === 'column' ? [side.name] : []));
  });
  return schema.key.every(({ name }) => named.includes(name));
}

function refuseClashes(bounds: readonly Bound[]): void {
  const kinds = bounds.map(({ operator }) => operator.charAt(0));
  for (const [position, kind] of kinds.entries()) {
    const name = printName(bounds[position]!.column);
    if (kinds.indexOf(kind) < position) {
      const word = kind === '=' ? 'EQUAL' : kind === '<' ? 'LESS_THAN' : 'GREATER_THAN';
      throw new KsqlException(`Duplicate ${name} bounds on: ${word}.`);
    }
    if (position > 0 && kinds.slice(0, position + 1).includes('=')) {
      const written = printExpression(bounds[position]!.written);
      throw new KsqlException(`\`${written}\` cannot be combined with other ${name} bounds.`);
    }
  }
}

/** The rules for one branch, in the order in which ksqlDB holds them against it. */
class BranchRules {
  readonly #source: DataSource;
  readonly #seen = new Map<Column, ComparisonOperator>();

  constructor(source: DataSource) {
    this.#source = source;
  }

  check(conjuncts: readonly Expression[]): 'keys' | 'range' | 'scan' {
    for (const conjunct of conjuncts) this.#checkConjunct(conjunct);
    const { key } = this.#source.schema;
    if (this.#seen.size === 0) {
      throw refused(`WHERE clause missing key column for disjunct: ${printAll(conjuncts)}`);
    }
    if (this.#seen.size < key.length) {
      const specified = [...this.#seen.keys()].map(({ name }) => printName(name)).join(', ');
      throw refused(
        'Multi-column sources must specify every key in the WHERE clause. ' +
          `Specified: [${specified}] Expected: [${key.map((column) => printColumn(column)).join(', ')}]`,
      );
    }
    const operators = [...this.#seen];
    if (operators.every(([, operator]) => operator === '=')) return 'keys';
    const isOrdered = operators.length === 1 && ['STRING', 'BYTES'].includes(operators[0]![0].type.kind);
    return isOrdered ? 'range' : 'scan';
  }

  #checkConjunct(conjunct: Expression): void {
    if (conjunct.kind === 'like') {
      if (conjunct.operand.kind !== 'column') throw refused('Like condition must be between strings');
      return;
    }
    if (conjunct.kind !== 'comparison') {
      throw refused(`Unsupported expression in WHERE clause: ${printExpression(conjunct)}`);
    }
    const { left, right, operator } = conjunct;
    const [column, other] = right.kind === 'column' ? [right, left] : [left, right];
    if (column.kind !== 'column') throw refused('A comparison must directly reference a key column');
    if (columnsIn(other).length > 0) {
      throw refused('A comparison must be between a key column and a resolvable expression');
    }
    if (!isWindowBound(column.name)) this.#checkColumn(column.name, operator);
  }

  #checkColumn(name: string, operator: ComparisonOperator): void {
    const column = findColumn(this.#source.schema, name);
    if (column?.namespace !== 'KEY') return;
    if (!KEY_OPERATORS.includes(operator)) {
      const keys = this.#source.schema.key.map((each) => printColumn(each)).join(', ');
      throw refused(`Bound on key columns '[${keys}]' must currently be '='`);
    }
    if (this.#seen.has(column)) {
      throw refused(
        'A comparison condition on the key column cannot be combined with other comparisons such as an IN predicate',
      );
    }
    this.#seen.set(column, operator);
  }
}

function printAll(conjuncts: readonly Expression[]): string {
  return printExpression(
    conjuncts.reduce((left, right) => ({ kind: 'logical', operator: 'AND', left, right, location: null })),
  );
}

function refused(reason: string): KsqlException {
  return new KsqlException(
    `${reason}. ${PULL_QUERY_HELP}\nScans of the table are switched off (${TABLE_SCAN_ENABLED}=false), so the WHERE clause ` +
      'must compare every key column with a value: `SELECT * FROM X WHERE <key-column> = Y;`.',
  );
}
