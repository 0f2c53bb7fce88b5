import type { Serde } from '../serde.ts';
import { registrySerde } from './registry-serde.ts';
import type { RegistryOptions } from './schema-registry.ts';

type AvroType = {
  toBuffer(value: unknown): Buffer;
  fromBuffer(bytes: Buffer, resolver?: unknown): unknown;
  createResolver(writer: AvroType): unknown;
};
/** The part of the package `avsc` that is used. */
type Avsc = { readonly Type: { forSchema(schema: never): AvroType } };

export type AvroOptions = RegistryOptions & {
  /** The package: `import avsc from 'avsc'`. */
  readonly avsc: Avsc;
  /** The schema that values are written with, and read into: as an object, or as JSON text. */
  readonly schema: object | string;
};

/**
 * Avro with its schema in a registry. Values written with an older or newer schema are resolved into this one, by Avro's
 * own rules.
 */
export function avroSerde<T>(options: AvroOptions): Serde<T> {
  const { Type } = options.avsc;
  const schema: unknown = typeof options.schema === 'string' ? JSON.parse(options.schema) : options.schema;
  const type = Type.forSchema(schema as never);
  const text = JSON.stringify(schema);
  return registrySerde<T>(
    {
      name: 'avro',
      schema: { kind: 'AVRO', text, references: [] },
      write: (value) => type.toBuffer(value),
      readerOf(writtenWith) {
        const resolver =
          writtenWith.text === text
            ? undefined
            : type.createResolver(Type.forSchema(JSON.parse(writtenWith.text) as never));
        return (bytes) => type.fromBuffer(asBuffer(bytes), resolver) as T;
      },
    },
    options,
  );
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
