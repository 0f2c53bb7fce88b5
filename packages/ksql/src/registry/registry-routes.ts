import { MillraceError } from '@millrace/base';
import type {
  RegisteredSchema,
  SchemaKind,
  SchemaReference,
  SchemaText,
  SubjectVersion,
} from '../formats/schema-registry/schema-registry.ts';
import { COMPATIBILITY_LEVELS, type CompatibilityLevel } from './compatibility.ts';
import type { RegistryStore } from './registry-store.ts';

/** An answer that is an error, with the registry protocol's code: the HTTP status, perhaps with two digits more. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
  readonly errorCode: number;

  constructor(errorCode: number, message: string) {
    super(message);
    this.errorCode = errorCode;
  }

  get status(): number {
    return this.errorCode < 1000 ? this.errorCode : Math.floor(this.errorCode / 100);
  }
}

type Call = { readonly store: RegistryStore; readonly params: readonly string[]; readonly body: unknown };

export type RegistryRoute = {
  readonly method: string;
  readonly path: RegExp;
  /** What is sent as JSON. @throws RegistryError, MillraceError of the store */
  readonly answer: (call: Call) => unknown;
};

const KINDS: readonly SchemaKind[] = ['AVRO', 'PROTOBUF', 'JSON'];

const route = (method: string, path: string, answer: RegistryRoute['answer']): RegistryRoute => ({
  method,
  path: new RegExp(`^${path.replaceAll(/:\w+/g, '([^/]+)')}$`),
  answer,
});

/** The Schema Registry protocol, as far as clients of topics use it. */
export const REGISTRY_ROUTES: readonly RegistryRoute[] = [
  route('GET', '/', () => ({})),
  route('GET', '/subjects', ({ store }) => store.subjects()),
  route('GET', '/subjects/:subject/versions', ({ store, params }) =>
    versionsOf(store, params[0]!).map(({ version }) => version),
  ),
  route('GET', '/subjects/:subject/versions/:version', ({ store, params }) => versionBody(versionOf(store, params))),
  route('GET', '/subjects/:subject/versions/:version/schema', ({ store, params }) =>
    textBody(versionOf(store, params)),
  ),
  route('POST', '/subjects/:subject/versions', ({ store, params, body }) => ({
    id: store.register(params[0]!, schemaOf(body)),
  })),
  route('POST', '/subjects/:subject', ({ store, params, body }) => {
    versionsOf(store, params[0]!);
    const found = store.find(params[0]!, schemaOf(body));
    if (found === undefined) throw new RegistryError(40403, 'Schema not found');
    return versionBody(found);
  }),
  route('DELETE', '/subjects/:subject', ({ store, params }) => {
    const versions = versionsOf(store, params[0]!).map(({ version }) => version);
    for (const version of versions) store.deleteVersion(params[0]!, version);
    return versions;
  }),
  route('DELETE', '/subjects/:subject/versions/:version', ({ store, params }) => {
    const { subject, version } = versionOf(store, params);
    store.deleteVersion(subject, version);
    return version;
  }),
  route('GET', '/schemas/types', () => KINDS),
  route('GET', '/schemas/ids/:id', ({ store, params }) => schemaBody(schemaById(store, params[0]!))),
  route('GET', '/schemas/ids/:id/schema', ({ store, params }) => textBody(schemaById(store, params[0]!))),
  route('GET', '/schemas/ids/:id/versions', ({ store, params }) => {
    const { id } = schemaById(store, params[0]!);
    return store.subjects().flatMap((subject) => {
      const versions = store.versions(subject).filter((each) => each.id === id);
      return versions.map(({ version }) => ({ subject, version }));
    });
  }),
  route('POST', '/compatibility/subjects/:subject/versions', ({ store, params, body }) =>
    compatibility(store.problems(params[0]!, schemaOf(body))),
  ),
  route('POST', '/compatibility/subjects/:subject/versions/:version', ({ store, params, body }) =>
    compatibility(store.problems(params[0]!, schemaOf(body), [versionOf(store, params)])),
  ),
  route('GET', '/config', ({ store }) => ({ compatibilityLevel: store.level(null) })),
  route('PUT', '/config', ({ store, body }) => setLevel(store, null, body)),
  route('GET', '/config/:subject', ({ store, params }) => {
    const own = store.ownLevel(params[0]!);
    if (own === undefined) {
      const message = `Subject '${params[0]}' does not have subject-level compatibility configured`;
      throw new RegistryError(40408, message);
    }
    return { compatibilityLevel: own };
  }),
  route('PUT', '/config/:subject', ({ store, params, body }) => setLevel(store, params[0]!, body)),
  route('DELETE', '/config/:subject', ({ store, params }) => {
    const compatibilityLevel = store.level(params[0]!);
    store.setLevel(params[0]!, null);
    return { compatibilityLevel };
  }),
  route('GET', '/mode', () => ({ mode: 'READWRITE' })),
  route('GET', '/mode/:subject', () => ({ mode: 'READWRITE' })),
];

