import type { SchemaRegistry, SchemaText } from './schema-registry.ts';

/** The texts of all schemas that a schema refers to, those they refer to first. */
export function resolvedReferences(schema: SchemaText, registry: SchemaRegistry): readonly string[] {
  return schema.references.flatMap(({ subject, version }) => {
    const referred = registry.version(subject, version);
    return referred === undefined ? [] : [...resolvedReferences(referred, registry), referred.text];
  });
}

/** The texts of all schemas that a schema refers to, by the names that it has for them. */
export function namedReferences(schema: SchemaText, registry: SchemaRegistry): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  for (const { name, subject, version } of schema.references) {
    const referred = registry.version(subject, version);
    if (referred === undefined) continue;
    for (const [inner, text] of namedReferences(referred, registry)) named.set(inner, text);
    named.set(name, referred.text);
  }
  return named;
}
