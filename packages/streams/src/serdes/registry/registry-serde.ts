import { malformed, unwritable } from '../errors.ts';
import type { Serde } from '../serde.ts';
import type { RegistryOptions, SchemaText } from './schema-registry.ts';

/** In front of each value stands a zero, then the id of its schema in four bytes. */
const HEADER_SIZE = 5;
const MAGIC = 0;

/** What a format does behind the header. */
export type RegistryCodec<T> = {
  readonly name: string;
  /** What values are written with. */
  readonly schema: SchemaText;
  write(value: T): Uint8Array;
  /** Makes the reader of values that were written with another schema, or the same one. */
  readerOf(writtenWith: SchemaText): (bytes: Uint8Array) => T;
};

/**
 * Values behind the ids of their schemas, as the Schema Registry's own serialisers write them. The schema is registered
 * when the first value is written to a topic; a reader is made once for each schema that values were written with.
 *
 * @throws MillraceError `DESERIALIZATION_FAILED` or `SERIALIZATION_FAILED`
 */
export function registrySerde<T>(codec: RegistryCodec<T>, options: RegistryOptions): Serde<T> {
  const { registry, isKey = false, subjectOf = topicNameSubject } = options;
  const { name } = codec;
  const ids = new Map<string, number>();
  const readers = new Map<number, (bytes: Uint8Array) => T>();

  const idOf = (topic: string): number => {
    const known = ids.get(topic);
    if (known !== undefined) return known;
    const id = registry.register(subjectOf(topic, isKey), codec.schema);
    ids.set(topic, id);
    return id;
  };
  const readerOf = (id: number): ((bytes: Uint8Array) => T) => {
    const known = readers.get(id);
    if (known !== undefined) return known;
    const schema = registry.schemaById(id);
    if (schema === undefined) throw malformed(name, `its schema, id ${id}, is not in the registry`);
    if (schema.kind !== codec.schema.kind) throw malformed(name, `its schema, id ${id}, is of kind ${schema.kind}`);
    const reader = codec.readerOf(schema);
    readers.set(id, reader);
    return reader;
  };
  return {
    name,
    serialize(value, topic) {
      const id = idOf(topic);
      const body = attempt(
        () => codec.write(value),
        (problem, cause) => unwritable(name, problem, cause),
      );
      const bytes = new Uint8Array(HEADER_SIZE + body.length);
      bytes[0] = MAGIC;
      new DataView(bytes.buffer).setInt32(1, id);
      bytes.set(body, HEADER_SIZE);
      return bytes;
    },
    deserialize(bytes) {
      if (bytes.length < HEADER_SIZE || bytes[0] !== MAGIC) throw malformed(name, 'Unknown magic byte!');
      const id = new DataView(bytes.buffer, bytes.byteOffset).getInt32(1);
      const read = readerOf(id);
      return attempt(
        () => read(bytes.subarray(HEADER_SIZE)),
        (problem, cause) => malformed(name, problem, cause),
      );
    },
  };
}

function topicNameSubject(topic: string, isKey: boolean): string {
  return `${topic}-${isKey ? 'key' : 'value'}`;
}

function attempt<R>(run: () => R, failed: (problem: string, cause: unknown) => Error): R {
  try {
    return run();
  } catch (cause) {
    throw failed(cause instanceof Error ? cause.message : String(cause), cause);
  }
}
