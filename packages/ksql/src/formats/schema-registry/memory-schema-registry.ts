import type { RegisteredSchema, SchemaRegistry, SchemaText, SubjectVersion } from './schema-registry.ts';

/** A registry in memory: for tests, the playground, and a server that was given none. Does not check compatibility. */
export class MemorySchemaRegistry implements SchemaRegistry {
  readonly #byId = new Map<number, RegisteredSchema>();
  readonly #bySubject = new Map<string, SubjectVersion[]>();
  #nextId = 1;

  register(subject: string, schema: SchemaText): number {
    const versions = this.#versions(subject);
    const known = versions.find((version) => isSame(version, schema));
    if (known !== undefined) return known.id;
    const id = [...this.#byId.values()].find((registered) => isSame(registered, schema))?.id ?? this.#freeId();
    this.#add(subject, { ...schema, id });
    return id;
  }

  /** Registers a schema under an id of the caller's choice. */
  registerWithId(subject: string, schema: SchemaText, id: number): void {
    this.#add(subject, { ...schema, id });
  }

  schemaById(id: number): RegisteredSchema | undefined {
    return this.#byId.get(id);
  }

  latest(subject: string): SubjectVersion | undefined {
    return this.#bySubject.get(subject)?.at(-1);
  }

  version(subject: string, version: number): SubjectVersion | undefined {
    return this.#bySubject.get(subject)?.[version - 1];
  }

  #versions(subject: string): SubjectVersion[] {
    let versions = this.#bySubject.get(subject);
    if (versions === undefined) {
      versions = [];
      this.#bySubject.set(subject, versions);
    }
    return versions;
  }

  #freeId(): number {
    while (this.#byId.has(this.#nextId)) this.#nextId++;
    return this.#nextId;
  }

  #add(subject: string, schema: RegisteredSchema): void {
    this.#byId.set(schema.id, schema);
    const versions = this.#versions(subject);
    versions.push({ ...schema, subject, version: versions.length + 1 });
  }
}

const isSame = (left: SchemaText, right: SchemaText): boolean =>
  left.kind === right.kind &&
  left.text === right.text &&
  JSON.stringify(left.references) === JSON.stringify(right.references);
