import type { AnalyzedQuery } from '../analysis/analyze-query.ts';
import { checkTimestampColumn, timestampColumnOf } from '../analysis/create-source.ts';
import { durationMs } from '../analysis/duration.ts';
import { FULL_SCHEMA_NAME, inheritFormat, keyFormatInfo, SCHEMA_ID, valueFormatInfo } from '../analysis/format-info.ts';
import { keyFeatures, refuseMapKeys, requireInference, valueFeatures } from '../analysis/format-rules.ts';
import { inferredColumns } from '../analysis/infer-columns.ts';
import type { SourceProperties } from '../analysis/source-properties.ts';
import type { DataSource, FormatInfo, WindowInfo } from '../catalog/data-source.ts';
import type { SerdeFeature } from '../formats/format.ts';
import { formatNamed } from '../formats/formats.ts';
import {
  booleanSetting,
  DEFAULT_KEY_FORMAT,
  OUTPUT_TOPIC_PREFIX,
  setting,
  WRAP_SINGLE_VALUES,
} from '../lib/ksql-config.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { WindowClause } from '../syntax/ast.ts';
import { type Column, type LogicalSchema, printSchema, SchemaBuilder, type SimpleColumn } from '../types/schema.ts';
import { printName, printType, sameType } from '../types/sql-type.ts';
import type { PlanNode, PlanSink } from './logical-plan.ts';
import type { PlannerContext } from './planner-context.ts';

/** Where the results of a query are wanted; null: by whoever asked. */
export type PlanTarget =
  | { readonly kind: 'create'; readonly name: string; readonly properties: SourceProperties }
  | { readonly kind: 'insert'; readonly source: DataSource };

export type SinkTarget = {
  readonly target: PlanTarget;
  readonly query: AnalyzedQuery;
  readonly root: PlanNode;
};

/** @throws KsqlException where the results can't be written as the statement wants them */
export function planSink({ target, query, root }: SinkTarget, context: PlannerContext): PlanSink {
  return target.kind === 'insert' ? existingSink(target.source, root) : newSink(target, query, root, context);
}

function existingSink(source: DataSource, root: PlanNode): PlanSink {
  const expected = new SchemaBuilder().keys(source.schema.key).values(source.schema.value).build();
  if (!isCompatible(root.schema, expected)) {
    throw new KsqlException(
      'Incompatible schema between results and sink.\n' +
        `Result schema is ${printSchema(root.schema)}\nSink schema is ${printSchema(expected)}`,
    );
  }
  return {
    name: source.name,
    topic: source.topic,
    keyFormat: source.keyFormat,
    valueFormat: source.valueFormat,
    timestampColumn: source.timestampColumn,
    create: false,
  };
}

/** Names count, and so does order; key columns match by type alone. */
function isCompatible(result: LogicalSchema, sink: LogicalSchema): boolean {
  const sameTypes = (left: LogicalSchema['key'], right: LogicalSchema['key']): boolean =>
    left.length === right.length && left.every((column, position) => sameType(column.type, right[position]!.type));
  const sameNames = result.value.every((column, position) => column.name === sink.value[position]?.name);
  return sameTypes(result.key, sink.key) && sameTypes(result.value, sink.value) && sameNames;
}

function newSink(
  { name, properties }: Extract<PlanTarget, { kind: 'create' }>,
  query: AnalyzedQuery,
  root: PlanNode,
  context: PlannerContext,
): PlanSink {
  const { config } = context;
  const from = query.sources.first.source;
  const keyName = keyFormatName(properties.keyFormat, from.keyFormat, { query, root, context });
  const valueName = (properties.valueFormat ?? from.valueFormat.format).toUpperCase();
  for (const format of [keyName, valueName]) formatNamed(format);
  refuseMapKeys(root.schema.key);
  const key = inheritFormat(keyFormatInfo(keyName, properties, name), from.keyFormat);
  const value = inheritFormat(valueFormatInfo(valueName, properties), from.valueFormat);
  const keyFormat = {
    ...key,
    features: keyFeatures(root.schema.key, keyName),
    window: query.window === null ? from.keyFormat.window : windowInfoOf(query.window),
  };
  const valueFormat = {
    ...value,
    features: valueFeatures(root.schema.value, valueName, {
      wrapSingleValue: properties.wrapSingleValue,
      configured: booleanSetting(config, WRAP_SINGLE_VALUES),
    }),
  };
  const timestampColumn = timestampColumnOf(properties);
  checkTimestampColumn(timestampColumn, root.schema);
  checkSchemaId('key', { ...keyFormat, topic: properties.topic }, root.schema.key, context);
  checkSchemaId('value', { ...valueFormat, topic: properties.topic }, root.schema.value, context);
  const topic = properties.topic ?? `${setting(config, OUTPUT_TOPIC_PREFIX)}${name}`;
  return { name, topic, keyFormat, valueFormat, timestampColumn, create: true };
}

/** A schema that the statement names has to begin with the columns; what it has besides gets its defaults. */
function checkSchemaId(
  side: 'key' | 'value',
  sink: FormatInfo & { readonly features: readonly SerdeFeature[]; readonly topic: string | null },
  columns: readonly Column[],
  { registry }: PlannerContext,
): void {
  const { format, properties, features, topic } = sink;
  const id = properties[SCHEMA_ID];
  if (id === undefined) return;
  requireInference(side === 'key' ? 'KEY' : 'VALUE', format);
  if (registry === undefined || columns.length === 0) return;
  const unwrapped = features.includes('UNWRAP_SINGLES');
  const fullName = properties[FULL_SCHEMA_NAME] ?? null;
  const described = { side, topic, format, schemaId: Number(id), fullName, unwrapped };
  const registered = inferredColumns(described, registry) ?? [];
  const isSame = (column: Column, position: number): boolean => {
    const other = registered[position];
    return other !== undefined && sameType(column.type, other.type) && column.name === other.name;
  };
  const wrong = columns.filter((column, position) => !isSame(column, position));
  if (wrong.length === 0) return;
  const print = (list: readonly SimpleColumn[]): string =>
    list.map(({ name, type }) => `${printName(name)} ${printType(type)}${side === 'key' ? ' KEY' : ''}`).join(', ');
  throw new KsqlException(
    `The following ${side} columns are changed, missing or reordered: [${print(wrong)}]. ` +
      `Schema from schema registry is [${print(registered)}]`,
  );
}

/** The statement's, else the source's; a result with a key needs a format that can hold one. */
function keyFormatName(
  wanted: string | null,
  inherited: FormatInfo,
  parts: { readonly query: AnalyzedQuery; readonly root: PlanNode; readonly context: PlannerContext },
): string {
  const { query, root, context } = parts;
  if (query.partitionBy?.some((expression) => expression.kind === 'null')) {
    if (wanted !== null && wanted !== 'NONE') {
      throw new KsqlException('Key format specified for stream without key columns.');
    }
    return 'NONE';
  }
  if (wanted !== null) return wanted;
  if (inherited.format !== 'NONE' || root.schema.key.length === 0) return inherited.format;
  return setting(context.config, DEFAULT_KEY_FORMAT)!;
}

/** What a WINDOW clause says of the keys of its result. */
function windowInfoOf(window: WindowClause): WindowInfo {
  switch (window.kind) {
    case 'session':
      return { type: 'SESSION', sizeMs: null };
    case 'tumbling':
      return { type: 'TUMBLING', sizeMs: durationMs(window.size) };
    case 'hopping':
      return { type: 'HOPPING', sizeMs: durationMs(window.size) };
  }
}
