import { MillraceError } from '@millrace/base';
import { parseAvroSchema } from '../formats/avro/avro-schema.ts';
import { parseProto } from '../formats/protobuf/parse-proto.ts';
import { resolvedReferences } from '../formats/schema-registry/references.ts';
import type {
  RegisteredSchema,
  SchemaRegistry,
  SchemaText,
  SubjectVersion,
} from '../formats/schema-registry/schema-registry.ts';
import { type CompatibilityLevel, compatibilityProblems } from './compatibility.ts';
import type { ResolvedSchema } from './resolved-schema.ts';

/** What changes a registry; told in order, the changes make it again. */
export type RegistryChange =
  | { readonly kind: 'registered'; readonly version: SubjectVersion }
  | { readonly kind: 'deleted'; readonly version: SubjectVersion }
  /** Of all subjects that have no level of their own, where `subject` is null; null ends a level. */
  | { readonly kind: 'level'; readonly subject: string | null; readonly level: CompatibilityLevel | null };

const LEVEL_DEFAULT: CompatibilityLevel = 'BACKWARD';

/** A registry of our own: subjects with their versions, and what new versions must be compatible with. */
export class RegistryStore implements SchemaRegistry {
  readonly #byId = new Map<number, RegisteredSchema>();
  readonly #ids = new Map<string, number>();
  readonly #subjects = new Map<string, SubjectVersion[]>();
  readonly #levels = new Map<string | null, CompatibilityLevel>();
  readonly #onChange: (change: RegistryChange) => void;
  #nextId = 1;

  constructor({ onChange = () => {} }: { readonly onChange?: (change: RegistryChange) => void } = {}) {
    this.#onChange = onChange;
  }

  /** @throws MillraceError `INVALID_SCHEMA`, `INCOMPATIBLE_SCHEMA` */
  register(subject: string, schema: SchemaText): number {
    const known = this.find(subject, schema);
    if (known !== undefined) return known.id;
    const problems = this.problems(subject, schema);
    if (problems.length > 0) {
      const reasons = problems.join('; ');
      const level = this.level(subject);
      throw new MillraceError(
        'INCOMPATIBLE_SCHEMA',
        `Schema being registered is incompatible with an earlier schema for subject "${subject}" (${level}): ${reasons}`,
      );
    }
    const id = this.#ids.get(identityOf(schema)) ?? this.#freeId();
    const version = (this.#subjects.get(subject)?.at(-1)?.version ?? 0) + 1;
    this.#change({ kind: 'registered', version: { ...schema, id, subject, version } });
    return id;
  }

  schemaById(id: number): RegisteredSchema | undefined {
    return this.#byId.get(id);
  }

  latest(subject: string): SubjectVersion | undefined {
    return this.#subjects.get(subject)?.at(-1);
  }

  version(subject: string, version: number): SubjectVersion | undefined {
    return this.versions(subject).find((each) => each.version === version);
  }

  /** Those that are not deleted, oldest first. */
  versions(subject: string): readonly SubjectVersion[] {
    return this.#subjects.get(subject) ?? [];
  }

  subjects(): readonly string[] {
    return [...this.#subjects].filter(([, versions]) => versions.length > 0).map(([subject]) => subject);
  }

  /** The version of a subject that this schema is. */
  find(subject: string, schema: SchemaText): SubjectVersion | undefined {
    const identity = identityOf(schema);
    return this.versions(subject).find((each) => identityOf(each) === identity);
  }

  /** What stands against a schema as the next version. @throws MillraceError `INVALID_SCHEMA` */
  problems(
    subject: string,
    schema: SchemaText,
    before: readonly SubjectVersion[] = this.versions(subject),
  ): readonly string[] {
    const next = this.#resolved(schema);
    requireSchema(next);
    return compatibilityProblems(
      next,
      before.map((each) => this.#resolved(each)),
      this.level(subject),
    );
  }

  /** Of a subject, or of those without one. */
  level(subject: string | null): CompatibilityLevel {
    return this.#levels.get(subject) ?? this.#levels.get(null) ?? LEVEL_DEFAULT;
  }

  ownLevel(subject: string): CompatibilityLevel | undefined {
    return this.#levels.get(subject);
  }

  setLevel(subject: string | null, level: CompatibilityLevel | null): void {
    this.#change({ kind: 'level', subject, level });
  }

  /** The id stays: records with it must be readable. */
  deleteVersion(subject: string, version: number): void {
    const found = this.version(subject, version);
    if (found !== undefined) this.#change({ kind: 'deleted', version: found });
  }

  /** Makes a change that was told before, without telling it again. */
  apply(change: RegistryChange): void {
    switch (change.kind) {
      case 'registered':
      case 'deleted': {
        const { subject, version, ...schema } = change.version;
        this.#byId.set(schema.id, schema);
        this.#ids.set(identityOf(schema), schema.id);
        this.#nextId = Math.max(this.#nextId, schema.id + 1);
        const others = this.versions(subject).filter((each) => each.version !== version);
        this.#subjects.set(subject, change.kind === 'deleted' ? others : [...others, change.version]);
        break;
      }
      case 'level':
        if (change.level === null) this.#levels.delete(change.subject);
        else this.#levels.set(change.subject, change.level);
        break;
    }
  }

  #change(change: RegistryChange): void {
    this.apply(change);
    this.#onChange(change);
  }

  #resolved(schema: SchemaText): ResolvedSchema {
    return { ...schema, resolved: resolvedReferences(schema, this) };
  }

  #freeId(): number {
    while (this.#byId.has(this.#nextId)) this.#nextId++;
    return this.#nextId;
  }
}

/** Two texts of JSON that differ in their spaces are one schema. */
function identityOf({ kind, text, references }: SchemaText): string {
  return JSON.stringify([kind, kind === 'PROTOBUF' ? text.trim() : compactJson(text), references]);
}

function compactJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    // The name of a type may stand by itself.
    return text.trim();
  }
}

/** @throws MillraceError `INVALID_SCHEMA` */
function requireSchema({ kind, text, resolved }: ResolvedSchema): void {
  try {
    if (kind === 'AVRO') parseAvroSchema(text, resolved);
    else if (kind === 'PROTOBUF') parseProto(text, resolved);
    else JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MillraceError('INVALID_SCHEMA', `The given schema is no ${kind} schema: ${reason}`, { cause });
  }
}
