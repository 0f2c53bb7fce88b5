import type { FormatInfo } from '../catalog/data-source.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import { inheritedProperties } from './format-rules.ts';
import type { SourceProperties } from './source-properties.ts';

/** Properties of formats, by their names in plans. */
const DELIMITER = 'delimiter';
export const FULL_SCHEMA_NAME = 'fullSchemaName';
const UNWRAP_PRIMITIVES = 'unwrapPrimitives';
const NULLABLE_REPRESENTATION = 'nullableRepresentation';
export const SCHEMA_ID = 'schemaId';

const WITH_SCHEMA_NAME: readonly string[] = ['AVRO', 'PROTOBUF', 'JSON_SR'];

/** The key format that a WITH clause describes, for a source of this name. */
export function keyFormatInfo(format: string, properties: SourceProperties, sourceName: string): FormatInfo {
  const given = described('KEY', format, {
    delimiter: properties.keyDelimiter,
    schemaName: properties.keySchemaFullName,
    nullable: properties.keyNullableRepresentation,
    schemaId: properties.keySchemaId,
  });
  if (format === 'AVRO' && given[FULL_SCHEMA_NAME] === undefined) given[FULL_SCHEMA_NAME] = avroKeyName(sourceName);
  if (format === 'PROTOBUF') given[UNWRAP_PRIMITIVES] = 'true';
  return { format, properties: given };
}

export function valueFormatInfo(format: string, properties: SourceProperties): FormatInfo {
  const given = described('VALUE', format, {
    delimiter: properties.valueDelimiter,
    schemaName: properties.valueSchemaFullName,
    nullable: properties.valueNullableRepresentation,
    schemaId: properties.valueSchemaId,
  });
  if (format === 'PROTOBUF') given[UNWRAP_PRIMITIVES] = 'true';
  return { format, properties: given };
}

type Given = {
  readonly delimiter: string | null;
  readonly schemaName: string | null;
  readonly nullable: string | null;
  readonly schemaId: number | null;
};

function described(side: 'KEY' | 'VALUE', format: string, given: Given): Record<string, string> {
  const properties: Record<string, string> = {};
  if (given.delimiter !== null) {
    if (format !== 'DELIMITED') {
      throw new KsqlException(`${format} does not support the following configs: [${DELIMITER}]`);
    }
    properties[DELIMITER] = given.delimiter;
  }
  if (given.schemaName !== null) {
    if (!WITH_SCHEMA_NAME.includes(format)) {
      throw new KsqlException(`${format} does not support the following configs: [${FULL_SCHEMA_NAME}]`);
    }
    if (given.schemaName.trim() === '') {
      throw new KsqlException(`${FULL_SCHEMA_NAME} cannot be empty. Format configuration: {${FULL_SCHEMA_NAME}=}`);
    }
    properties[FULL_SCHEMA_NAME] = given.schemaName;
  }
  if (given.nullable !== null && format !== 'PROTOBUF' && format !== 'PROTOBUF_NOSR') {
    throw new KsqlException(
      `Property ${side}_PROTOBUF_NULLABLE_REPRESENTATION can only be enabled with protobuf format`,
    );
  }
  if (given.nullable !== null) properties[NULLABLE_REPRESENTATION] = given.nullable.toLowerCase();
  if (given.schemaId !== null) properties[SCHEMA_ID] = String(given.schemaId);
  return properties;
}

/** The format of a sink: what the statement says, over what its source hands down in the same format. */
export function inheritFormat(described: FormatInfo, source: FormatInfo): FormatInfo {
  const inherited = inheritedProperties(described.format);
  if (described.format !== source.format) return described;
  const handedDown = Object.entries(source.properties).filter(([name]) => inherited.includes(name));
  return { format: described.format, properties: { ...Object.fromEntries(handedDown), ...described.properties } };
}

/** `PAGE_VIEWS` → `PageViewsKey`, in ksqlDB's namespace: Avro wants keys of several sources told apart. */
function avroKeyName(sourceName: string): string {
  const words = sourceName.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
  return `io.confluent.ksql.avro_schemas.${words.join('')}Key`;
}
