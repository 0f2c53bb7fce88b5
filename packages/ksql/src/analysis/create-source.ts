import type { DdlCommand } from '../catalog/commands.ts';
import type { DataSource, KeyFormat, TimestampColumn, ValueFormat } from '../catalog/data-source.ts';
import { formatNamed } from '../formats/formats.ts';
import type { SchemaRegistry } from '../formats/schema-registry/schema-registry.ts';
import type { KsqlConfig } from '../lib/ksql-config.ts';
import {
  booleanSetting,
  DEFAULT_KEY_FORMAT,
  DEFAULT_VALUE_FORMAT,
  setting,
  WRAP_SINGLE_VALUES,
} from '../lib/ksql-config.ts';
import { KsqlException, ParseFailedException } from '../lib/ksql-exception.ts';
import type { CreateSource, TableElement } from '../syntax/ast.ts';
import { findColumn, isSystemColumn, type LogicalSchema, SchemaBuilder } from '../types/schema.ts';
import { arrayType, printName, printType, type SqlType, SqlTypes, sameType, structType } from '../types/sql-type.ts';
import { type CustomTypes, resolveTypeNode } from './expression-type-node.ts';
import { keyFormatInfo, valueFormatInfo } from './format-info.ts';
import {
  checkFormat,
  infersSchemas,
  keyFeatures,
  refuseMapKeys,
  requireInference,
  valueFeatures,
} from './format-rules.ts';
import { inferredColumns } from './infer-columns.ts';
import { placePrefix } from './place.ts';
import { readProperties, type SourceProperties } from './source-properties.ts';

/** What CREATE STREAM and CREATE TABLE come to; `statement` has been prepared. */
export type CreateSourceContext = {
  readonly config: KsqlConfig;
  readonly customTypes: CustomTypes;
  readonly statementText: string;
  readonly registry?: SchemaRegistry | undefined;
};

/** @throws ParseFailedException, MillraceError for what can be seen without sources, topics and settings */
export function prepareCreateSource(statement: CreateSource, customTypes: CustomTypes): SourceProperties {
  for (const { type } of statement.elements) resolveTypeNode(type, customTypes);
  refuseRepeatedNames(statement.elements);
  const properties = readProperties(statement.properties, 'create');
  for (const element of statement.elements) {
    const isTable = statement.sourceKind === 'TABLE';
    const given = element.constraint.kind === 'key' ? 'KEY' : 'PRIMARY KEY';
    const wrong = isTable ? element.constraint.kind === 'key' : element.constraint.kind === 'primary-key';
    if (!wrong) continue;
    const right = isTable ? "'PRIMARY KEY' for tables" : "'KEY' for streams";
    throw new ParseFailedException(
      `${placePrefix(element.location)}Column ${printName(element.name)} is a '${given}' column: please use ${right}.` +
        `\nE.g. CREATE ${statement.sourceKind} ${statement.name} (${element.name} ` +
        `${isTable ? '<Type> PRIMARY KEY' : '<Type> KEY'}, ...`,
      '',
    );
  }
  return properties;
}

/**
 * The command of a CREATE over a topic.
 * @throws KsqlException
 */
