import { columnsIn } from '../../analysis/rewrite-expression.ts';
import type { DataSource } from '../../catalog/data-source.ts';
import { KsqlException } from '../../lib/ksql-exception.ts';
import type { Expression, Query } from '../../syntax/ast.ts';
import { ROWOFFSET, ROWPARTITION } from '../../types/schema.ts';
import { printName } from '../../types/sql-type.ts';

/** What ksqlDB adds to the refusal of a pull query. */
export const PULL_QUERY_HELP =
  ' See https://cnfl.io/queries for more info.\nAdd EMIT CHANGES if you intended to issue a push query.';

type Rule = { readonly isBroken: (query: Query) => boolean; readonly message: string };

const RULES: readonly Rule[] = [
  { isBroken: (query) => query.from.joins.length > 0, message: "Pull queries don't support JOIN clauses." },
  { isBroken: (query) => query.window !== null, message: "Pull queries don't support WINDOW clauses." },
  { isBroken: (query) => query.groupBy !== null, message: "Pull queries don't support GROUP BY clauses." },
  { isBroken: (query) => query.partitionBy !== null, message: "Pull queries don't support PARTITION BY clauses." },
  { isBroken: (query) => query.having !== null, message: "Pull queries don't support HAVING clauses." },
  {
    isBroken: (query) => query.limit !== null && query.limit < 0,
    message: "Pull queries don't support negative integers in the LIMIT clause.",
  },
];

/** @throws KsqlException for clauses and columns that a look at a table's present state can't have */
export function checkPullQuery(query: Query): void {
  const broken = RULES.find((rule) => rule.isBroken(query));
  if (broken !== undefined) throw new KsqlException(broken.message + PULL_QUERY_HELP);
  const selected = query.select.flatMap((item) => (item.kind === 'select-expression' ? [item.expression] : []));
  refusePositions(selected, 'SELECT');
  refusePositions(query.where === null ? [] : [query.where], 'WHERE');
}

/** Of a table: all columns, or those that are named. @throws KsqlException */
export function refuseStarAmongOthers({ select }: Query, kind: 'Pull' | 'Scalable push'): void {
  if (select.length > 1 && select.some((item) => item.kind === 'select-all')) {
    throw new KsqlException(`${kind} queries only support wildcards in the projects if they are the only expression`);
  }
}

/** A row of a table stands for many records, so it has no place in a topic. */
function refusePositions(expressions: readonly Expression[], clause: 'SELECT' | 'WHERE'): void {
  const names = expressions.flatMap(columnsIn).map((column) => column.name);
  const refused = names.filter((name) => name === ROWPARTITION || name === ROWOFFSET);
  if (refused.length === 0) return;
  const list = refused.map((name) => printName(name)).join(', ');
  throw new KsqlException(
    `Pull queries don't support the following columns in ${clause} clauses: ${list}\n${PULL_QUERY_HELP}`,
  );
}

/** Sessions are kept by key only. @throws KsqlException */
export function refuseSessionScan({ kind, keyFormat }: DataSource): void {
  if (kind === 'STREAM' || keyFormat.window?.type !== 'SESSION') return;
  throw new KsqlException(
    `Tables of session windows can only be asked for keys: \`SELECT * FROM X WHERE <key-column> = Y;\`.${PULL_QUERY_HELP}`,
  );
}

/** What the tables are refused with that no query keeps up to date. */
export function notMaterialized(name: string): KsqlException {
  return new KsqlException(
    `The ${printName(name)} table isn't queryable. To derive a queryable table, you can do ` +
      `'CREATE TABLE QUERYABLE_${name} AS SELECT * FROM ${name}'.${PULL_QUERY_HELP}`,
  );
}
