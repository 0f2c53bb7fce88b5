import { formatNamed } from '../formats/formats.ts';
import { type InferenceOptions, inferColumns } from '../formats/inference.ts';
import {
  type RegisteredSchema,
  type SchemaKind,
  type SchemaRegistry,
  subjectOf,
} from '../formats/schema-registry/schema-registry.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { SimpleColumn } from '../types/schema.ts';
import { infersSchemas } from './format-rules.ts';

/** Columns that a statement leaves out because a schema registry knows them. */

export type InferenceSide = {
  readonly side: 'key' | 'value';
  /** Null: a schema is named by its id, and no topic. */
  readonly topic: string | null;
  readonly format: string;
  /** The schema that the statement names. */
  readonly schemaId: number | null;
  /** The schema's name that the statement gives: one of several messages of a .proto text. */
  readonly fullName: string | null;
  /** Whether the value is one bare column. */
  readonly unwrapped: boolean;
};

/** What the one column of a key, or of a bare value, is called. */
const BARE_NAMES = { key: 'ROWKEY', value: 'ROWVAL' } as const;

/**
 * The columns of one side; null where its format has no registered schemas.
 * @throws KsqlException where there is no schema, it is of another format or none of columns
 */
export function inferredColumns(side: InferenceSide, registry: SchemaRegistry): readonly SimpleColumn[] | null {
  if (!infersSchemas(side.format)) return null;
  const schema = registeredSchema(side, registry);
  checkKind(side, schema);
  const options: InferenceOptions = {
    registry,
    names: side.schemaId === null ? 'upper' : 'exact',
    unwrappedName: isBare(side) ? BARE_NAMES[side.side] : null,
    fullName: side.fullName ?? undefined,
  };
  const columns = columnsOf(schema, options, side);
  if (side.side === 'key' && columns.length > 1) {
    throw new KsqlException(
      `The key schema for ${told(side)} contains multiple columns, which is not supported by ksqlDB at this time.\n` +
        `Schema:${schema.text}`,
    );
  }
  return columns;
}

function columnsOf(schema: RegisteredSchema, options: InferenceOptions, side: InferenceSide): readonly SimpleColumn[] {
  try {
    return inferColumns(schema, options);
  } catch (cause) {
    throw new KsqlException(
      `Unable to verify if the ${side.side} schema for ${told(side)} is compatible with ksqlDB.\n` +
        `Reason: ${(cause as Error).message}\n\nPlease see https://github.com/confluentinc/ksql/issues/ to see if this ` +
        'particular reason is already known.\nIf not, please log a new issue, including this full error message.\n' +
        `Schema:${schema.text}`,
      cause,
    );
  }
}

/** What a statement was told to take the schema from. */
function told({ topic, schemaId }: InferenceSide): string {
  const parts = [
    ...(topic === null ? [] : [`topic: ${topic}`]),
    ...(schemaId === null ? [] : [`schema id: ${schemaId}`]),
  ];
  return parts.join(', ');
}

/** Kinds of schemas by the formats that are written with them. */
const KINDS: Readonly<Partial<Record<string, SchemaKind>>> = { AVRO: 'AVRO', JSON_SR: 'JSON', PROTOBUF: 'PROTOBUF' };

function checkKind(side: InferenceSide, { kind }: RegisteredSchema): void {
  const expected = KINDS[side.format];
  if (kind === expected) return;
  const [title, property] = side.side === 'key' ? ['Key', 'KEY_FORMAT'] : ['Value', 'VALUE_FORMAT'];
  throw new KsqlException(
    `${title} schema is not in the expected format. You may want to set ${property} to '${kind}'.\n${told(side)}\n` +
      `expected format: ${expected}\nactual format from Schema Registry: ${kind}`,
  );
}

/** Inferred keys are bare wherever their format has bare values. */
function isBare({ side, format, unwrapped }: InferenceSide): boolean {
  return side === 'key' ? formatNamed(format).features.has('UNWRAP_SINGLES') : unwrapped;
}

function registeredSchema(side: InferenceSide, registry: SchemaRegistry): RegisteredSchema {
  const { topic, schemaId } = side;
  const subject = subjectOf(topic ?? '', side.side === 'key');
  const found = schemaId === null ? registry.latest(subject) : registry.schemaById(schemaId);
  if (found !== undefined) return found;
  const part = side.side === 'key' ? 'keys' : 'values';
  const which = schemaId === null ? '' : `Schema Id: ${schemaId}\n`;
  if (topic === null) {
    throw new KsqlException(
      `Schema for message ${part} on schema id'${schemaId} does not exist in the Schema Registry.\n${which}` +
        `Possible causes include:\n- Schema Id ${schemaId}\n${OTHER_CAUSES}`,
    );
  }
  throw new KsqlException(
    `Schema for message ${part} on topic '${topic}' does not exist in the Schema Registry.\nSubject: ${subject}\n` +
      `${which}Possible causes include:\n- The topic itself does not exist\n\t-> Use SHOW TOPICS; to check\n` +
      '- Messages on the topic are not serialized using a format Schema Registry supports\n' +
      `\t-> Use PRINT '${topic}' FROM BEGINNING; to verify\n${OTHER_CAUSES}`,
  );
}

const OTHER_CAUSES =
  '- Messages on the topic have not been serialized using a Confluent Schema Registry supported serializer\n' +
  '- The schema is registered on a different instance of the Schema Registry\n' +
  '\t-> Use the REST API to list available subjects\n' +
  '- You do not have permissions to access the Schema Registry.';
