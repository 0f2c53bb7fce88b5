import { jsonSerde } from '../json.ts';
import type { Serde } from '../serde.ts';
import { registrySerde } from './registry-serde.ts';
import type { RegistryOptions } from './schema-registry.ts';

type Validate = ((value: unknown) => unknown) & { readonly errors?: unknown };
/** The part of the package `ajv` that is used. */
type AjvClass = new (options: {
  readonly strict: false;
  readonly allErrors: true;
}) => { compile(schema: object): Validate; errorsText(errors: never): string };

export type JsonSchemaOptions = RegistryOptions & {
  /** The class: `import { Ajv } from 'ajv'`, or that of another draft. */
  readonly Ajv: AjvClass;
  /** The schema that values must fit, read or written: as an object, or as JSON text. */
  readonly schema: object | string;
};

/** JSON that fits a JSON Schema, which is in a registry. */
export function jsonSchemaSerde<T>(options: JsonSchemaOptions): Serde<T> {
  const schema = typeof options.schema === 'string' ? (JSON.parse(options.schema) as object) : options.schema;
  // Schemas of others have keywords of their own, which say nothing about validity.
  const ajv = new options.Ajv({ strict: false, allErrors: true });
  const validate = ajv.compile(schema);
  const json = jsonSerde<T>();
  const checked = (value: T): T => {
    if (validate(value) === true) return value;
    throw new TypeError(ajv.errorsText(validate.errors as never));
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
