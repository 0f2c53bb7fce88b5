import type { SchemaRegistry, SchemaText } from './schema-registry.ts';

/** The texts of all schemas that a schema refers to, those they refer to first. */
export function resolvedReferences(schema: SchemaText, registry: SchemaRegistry): readonly string[] {
  return schema.references.flatMap(({ subject, version }) => {
    const referred = registry.version(subject, version);
    return referred === undefined ? [] : [...resolvedReferences(referred, registry), referred.text];
  });
}
