import { MillraceError } from '@millrace/base';
import { malformed, unwritable } from './errors.ts';
import { jsonSerde } from './json.ts';
import type { Serde } from './serde.ts';

/**
 * The part of Standard Schema v1 (standardschema.dev) that a serde needs; zod, valibot, arktype and others have it.
 */
export type StandardSchema<Input, Output> = {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
};

type SchemaIssue = {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
};

type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] };

/** A schema that reads what it writes needs no `encode`; one that transforms does. */
type Encoding<Input, Output> = [Output] extends [Input]
  ? [options?: { readonly encode?: (value: Output) => Input }]
  : [options: { readonly encode: (value: Output) => Input }];

/**
 * JSON checked by a schema, on reading and on writing. What validation makes of the JSON (defaults, coercions) is the
 * value; a schema that transforms must bring `encode`, the way back.
 *
 * @throws MillraceError `DESERIALIZATION_FAILED` or `SERIALIZATION_FAILED` naming every issue with its path,
 *   `ASYNC_SCHEMA` when the schema validates by a promise: records are processed synchronously.
 */
export function fromStandardSchema<Input, Output>(
  schema: StandardSchema<Input, Output>,
  ...[options]: Encoding<Input, Output>
): Serde<Output> {
  const standard = schema['~standard'];
  const name = `schema(${standard.vendor})`;
  const json = jsonSerde<unknown>();
  const encode = options?.encode;
  const validate = (value: unknown): SchemaResult<Output> => {
    const result = standard.validate(value);
    if (!(result instanceof Promise)) return result;
    // The promise may reject later, when nobody looks.
    result.catch(() => {});
    throw new MillraceError('ASYNC_SCHEMA', `${name} validates asynchronously; a serde needs a synchronous schema`);
  };
  return {
    name,
    serialize(value, topic) {
      const encoded = encode === undefined ? value : encode(value);
      const result = validate(encoded);
      if (result.issues !== undefined) throw unwritable(name, describeIssues(result.issues));
      return json.serialize(encoded, topic);
    },
    deserialize(bytes, topic) {
      const result = validate(json.deserialize(bytes, topic));
      if (result.issues !== undefined) throw malformed(name, describeIssues(result.issues));
      return result.value;
    },
  };
}

function describeIssues(issues: readonly SchemaIssue[]): string {
  return issues
    .map(({ message, path }) => {
      if (path === undefined || path.length === 0) return message;
      return `${path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.')}: ${message}`;
    })
    .join('; ');
}