export function analyzeCreateSource(
  statement: CreateSource,
  properties: SourceProperties,
  context: CreateSourceContext,
): Extract<DdlCommand, { kind: 'create-source' }> {
  const { config } = context;
  const formats = formatNames(properties, config);
  checkSchemaIds(statement, properties, formats);
  const declared = declaredSchema(statement, context.customTypes);
  const schema = withInferredColumns(declared, properties, { formats, statement, context });
  if (schema.key.length + schema.value.length === 0) {
    throw new KsqlException('The statement does not define any columns.');
  }
  if (statement.sourceKind === 'TABLE' && schema.key.length === 0) {
    throw new KsqlException(
      'Tables require a PRIMARY KEY. Please define the PRIMARY KEY.\n' +
        'Use a partial schema to define the primary key and still load the value columns from the Schema Registry, ' +
        `for example:\n\tCREATE TABLE ${statement.name} (ID INT PRIMARY KEY) WITH (...);`,
    );
  }
  if (properties.window !== null && schema.key.length === 0) {
    throw new KsqlException('Windowed sources require a key column.');
  }
  refuseMapKeys(schema.key);
  const keyFormat: KeyFormat = {
    ...keyFormatInfo(formats.key, properties, statement.name),
    features: keyFeatures(schema.key, formats.key),
    window: properties.window,
  };
  const valueFormat: ValueFormat = {
    ...valueFormatInfo(formats.value, properties),
    features: valueFeatures(schema.value, formats.value, {
      wrapSingleValue: properties.wrapSingleValue,
      configured: booleanSetting(config, WRAP_SINGLE_VALUES),
    }),
  };
  checkFormat('Key', keyFormat, schema.key);
  checkFormat('Value', valueFormat, schema.value);
  const timestampColumn = timestampColumnOf(properties);
  checkTimestampColumn(timestampColumn, schema);
  const source: DataSource = {
    kind: statement.sourceKind,
    name: statement.name,
    schema,
    topic: properties.topic!,
    keyFormat,
    valueFormat,
    timestampColumn,
    isQueryTarget: false,
    readOnly: statement.readOnly,
    statementText: context.statementText,
  };
  return { kind: 'create-source', source, orReplace: statement.orReplace, ifNotExists: statement.ifNotExists };
}

function formatNames(
  properties: SourceProperties,
  config: KsqlConfig,
): { readonly key: string; readonly value: string } {
  const key = properties.keyFormat ?? setting(config, DEFAULT_KEY_FORMAT);
  const value = properties.valueFormat ?? setting(config, DEFAULT_VALUE_FORMAT);
  const missing = key === undefined ? 'KEY_FORMAT' : value === undefined ? 'VALUE_FORMAT' : undefined;
  if (key === undefined || value === undefined) {
    const config = missing === 'KEY_FORMAT' ? DEFAULT_KEY_FORMAT : DEFAULT_VALUE_FORMAT;
    throw new KsqlException(
      `Statement is missing the '${missing}' property from the WITH clause. Either provide one or set a default ` +
        `via the '${config}' config.`,
    );
  }
  const names = { key: key.toUpperCase(), value: value.toUpperCase() };
  formatNamed(names.key);
  formatNamed(names.value);
  return names;
}

/** A schema of the registry stands for the columns of its side: both at once would contradict. */
function checkSchemaIds(
  statement: CreateSource,
  properties: SourceProperties,
  formats: { readonly key: string; readonly value: string },
): void {
  const sides = [
    { side: 'KEY', id: properties.keySchemaId, format: formats.key, isOwn: isKeyElement },
    { side: 'VALUE', id: properties.valueSchemaId, format: formats.value, isOwn: isValueElement },
  ] as const;
  for (const { side, id, format, isOwn } of sides) {
    if (id === null) continue;
    requireInference(side, format);
    if (statement.elements.some(isOwn)) {
      throw new KsqlException(`Table elements and ${side}_SCHEMA_ID cannot both exist for create statement.`);
    }
  }
  if (statement.elements.length === 0 && !infersSchemas(formats.value)) {
    throw new KsqlException(
      `No columns supplied. The value format '${formats.value}' does not support schema inference.`,
    );
  }
}

/** Adds the columns of each side that the statement leaves to the registry; those it has itself are kept as they are. */
function withInferredColumns(
  declared: LogicalSchema,
  properties: SourceProperties,
  parts: {
    readonly formats: { readonly key: string; readonly value: string };
    readonly statement: CreateSource;
    readonly context: CreateSourceContext;
  },
): LogicalSchema {
  const { formats, context } = parts;
  const { registry } = context;
  if (registry === undefined) return declared;
  const topic = properties.topic!;
  const common = { topic, unwrapped: properties.wrapSingleValue === false };
  const keys =
    declared.key.length > 0
      ? null
      : inferredColumns(
          {
            ...common,
            side: 'key',
            format: formats.key,
            schemaId: properties.keySchemaId,
            fullName: properties.keySchemaFullName,
          },
          registry,
        );
  const values =
    declared.value.length > 0
      ? null
      : inferredColumns(
          {
            ...common,
            side: 'value',
            format: formats.value,
            schemaId: properties.valueSchemaId,
            fullName: properties.valueSchemaFullName,
          },
          registry,
        );
  const builder = new SchemaBuilder().keys(keys ?? declared.key).values(values ?? declared.value);
  for (const column of declared.headers) builder.header(column.name, column.type, column.headerKey);
  // Written columns keep their order among each other.
  return keys === null && values === null ? declared : builder.build();
}

