import { unreachable } from '@millrace/base';
import type {
  AliasedSource,
  Duration,
  Expression,
  JoinClause,
  Property,
  Query,
  SelectItem,
  Statement,
  TableElement,
  WindowClause,
} from './ast.ts';
import { printNameSpelling as name, printString } from './names.ts';
import { printExpression, printLiteral, printTypeNode } from './print-ast.ts';

/** A statement as SQL on as few lines as it has clauses, with its semicolon; it reads back as the same statement. */
export function printStatement(of: Statement): string {
  return `${printBody(of)};`;
}

function printBody(of: Statement): string {
  switch (of.kind) {
    case 'query':
      return printQuery(of);
    case 'create-source': {
      const elements = of.elements.length === 0 ? '' : ` (${of.elements.map(printElement).join(', ')})`;
      return `${printCreation(of, of.readOnly)}${elements}${printWith(of.properties)}`;
    }
    case 'create-as':
      return `${printCreation(of, false)}${printWith(of.properties)} AS ${printQuery(of.query)}`;
    case 'insert-into':
      return `INSERT INTO ${name(of.target)}${printWith(of.properties)} ${printQuery(of.query)}`;
    case 'insert-values':
      return `INSERT INTO ${name(of.target)}${printColumns(of.columns)} VALUES (${printList(of.values)})`;
    case 'drop-source': {
      const topic = of.deleteTopic ? ' DELETE TOPIC' : '';
      return `DROP ${of.sourceKind}${of.ifExists ? ' IF EXISTS' : ''} ${name(of.name)}${topic}`;
    }
    case 'alter-source': {
      const additions = of.additions.map((each) => `ADD COLUMN ${name(each.name)} ${printTypeNode(each.type)}`);
      return `ALTER ${of.sourceKind} ${name(of.name)} ${additions.join(', ')}`;
    }
    case 'create-type':
      return `CREATE TYPE${of.ifNotExists ? ' IF NOT EXISTS' : ''} ${name(of.name)} AS ${printTypeNode(of.type)}`;
    case 'drop-type':
      return `DROP TYPE${of.ifExists ? ' IF EXISTS' : ''} ${name(of.name)}`;
    case 'query-control':
      return `${of.action} ${of.queryId === null ? 'ALL' : name(of.queryId)}`;
    case 'set-property':
      return `SET ${printString(of.name)}=${printString(of.value)}`;
    case 'unset-property':
      return `UNSET ${printString(of.name)}`;
    case 'alter-system':
      return `ALTER SYSTEM ${printString(of.name)}=${printString(of.value)}`;
    case 'define-variable':
      return `DEFINE ${name(of.name)}=${printString(of.value)}`;
    case 'undefine-variable':
      return `UNDEFINE ${name(of.name)}`;
    default:
      return printAdministration(of);
  }
}

function printAdministration(of: Exclude<Statement, { kind: PrintedAbove }>): string {
  switch (of.kind) {
    case 'list':
      return `SHOW ${of.subject}${of.extended ? ' EXTENDED' : ''}`;
    case 'describe': {
      const subject = of.subject === 'SOURCE' ? [] : [of.subject];
      const words = [...subject, ...(of.name === null ? [] : [name(of.name)]), ...(of.extended ? ['EXTENDED'] : [])];
      return `DESCRIBE ${words.join(' ')}`;
    }
    case 'explain':
      return `EXPLAIN ${of.subject.kind === 'query-id' ? name(of.subject.id) : printBody(of.subject.statement)}`;
    case 'print-topic': {
      const from = of.fromBeginning ? ' FROM BEGINNING' : '';
      const interval = of.interval === null ? '' : ` INTERVAL ${of.interval}`;
      return `PRINT ${name(of.topic)}${from}${interval}${of.limit === null ? '' : ` LIMIT ${of.limit}`}`;
    }
    case 'create-connector': {
      const condition = of.ifNotExists ? ' IF NOT EXISTS' : '';
      return `CREATE ${of.connectorKind} CONNECTOR${condition} ${name(of.name)}${printWith(of.properties)}`;
    }
    case 'drop-connector':
      return `DROP CONNECTOR${of.ifExists ? ' IF EXISTS' : ''} ${name(of.name)}`;
    case 'assert-topic': {
      const negation = of.exists ? '' : ' NOT EXISTS';
      return `ASSERT${negation} TOPIC ${name(of.topic)}${printWith(of.properties)}${printTimeout(of.timeout)}`;
    }
    case 'assert-schema': {
      const subject = of.subject === null ? '' : ` SUBJECT ${name(of.subject)}`;
      const id = of.id === null ? '' : ` ID ${of.id}`;
      return `ASSERT${of.exists ? '' : ' NOT EXISTS'} SCHEMA${subject}${id}${printTimeout(of.timeout)}`;
    }
    case 'assert-values': {
      const [kind, values] = of.tombstone ? ['NULL VALUES', 'KEY'] : ['VALUES', 'VALUES'];
      return `ASSERT ${kind} ${name(of.source)}${printColumns(of.columns)} ${values} (${printList(of.values)})`;
    }
    case 'assert-source': {
      const elements = of.elements.length === 0 ? '' : ` (${of.elements.map(printElement).join(', ')})`;
      return `ASSERT ${of.sourceKind} ${name(of.name)}${elements}${printWith(of.properties)}`;
    }
    case 'run-script':
      return `RUN SCRIPT ${printString(of.file)}`;
    default:
      return unreachable(of);
  }
}

