/** The kinds of schemas that a registry keeps, by their names in its protocol. */
export type SchemaKind = 'AVRO' | 'PROTOBUF' | 'JSON';

export type SchemaReference = { readonly name: string; readonly subject: string; readonly version: number };

/** A schema as text, as it is given to a registry. */
export type SchemaText = {
  readonly kind: SchemaKind;
  readonly text: string;
  readonly references: readonly SchemaReference[];
};

export type RegisteredSchema = SchemaText & { readonly id: number };

/** A schema as one of the versions of a subject. */
export type SubjectVersion = RegisteredSchema & { readonly subject: string; readonly version: number };

/**
 * What formats need of a schema registry. Synchronous: a registry in another process answers from what was fetched before
 * the record was processed.
 */
export type SchemaRegistry = {
  /** The id of this schema; registers it under the subject unless it is there. */
  register(subject: string, schema: SchemaText): number;
  schemaById(id: number): RegisteredSchema | undefined;
  latest(subject: string): SubjectVersion | undefined;
  version(subject: string, version: number): SubjectVersion | undefined;
};

/** The subject of a topic's keys or values, by the registry's default naming. */
export function subjectOf(topic: string, isKey: boolean): string {
  return `${topic}-${isKey ? 'key' : 'value'}`;
}
