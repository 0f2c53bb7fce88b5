import { unreachable } from '@millrace/base';
import type { CreateAs, Duration, Expression, InsertInto, JoinClause, Property, Query, SelectItem } from './ast.ts';
import { printNameSpelling as name } from './names.ts';
import { printExpression, printLiteral } from './print-ast.ts';

/**
 * A statement with a query in the layout of ksqlDB's SqlFormatter, which ksqlDB stores and shows instead of what was
 * written: a clause a line, several columns each on its own, properties by name, no semicolon.
 */
export function printCanonical(of: CreateAs | InsertInto): string {
  if (of.kind === 'insert-into')
    return `INSERT INTO ${name(of.target)} ${printWith(of.properties)}${printQuery(of.query)}`;
  const words = [
    `CREATE${of.orReplace ? ' OR REPLACE' : ''} ${of.sourceKind}`,
    ...(of.ifNotExists ? ['IF NOT EXISTS'] : []),
    name(of.name),
  ];
  return `${words.join(' ')}${printWith(of.properties)} AS ${printQuery(of.query)}`;
}

function printWith(properties: readonly Property[]): string {
  if (properties.length === 0) return '';
  const sorted = properties.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  return ` WITH (${sorted.map((each) => `${each.name}=${printLiteral(each.value)}`).join(', ')})`;
}

function printQuery(of: Query): string {
  const items = of.select.map(printItem);
  const clauses = [
    items.length === 1 ? `SELECT ${items[0]}` : `SELECT\n${items.map((item) => `  ${item}`).join(',\n')}`,
    `FROM ${printSource(of.from.first)}`,
    ...of.from.joins.map(printJoin),
    ...(of.window === null ? [] : [`WINDOW ${printWindow(of.window)} `]),
    ...(of.where === null ? [] : [`WHERE ${printExpression(of.where)}`]),
    ...(of.groupBy === null ? [] : [`GROUP BY ${printList(of.groupBy.expressions)}`]),
    ...(of.partitionBy === null ? [] : [`PARTITION BY ${printList(of.partitionBy.expressions)}`]),
    ...(of.having === null ? [] : [`HAVING ${printExpression(of.having)}`]),
    `EMIT ${of.emit ?? 'CHANGES'}`,
    ...(of.limit === null ? [] : [`LIMIT ${of.limit}`]),
  ];
  return clauses.join('\n');
}

function printItem(of: SelectItem): string {
  switch (of.kind) {
    case 'select-all':
      return of.source === null ? '*' : `${name(of.source)}.*`;
    case 'select-struct-all':
      return `${printExpression(of.base)}->*`;
    case 'select-expression':
      return `${printExpression(of.expression)}${of.alias === null ? '' : ` ${name(of.alias)}`}`;
    default:
      return unreachable(of);
  }
}

function printSource({ source, alias }: JoinClause['right']): string {
  return `${name(source)} ${name(alias ?? source)}`;
}

function printJoin(of: JoinClause): string {
  const kind = of.join === 'INNER' ? 'INNER' : `${of.join} OUTER`;
  return `${kind} JOIN ${printSource(of.right)}${printWithin(of)} ON (${printExpression(of.on)})`;
}

function printWithin({ within }: JoinClause): string {
  if (within === null) return '';
  const [before, after] = [printDuration(within.before), printDuration(within.after)];
  const span = within.before.value === within.after.value ? before : `(${before}, ${after})`;
  return ` WITHIN ${span}${within.grace === null ? '' : ` GRACE PERIOD ${printDuration(within.grace)}`}`;
}

function printWindow(of: NonNullable<Query['window']>): string {
  const limits = [
    ...(of.retention === null ? [] : [` , RETENTION ${printDuration(of.retention)}`]),
    ...(of.grace === null ? [] : [` , GRACE PERIOD ${printDuration(of.grace)}`]),
  ].join('');
  switch (of.kind) {
    case 'tumbling':
      return `TUMBLING ( SIZE ${printDuration(of.size)}${limits} )`;
    case 'hopping':
      return `HOPPING ( SIZE ${printDuration(of.size)} , ADVANCE BY ${printDuration(of.advance)}${limits} )`;
    case 'session':
      return `SESSION ( ${printDuration(of.gap)}${limits} )`;
    default:
      return unreachable(of);
  }
}

function printDuration({ value, unit }: Duration): string {
  return `${value} ${unit}`;
}

function printList(expressions: readonly Expression[]): string {
  return expressions.map((each) => printExpression(each)).join(', ');
}
