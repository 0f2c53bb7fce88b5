import { formatNamed } from '../formats/formats.ts';
import { type InferenceOptions, inferColumns } from '../formats/inference.ts';
import { type RegisteredSchema, type SchemaRegistry, subjectOf } from '../formats/schema-registry/schema-registry.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { SimpleColumn } from '../types/schema.ts';
import { infersSchemas } from './format-rules.ts';

/** Columns that a statement leaves out because a schema registry knows them. */

export type InferenceSide = {
  readonly side: 'key' | 'value';
  readonly topic: string;
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
 * @throws KsqlException where there is no schema, or it is none of columns
 */
export function inferredColumns(side: InferenceSide, registry: SchemaRegistry): readonly SimpleColumn[] | null {
  if (!infersSchemas(side.format)) return null;
  const schema = registeredSchema(side, registry);
  const options: InferenceOptions = {
    registry,
    names: side.schemaId === null ? 'upper' : 'exact',
    unwrappedName: isBare(side) ? BARE_NAMES[side.side] : null,
    fullName: side.fullName ?? undefined,
  };
  try {
    return inferColumns(schema, options);
  } catch (cause) {
    throw new KsqlException(
      `Unable to verify if the ${side.side} schema for topic: ${side.topic} is compatible with ksqlDB.\n` +
        `Reason: ${(cause as Error).message}\n\nPlease see https://github.com/confluentinc/ksql/issues/ to see if this ` +
        `particular reason is already known.\nIf not, log a new issue, including this full error message.\n` +
        `Schema:${schema.text}`,
      cause,
    );
  }
}

/** Inferred keys are bare wherever their format has bare values. */
function isBare({ side, format, unwrapped }: InferenceSide): boolean {
  return side === 'key' ? formatNamed(format).features.has('UNWRAP_SINGLES') : unwrapped;
}

function registeredSchema({ side, topic, schemaId }: InferenceSide, registry: SchemaRegistry): RegisteredSchema {
  const subject = subjectOf(topic, side === 'key');
  const found = schemaId === null ? registry.latest(subject) : registry.schemaById(schemaId);
  if (found !== undefined) return found;
  const part = side === 'key' ? 'keys' : 'values';
  const which = schemaId === null ? '' : `Schema Id: ${schemaId}\n`;
  throw new KsqlException(
    `Schema for message ${part} on topic '${topic}' does not exist in the Schema Registry.\n${which}Subject: ${subject}\n` +
      'Possible causes include:\n- The topic itself does not exist\n\t-> Use SHOW TOPICS; to check\n' +
      `- Messages on the topic are not serialized using a format Schema Registry supports`,
  );
}
