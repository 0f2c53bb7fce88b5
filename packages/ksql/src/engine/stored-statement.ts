import { canonicalStatement } from '../analysis/canonical-statement.ts';
import { readProperties } from '../analysis/source-properties.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { DataSource } from '../catalog/data-source.ts';
import type { KsqlPlan } from '../steps/ksql-plan.ts';
import type { CreateAs, CreateSource, Literal, Property, TableElement } from '../syntax/ast.ts';
import { parseType } from '../syntax/parse.ts';
import { printCanonical } from '../syntax/print-canonical.ts';
import { printStatement } from '../syntax/print-statement.ts';
import { type Column, findColumn } from '../types/schema.ts';
import { printType, type SqlType } from '../types/sql-type.ts';
import type { LoggedStatement } from './command-id.ts';
import type { TopicSettings } from './topics.ts';

type Told = {
  readonly statement: LoggedStatement;
  readonly text: string;
  readonly plan: KsqlPlan;
  readonly catalog: Catalog;
  readonly topic: TopicSettings | null;
};

/**
 * The plan with the statement as the command topic keeps it, and SHOW QUERIES, DESCRIBE and EXPLAIN tell it: with all that
 * it left open, as ksqlDB's injectors fill it in. What names no new topic stays as it was written.
 */
export function withStoredStatement({ plan, ...told }: Told): KsqlPlan {
  const statementText = storedText({ plan, ...told });
  const { ddl } = plan;
  if (ddl?.kind !== 'create-source') return { ...plan, statementText };
  return { ...plan, statementText, ddl: { ...ddl, source: { ...ddl.source, statementText } } };
}

function storedText({ statement, text, plan, catalog, topic }: Told): string {
  if (topic === null || plan.ddl?.kind !== 'create-source') return text;
  if (statement.kind === 'create-as') return `${createAsText(statement, catalog, topic)};`;
  if (statement.kind !== 'create-source') return text;
  return createSourceText(statement, plan.ddl.source, { CLEANUP_POLICY: textLiteral(topic.cleanupPolicy) });
}

function createAsText(statement: CreateAs, catalog: Catalog, topic: TopicSettings): string {
  const properties = completed(statement.properties, {
    CLEANUP_POLICY: textLiteral(topic.cleanupPolicy),
    KAFKA_TOPIC: textLiteral(topic.name),
    PARTITIONS: numberLiteral(topic.partitions),
    REPLICAS: numberLiteral(topic.replicas),
    RETENTION_MS: numberLiteral(topic.retentionMs),
  });
  return printCanonical({ ...canonicalStatement(statement, catalog), properties });
}

/** A CREATE with its formats, the types of its columns, and these properties where it does not have them. */
export function createSourceText(
  statement: CreateSource,
  source: DataSource,
  others: Readonly<Record<string, Literal | null>>,
): string {
  const { keyFormat, valueFormat } = readProperties(statement.properties, 'create');
  const properties = completed(statement.properties, {
    ...others,
    ...(keyFormat === null ? { KEY_FORMAT: textLiteral(source.keyFormat.format) } : {}),
    ...(valueFormat === null ? { VALUE_FORMAT: textLiteral(source.valueFormat.format) } : {}),
  });
  const sorted = properties.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  return printStatement({ ...statement, elements: elementsOf(statement, source), properties: sorted });
}

/** The columns as they were written, their types by their own names; those that a schema gave are added. */
function elementsOf({ elements }: CreateSource, { schema, kind }: DataSource): readonly TableElement[] {
  const written = elements.map((element) => {
    const column = findColumn(schema, element.name);
    return column === undefined ? element : { ...element, type: typeNode(column.type) };
  });
  const isMissing = ({ name }: Column): boolean => !elements.some((element) => element.name === name);
  const keys = schema.key.filter(isMissing).map((column) => element(column, kind === 'TABLE' ? 'primary-key' : 'key'));
  const values = schema.value.filter(isMissing).map((column) => element(column, 'value'));
  return [...keys, ...written, ...values];
}

function element({ name, type }: Column, kind: 'key' | 'primary-key' | 'value'): TableElement {
  return { name, type: typeNode(type), constraint: { kind }, location: null };
}

const typeNode = (type: SqlType): TableElement['type'] => parseType(printType(type));

/** The properties that were written, and those of `others` that have a value and were not. */
function completed(
  written: readonly Property[],
  others: Readonly<Record<string, Literal | null>>,
): readonly Property[] {
  const added = Object.entries(others).flatMap(([name, value]) => {
    const isOpen = value !== null && !written.some((property) => property.name === name);
    return isOpen ? [{ name, value, location: null }] : [];
  });
  return [...written, ...added];
}

const textLiteral = (value: string): Literal => ({ kind: 'string', value, location: null });

export function numberLiteral(value: number | null): Literal | null {
  if (value === null) return null;
  const fits = (value | 0) === value;
  return fits ? { kind: 'integer', value, location: null } : { kind: 'long', value: BigInt(value), location: null };
}
