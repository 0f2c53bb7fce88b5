import type { Serde } from '../serde.ts';
import { loadLibrary } from './load-library.ts';
import { registrySerde } from './registry-serde.ts';
import type { RegistryOptions } from './schema-registry.ts';

/** The part of avsc that is used. */
type AvroType = {
  toBuffer(value: unknown): Buffer;
  fromBuffer(bytes: Buffer, resolver?: unknown): unknown;
  createResolver(writer: AvroType): unknown;
};
type Avsc = { readonly Type: { forSchema(schema: unknown): AvroType } };

export type AvroOptions = RegistryOptions & {
  /** The schema that values are written with, and read into: as an object, or as JSON text. */
  readonly schema: object | string;
};

/**
 * Avro with its schema in a registry. Values written with an older or newer schema are resolved into this one, by Avro's
 * own rules. Needs the package `avsc`.
 */
export function avroSerde<T>(options: AvroOptions): Serde<T> {
  const { Type } = loadLibrary<Avsc>('avsc', 'the avro serde');
  const schema = typeof options.schema === 'string' ? JSON.parse(options.schema) : options.schema;
  const type = Type.forSchema(schema);
  const text = JSON.stringify(schema);
  return registrySerde<T>(
    {
      name: 'avro',
      schema: { kind: 'AVRO', text, references: [] },
      write: (value) => type.toBuffer(value),
      readerOf(writtenWith) {
        const resolver =
          writtenWith.text === text ? undefined : type.createResolver(Type.forSchema(JSON.parse(writtenWith.text)));
        return (bytes) => type.fromBuffer(asBuffer(bytes), resolver) as T;
      },
    },
    options,
  );
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
