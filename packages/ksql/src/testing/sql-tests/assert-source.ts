import { analyzeCreateSource, prepareCreateSource } from '../../analysis/create-source.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { DataSource } from '../../catalog/data-source.ts';
import { KsqlException } from '../../lib/ksql-exception.ts';
import type { AssertSource, CreateSource } from '../../syntax/ast.ts';
import { printSchema } from '../../types/schema.ts';

/** Compares a source with what a CREATE of the same columns and properties would make. */
export function assertSource(statement: AssertSource, text: string, catalog: Catalog): void {
  const actual = catalog.sources.get(statement.name);
  if (actual === undefined) throw new KsqlException(`${statement.name} does not exist.`);
  const expected = described(statement, text, catalog);
  const aspects: readonly (readonly [string, (source: DataSource) => unknown])[] = [
    ['schema', (source) => printSchema(source.schema)],
    ['type', (source) => source.kind],
    ['kafka topic', (source) => source.topic],
    ['key format', (source) => source.keyFormat.format],
    ['key format properties', (source) => source.keyFormat.properties],
    ['value format', (source) => source.valueFormat.format],
    ['value format properties', (source) => source.valueFormat.properties],
    ['value serde features', (source) => source.valueFormat.features],
    ['timestamp column', (source) => source.timestampColumn?.column ?? null],
    ['timestamp format', (source) => source.timestampColumn?.format ?? null],
  ];
  for (const [name, of] of aspects) {
    const [wanted, got] = [JSON.stringify(of(expected)), JSON.stringify(of(actual))];
    if (wanted === got) continue;
    throw new KsqlException(
      `Expected ${name} does not match actual for source ${statement.name}. Expected: ${wanted}, Actual: ${got}`,
    );
  }
}

function described(statement: AssertSource, text: string, catalog: Catalog): DataSource {
  const { name, sourceKind, elements, properties, location } = statement;
  const create: CreateSource = {
    kind: 'create-source',
    name,
    sourceKind,
    elements,
    properties,
    readOnly: false,
    orReplace: false,
    ifNotExists: false,
    location,
  };
  const context = { config: {}, customTypes: catalog.customTypes, statementText: text };
  return analyzeCreateSource(create, prepareCreateSource(create, catalog.customTypes), context).source;
}