const isKeyElement = ({ constraint }: TableElement): boolean =>
  constraint.kind === 'key' || constraint.kind === 'primary-key';
const isValueElement = ({ constraint }: TableElement): boolean => constraint.kind === 'value';

const HEADERS_TYPE = arrayType(
  structType([
    { name: 'KEY', type: SqlTypes.STRING },
    { name: 'VALUE', type: SqlTypes.BYTES },
  ]),
);

function declaredSchema(statement: CreateSource, customTypes: CustomTypes): LogicalSchema {
  const builder = new SchemaBuilder();
  for (const element of statement.elements) {
    if (isSystemColumn(element.name)) {
      throw new KsqlException(`'${element.name}' is a reserved column name. You cannot use it as a name for a column.`);
    }
    const type = resolveTypeNode(element.type, customTypes);
    switch (element.constraint.kind) {
      case 'key':
      case 'primary-key':
        builder.key(element.name, type);
        break;
      case 'value':
        builder.value(element.name, type);
        break;
      case 'headers':
        checkHeaderType('HEADERS', HEADERS_TYPE, type);
        builder.header(element.name, type);
        break;
      case 'header':
        checkHeaderType(`HEADER('${element.constraint.key}')`, SqlTypes.BYTES, type);
        builder.header(element.name, type, element.constraint.key);
        break;
    }
  }
  const schema = builder.build();
  refuseContradictingHeaders(schema);
  return schema;
}

function checkHeaderType(constraint: string, expected: SqlType, actual: SqlType): void {
  if (sameType(expected, actual)) return;
  throw new KsqlException(
    `Invalid type for ${constraint} column: expected ${printType(expected)}, got ${printType(actual)}`,
  );
}

function refuseRepeatedNames(elements: readonly TableElement[]): void {
  const names = elements.map(({ name }) => name);
  const repeated = new Set(names.filter((name, position) => names.indexOf(name) !== position));
  if (repeated.size === 0) return;
  throw new KsqlException(`Duplicate column names: ${[...repeated].map((name) => printName(name)).join(', ')}`);
}

function refuseContradictingHeaders({ headers }: LogicalSchema): void {
  const all = headers.filter((column) => column.headerKey === undefined);
  if (all.length > 1 || (all.length === 1 && headers.length > 1)) {
    throw new KsqlException('Schema already contains a HEADERS column.');
  }
  const keys = headers.map((column) => column.headerKey);
  const repeated = keys.find((key, position) => keys.indexOf(key) !== position);
  if (repeated !== undefined) throw new KsqlException(`Schema already contains a HEADER('${repeated}') column.`);
}

export function timestampColumnOf(properties: SourceProperties): TimestampColumn | null {
  const { timestampColumn: column, timestampFormat: format } = properties;
  return column === null ? null : { column, format };
}

/** @throws KsqlException for a column that isn't there or whose type holds no time */
export function checkTimestampColumn(timestamp: TimestampColumn | null, schema: LogicalSchema): void {
  if (timestamp === null) return;
  const column = findColumn(schema, timestamp.column);
  if (column === undefined) {
    throw new KsqlException(
      `The TIMESTAMP column set in the WITH clause does not exist in the schema: '${timestamp.column}'`,
    );
  }
  const kind = column.type.kind;
  if (timestamp.format !== null && kind !== 'STRING') {
    throw new KsqlException(
      `A timestamp format can only be specified for a timestamp column of type string. Column: ` +
        `${printName(column.name)} Type: ${printType(column.type)}`,
    );
  }
  if (kind === 'BIGINT' || kind === 'TIMESTAMP' || (kind === 'STRING' && timestamp.format !== null)) return;
  throw new KsqlException(
    `Timestamp column, ${printName(column.name)}, should be LONG(INT64), TIMESTAMP, or a String with a ` +
      'timestamp_format specified.',
  );
}
