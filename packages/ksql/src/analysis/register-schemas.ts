import type { DataSource } from '../catalog/data-source.ts';
import { schemaOfColumns } from '../formats/schema-of-columns.ts';
import { type SchemaRegistry, subjectOf } from '../formats/schema-registry/schema-registry.ts';

/**
 * Registers what a source's records are written with, under the subjects of its topic. Who declares a source of records
 * that are there leaves their schemas as they are; a query's sink has its own.
 */
export function registerSchemas(
  { topic, schema, keyFormat, valueFormat }: DataSource,
  { registry, isSink }: { readonly registry: SchemaRegistry; readonly isSink: boolean },
): void {
  const sides = [
    { format: keyFormat, columns: schema.key, subject: subjectOf(topic, true) },
    { format: valueFormat, columns: schema.value, subject: subjectOf(topic, false) },
  ];
  for (const { format, columns, subject } of sides) {
    const features = new Set(format.features);
    const text = schemaOfColumns(format.format, columns, { features, properties: format.properties });
    if (text !== null && (isSink || registry.latest(subject) === undefined)) registry.register(subject, text);
  }
}