const compatibility = (problems: readonly string[]): object => ({
  is_compatible: problems.length === 0,
  messages: problems,
});

function setLevel(store: RegistryStore, subject: string | null, body: unknown): object {
  const asked = (body as { compatibility?: unknown } | null)?.compatibility;
  const compatibilityLevel = COMPATIBILITY_LEVELS.find((each: CompatibilityLevel) => each === asked);
  if (compatibilityLevel === undefined) {
    throw new RegistryError(42203, `Invalid compatibility level: one of ${COMPATIBILITY_LEVELS.join(', ')}`);
  }
  store.setLevel(subject, compatibilityLevel);
  return { compatibility: compatibilityLevel };
}

function versionsOf(store: RegistryStore, subject: string): readonly SubjectVersion[] {
  const versions = store.versions(subject);
  if (versions.length === 0) throw new RegistryError(40401, `Subject '${subject}' not found.`);
  return versions;
}

function versionOf(store: RegistryStore, [subject = '', written = '']: readonly string[]): SubjectVersion {
  const versions = versionsOf(store, subject);
  if (written === 'latest') return versions.at(-1)!;
  const version = Number(written);
  if (!Number.isInteger(version) || version < 1) {
    throw new RegistryError(42202, `The specified version '${written}' is not a valid version id.`);
  }
  const found = store.version(subject, version);
  if (found === undefined) throw new RegistryError(40402, `Version ${version} not found.`);
  return found;
}

function schemaById(store: RegistryStore, written: string): RegisteredSchema {
  const schema = store.schemaById(Number(written));
  if (schema === undefined) throw new RegistryError(40403, `Schema ${written} not found`);
  return schema;
}

/** @throws RegistryError for a body that describes no schema */
function schemaOf(body: unknown): SchemaText {
  const { schema, schemaType = 'AVRO', references = [] } = (body ?? {}) as Record<string, unknown>;
  const kind = KINDS.find((each) => each === schemaType);
  if (typeof schema !== 'string' || kind === undefined || !Array.isArray(references)) {
    throw new RegistryError(42201, 'A schema is {"schema": TEXT, "schemaType": "AVRO", "PROTOBUF" or "JSON"}');
  }
  return { kind, text: schema, references: references as readonly SchemaReference[] };
}

function schemaBody({ kind, text, references }: SchemaText): object {
  return {
    ...(kind === 'AVRO' ? {} : { schemaType: kind }),
    ...(references.length === 0 ? {} : { references }),
    schema: text,
  };
}

function versionBody(version: SubjectVersion): object {
  return { subject: version.subject, version: version.version, id: version.id, ...schemaBody(version) };
}

/** The schema itself: JSON as such, a .proto text as a text. */
function textBody({ kind, text }: SchemaText): unknown {
  if (kind === 'PROTOBUF') return text;
  try {
    return JSON.parse(text);
  } catch {
    // The name of an Avro type may stand by itself.
    return text;
  }
}

/** What the protocol says of an error of the store. */
export function registryErrorOf(thrown: unknown): RegistryError {
  if (thrown instanceof RegistryError) return thrown;
  if (!(thrown instanceof MillraceError)) return new RegistryError(50001, String(thrown));
  if (thrown.code === 'INCOMPATIBLE_SCHEMA') return new RegistryError(409, thrown.message);
  if (thrown.code.endsWith('_SCHEMA')) return new RegistryError(42201, thrown.message);
  return new RegistryError(50001, thrown.message);
}
