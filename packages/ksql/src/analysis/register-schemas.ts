import type { DataSource } from '../catalog/data-source.ts';
import { schemaOfColumns } from '../formats/schema-of-columns.ts';
import { type SchemaRegistry, subjectOf } from '../formats/schema-registry/schema-registry.ts';

/** Registers what a source's records are written with, under the subjects of its topic. */
export function registerSchemas(
  { topic, schema, keyFormat, valueFormat }: DataSource,
  registry: SchemaRegistry,
  isWanted: (subject: string) => boolean = () => true,
): void {
  const sides = [
    { format: keyFormat, columns: schema.key, subject: subjectOf(topic, true) },
    { format: valueFormat, columns: schema.value, subject: subjectOf(topic, false) },
  ];
  for (const { format, columns, subject } of sides) {
    const features = new Set(format.features);
    const text = schemaOfColumns(format.format, columns, { features, properties: format.properties });
    if (text !== null && isWanted(subject)) registry.register(subject, text);
  }
}
