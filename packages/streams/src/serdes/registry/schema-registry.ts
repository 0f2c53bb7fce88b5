/** The kinds of schemas that a registry keeps, by their names in its protocol. */
export type SchemaKind = 'AVRO' | 'PROTOBUF' | 'JSON';

/** A schema as text, as it is given to a registry. */
export type SchemaText = {
  readonly kind: SchemaKind;
  readonly text: string;
  readonly references: readonly { readonly name: string; readonly subject: string; readonly version: number }[];
};

/**
 * What serdes need of a schema registry. Synchronous, as records are processed: a registry in another process answers from
 * what was fetched before. `@millrace/ksql` brings one in memory and a client of the Schema Registry's protocol.
 */
export type SchemaRegistry = {
  /** The id of this schema; registers it under the subject unless it is there. */
  register(subject: string, schema: SchemaText): number;
  schemaById(id: number): (SchemaText & { readonly id: number }) | undefined;
};

/** What all serdes with a registry take. */
export type RegistryOptions = {
  readonly registry: SchemaRegistry;
  /** Whether it is for keys. Default: false. */
  readonly isKey?: boolean;
  /** The subject of a topic's schema. Default: `TOPIC-key` or `TOPIC-value` (TopicNameStrategy). */
  readonly subjectOf?: (topic: string, isKey: boolean) => string;
};