type PrintedAbove =
  | ('query' | 'create-source' | 'create-as' | 'insert-into' | 'insert-values' | 'drop-source' | 'alter-source')
  | ('create-type' | 'drop-type' | 'query-control' | 'set-property' | 'unset-property' | 'alter-system')
  | ('define-variable' | 'undefine-variable');

function printCreation(of: Extract<Statement, { orReplace: boolean }>, readOnly: boolean): string {
  const words = [
    'CREATE',
    ...(of.orReplace ? ['OR REPLACE'] : []),
    ...(readOnly ? ['SOURCE'] : []),
    of.sourceKind,
    ...(of.ifNotExists ? ['IF NOT EXISTS'] : []),
    name(of.name),
  ];
  return words.join(' ');
}

function printElement(of: TableElement): string {
  const base = `${name(of.name)} ${printTypeNode(of.type)}`;
  switch (of.constraint.kind) {
    case 'value':
      return base;
    case 'key':
      return `${base} KEY`;
    case 'primary-key':
      return `${base} PRIMARY KEY`;
    case 'headers':
      return `${base} HEADERS`;
    case 'header':
      return `${base} HEADER(${printString(of.constraint.key)})`;
    default:
      return unreachable(of.constraint);
  }
}

function printWith(properties: readonly Property[]): string {
  if (properties.length === 0) return '';
  return ` WITH (${properties.map((each) => `${name(each.name)}=${printLiteral(each.value)}`).join(', ')})`;
}

function printColumns(columns: readonly string[]): string {
  return columns.length === 0 ? '' : ` (${columns.map(name).join(', ')})`;
}

function printList(expressions: readonly Expression[]): string {
  return expressions.map((each) => printExpression(each)).join(', ');
}

function printDuration({ value, unit }: Duration): string {
  return `${value} ${unit}`;
}

function printTimeout(timeout: Duration | null): string {
  return timeout === null ? '' : ` TIMEOUT ${printDuration(timeout)}`;
}

/** A query as SQL, without semicolon. */
function printQuery(of: Query): string {
  const clauses = [
    `SELECT ${of.select.map(printSelectItem).join(', ')}`,
    `FROM ${printAliased(of.from.first)}`,
    ...of.from.joins.map(printJoin),
    ...(of.window === null ? [] : [`WINDOW ${printWindow(of.window)}`]),
    ...(of.where === null ? [] : [`WHERE ${printExpression(of.where)}`]),
    ...(of.groupBy === null ? [] : [`GROUP BY ${printBy(of.groupBy.expressions)}`]),
    ...(of.partitionBy === null ? [] : [`PARTITION BY ${printBy(of.partitionBy.expressions)}`]),
    ...(of.having === null ? [] : [`HAVING ${printExpression(of.having)}`]),
    ...(of.emit === null ? [] : [`EMIT ${of.emit}`]),
    ...(of.limit === null ? [] : [`LIMIT ${of.limit}`]),
  ];
  return clauses.join('\n');
}

function printSelectItem(of: SelectItem): string {
  switch (of.kind) {
    case 'select-all':
      return of.source === null ? '*' : `${name(of.source)}.*`;
    case 'select-struct-all': {
      const base = printExpression(of.base);
      return /^-?[\d.]/.test(base) ? `(${base})->*` : `${base}->*`;
    }
    case 'select-expression':
      return `${printExpression(of.expression)}${of.alias === null ? '' : ` AS ${name(of.alias)}`}`;
    default:
      return unreachable(of);
  }
}

function printAliased(of: AliasedSource): string {
  return of.alias === null ? name(of.source) : `${name(of.source)} ${name(of.alias)}`;
}

function printJoin(of: JoinClause): string {
  const kind = of.join === 'INNER' ? 'INNER' : `${of.join} OUTER`;
  return `${kind} JOIN ${printAliased(of.right)}${printWithin(of)} ON ${printExpression(of.on)}`;
}

function printWithin({ within }: JoinClause): string {
  if (within === null) return '';
  const grace = within.grace === null ? '' : ` GRACE PERIOD ${printDuration(within.grace)}`;
  return ` WITHIN (${printDuration(within.before)}, ${printDuration(within.after)})${grace}`;
}

/** The window of a query, as `TUMBLING ( SIZE 1 HOURS )` without the spaces. */
export function printWindow(of: WindowClause): string {
  const retention = of.retention === null ? '' : `, RETENTION ${printDuration(of.retention)}`;
  const grace = of.grace === null ? '' : `, GRACE PERIOD ${printDuration(of.grace)}`;
  switch (of.kind) {
    case 'tumbling':
      return `TUMBLING (SIZE ${printDuration(of.size)}${retention}${grace})`;
    case 'hopping': {
      const advance = `ADVANCE BY ${printDuration(of.advance)}`;
      return `HOPPING (SIZE ${printDuration(of.size)}, ${advance}${retention}${grace})`;
    }
    case 'session':
      return `SESSION (${printDuration(of.gap)}${retention}${grace})`;
    default:
      return unreachable(of);
  }
}

/** One expression stands bare: in parentheses it would be taken for the expression's own. */
function printBy(expressions: readonly Expression[]): string {
  return expressions.length === 1 ? printList(expressions) : `(${printList(expressions)})`;
}
