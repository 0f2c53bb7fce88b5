import { jsonSerde } from '../json.ts';
import type { Serde } from '../serde.ts';
import { loadLibrary } from './load-library.ts';
import { registrySerde } from './registry-serde.ts';
import type { RegistryOptions } from './schema-registry.ts';

/** The part of Ajv that is used. */
type Validate = ((value: unknown) => boolean) & { readonly errors?: unknown };
type Ajv = { compile(schema: object): Validate; errorsText(errors: unknown): string };
type AjvModule = { readonly default: new (options: object) => Ajv };

export type JsonSchemaOptions = RegistryOptions & {
  /** The schema that values must fit, read or written: as an object, or as JSON text. */
  readonly schema: object | string;
};

/** JSON that fits a JSON Schema, which is in a registry. Needs the package `ajv`. */
export function jsonSchemaSerde<T>(options: JsonSchemaOptions): Serde<T> {
  const { default: Ajv } = loadLibrary<AjvModule>('ajv', 'the JSON Schema serde');
  const schema = typeof options.schema === 'string' ? (JSON.parse(options.schema) as object) : options.schema;
  // Schemas of others have keywords of their own, which say nothing about validity.
  const ajv = new Ajv({ strict: false, allErrors: true });
  const validate = ajv.compile(schema);
  const json = jsonSerde<T>();
  const checked = (value: T): T => {
    if (validate(value)) return value;
    throw new TypeError(ajv.errorsText(validate.errors));
  };
  return registrySerde<T>(
    {
      name: 'json-schema',
      schema: { kind: 'JSON', text: JSON.stringify(schema), references: [] },
      write: (value) => json.serialize(checked(value), ''),
      readerOf: () => (bytes) => checked(json.deserialize(bytes, '')),
    },
    options,
  );
}
