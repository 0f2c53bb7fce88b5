import type { DataSource } from '../catalog/data-source.ts';
import { schemaOfColumns } from '../formats/schema-of-columns.ts';
import { type SchemaRegistry, subjectOf } from '../formats/schema-registry/schema-registry.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import { SCHEMA_ID } from './format-info.ts';

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
    const named = format.properties[SCHEMA_ID];
    if (named !== undefined) {
      registerNamed(Number(named), subject, registry);
      continue;
    }
    const features = new Set(format.features);
    const text = schemaOfColumns(format.format, columns, { features, properties: format.properties });
    if (text !== null && (isSink || registry.latest(subject) === undefined)) registry.register(subject, text);
  }
}

/** A schema that the statement names belongs to the topic, too, under its own id. */
function registerNamed(id: number, subject: string, registry: SchemaRegistry): void {
  const schema = registry.schemaById(id);
  if (schema === undefined || registry.latest(subject)?.id === id) return;
  const registered = registry.register(subject, schema);
  if (registered === id) return;
  const property = subject.endsWith('-key') ? 'KEY_SCHEMA_ID' : 'VALUE_SCHEMA_ID';
  throw new KsqlException(
    `Schema id registered is ${registered} which is different from provided ${property} ${id}.\nSubject: ${subject}`,
  );
}
