import { MillraceError } from '@millrace/base';
import type { SimpleColumn } from '../types/schema.ts';
import type { SqlType } from '../types/sql-type.ts';
import { parseAvroSchema } from './avro/avro-schema.ts';
import { type NameFolding, sqlTypeOf } from './avro/avro-types.ts';
import { jsonSchemaType } from './json/json-schema-type.ts';
import { messageIndexOf } from './protobuf/message-index.ts';
import { parseProto } from './protobuf/parse-proto.ts';
import { structOfMessage } from './protobuf/proto-types.ts';
import { namedReferences, resolvedReferences } from './schema-registry/references.ts';
import type { SchemaRegistry, SchemaText } from './schema-registry/schema-registry.ts';

export type { NameFolding } from './avro/avro-types.ts';

export type InferenceOptions = {
  readonly registry: SchemaRegistry;
  /** Upper case for a topic's latest schema, exact for one that a statement names by id. */
  readonly names: NameFolding;
  /** The name of the one column of a value that stands bare; null where the schema's fields are the columns. */
  readonly unwrappedName: string | null;
  /** Which message of a .proto text; the first without it. */
  readonly fullName?: string | undefined;
};

/**
 * The columns that a registered schema stands for.
 * @throws MillraceError `UNSUPPORTED_SCHEMA`, `INVALID_SCHEMA`, `UNKNOWN_SCHEMA` for a name that the text does not declare
 */
export function inferColumns(schema: SchemaText, options: InferenceOptions): readonly SimpleColumn[] {
  const type = inferType(schema, options);
  if (options.unwrappedName !== null) return [{ name: options.unwrappedName, type }];
  if (type.kind === 'STRUCT') return type.fields;
  throw new MillraceError(
    'UNSUPPORTED_SCHEMA',
    'Schema returned from schema registry is anonymous type. To use this schema with ksqlDB, set ' +
      "'WRAP_SINGLE_VALUE=false' in the WITH clause properties.",
  );
}

function inferType(schema: SchemaText, { registry, names, fullName }: InferenceOptions): SqlType {
  const references = resolvedReferences(schema, registry);
  switch (schema.kind) {
    case 'AVRO':
      return sqlTypeOf(parseAvroSchema(schema.text, references), names);
    case 'JSON':
      return jsonSchemaType(schema.text, names, namedReferences(schema, registry));
    case 'PROTOBUF': {
      const messages = parseProto(schema.text, references);
      return structOfMessage(messages[messageIndexOf(messages, fullName)]!, names);
    }
  }
}
