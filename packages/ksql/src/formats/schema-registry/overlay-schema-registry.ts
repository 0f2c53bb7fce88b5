import { MemorySchemaRegistry } from './memory-schema-registry.ts';
import type { RegisteredSchema, SchemaRegistry, SchemaText, SubjectVersion } from './schema-registry.ts';

/** Far from the ids of any registry. */
const FIRST_ID = 2 ** 30;

/** A registry as it would be: reads what another one has, and keeps what is registered to itself. */
export class OverlaySchemaRegistry implements SchemaRegistry {
  readonly #below: SchemaRegistry;
  readonly #own = new MemorySchemaRegistry();
  #nextId = FIRST_ID;

  constructor(below: SchemaRegistry) {
    this.#below = below;
  }

  register(subject: string, schema: SchemaText): number {
    const latest = this.latest(subject);
    if (latest !== undefined && latest.kind === schema.kind && latest.text === schema.text) return latest.id;
    const id = this.#nextId++;
    this.#own.registerWithId(subject, schema, id);
    return id;
  }

  schemaById(id: number): RegisteredSchema | undefined {
    return this.#own.schemaById(id) ?? this.#below.schemaById(id);
  }

  latest(subject: string): SubjectVersion | undefined {
    return this.#own.latest(subject) ?? this.#below.latest(subject);
  }

  version(subject: string, version: number): SubjectVersion | undefined {
    return this.#below.version(subject, version) ?? this.#own.version(subject, version);
  }
}
