import type { Entity } from './ksql-client.ts';

type Row = readonly unknown[];

const COLUMN_WIDTH_MAX = 60;

/** Rows under headings, columns as wide as they need to be. */
export function renderTable(headings: readonly string[], rows: readonly Row[]): string {
  const texts = [headings, ...rows.map((row) => row.map(renderValue))];
  const widths = headings.map((_, column) => {
    return Math.min(COLUMN_WIDTH_MAX, Math.max(...texts.map((cells) => cells[column]?.length ?? 0)));
  });
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(' | ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('-+-');
  return `${[line(texts[0]!), rule, ...texts.slice(1).map(line)].join('\n')}\n`;
}

export function renderValue(value: unknown): string {
  if (value === null || value === undefined) return '<null>';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The lists that answers hold: under which field, and which of its fields are shown. */
const LISTS: Readonly<Record<string, { readonly field: string; readonly columns: readonly string[] }>> = {
  streams: { field: 'streams', columns: ['name', 'topic', 'keyFormat', 'valueFormat', 'isWindowed'] },
  tables: { field: 'tables', columns: ['name', 'topic', 'keyFormat', 'valueFormat', 'isWindowed'] },
  queries: { field: 'queries', columns: ['id', 'queryType', 'state', 'sinks', 'queryString'] },
  kafka_topics: { field: 'topics', columns: ['name', 'replicaInfo'] },
  kafka_topics_extended: {
    field: 'topics',
    columns: ['name', 'replicaInfo', 'consumerCount', 'consumerGroupCount'],
  },
  function_names: { field: 'functions', columns: ['name', 'type', 'category'] },
  properties: { field: 'properties', columns: ['name', 'scope', 'value'] },
  variables: { field: 'variables', columns: ['name', 'value'] },
};

/** One of the objects of `/ksql` as text for people. */
export function renderEntity(entity: Entity): string {
  const list = LISTS[entity['@type']];
  if (list !== undefined) {
    const items = entity[list.field] as readonly Readonly<Record<string, unknown>>[];
    return renderTable(
      list.columns,
      items.map((item) => list.columns.map((column) => item[column])),
    );
  }
  switch (entity['@type']) {
    case 'currentStatus':
      return `${(entity.commandStatus as { message: string }).message}\n`;
    case 'sourceDescription':
      return renderSource(entity.sourceDescription as SourceBody);
    case 'source_descriptions':
      return (entity.sourceDescriptions as readonly SourceBody[]).map(renderSource).join('\n');
    case 'queryDescription': {
      const { executionPlan, topology } = entity.queryDescription as { executionPlan: string; topology: string };
      return `${executionPlan}\n\n${topology}\n`;
    }
    case 'type_list': {
      const types = Object.entries(entity.types as Record<string, unknown>);
      return renderTable(
        ['name', 'schema'],
        types.map(([name, schema]) => [name, renderType(schema as TypeBody)]),
      );
    }
    case 'warning_entity':
      return `${String(entity.message)}\n`;
    default:
      return `${JSON.stringify(entity, null, 2)}\n`;
  }
}

type TypeBody = {
  readonly type: string;
  readonly fields: readonly { readonly name: string; readonly schema: TypeBody }[] | null;
  readonly memberSchema: TypeBody | null;
  readonly parameters?: Readonly<Record<string, number>>;
};

type SourceBody = {
  readonly name: string;
  readonly topic: string;
  readonly keyFormat: string;
  readonly valueFormat: string;
  readonly statement: string;
  readonly extended: boolean;
  readonly fields: readonly { readonly name: string; readonly type?: string; readonly schema: TypeBody }[];
};

function renderSource({ name, topic, keyFormat, valueFormat, statement, fields, extended }: SourceBody): string {
  const rows = fields.map((field) => [
    field.name,
    `${renderType(field.schema)}${field.type === undefined ? '' : ` (${field.type.toLowerCase()})`}`,
  ]);
  const head = `${name}: topic ${topic}, key format ${keyFormat}, value format ${valueFormat}\n`;
  return `${head}${renderTable(['field', 'type'], rows)}${extended ? `${statement}\n` : ''}`;
}

function renderType({ type, fields, memberSchema, parameters }: TypeBody): string {
  if (type === 'STRUCT') return `STRUCT<${(fields ?? []).map((f) => `${f.name} ${renderType(f.schema)}`).join(', ')}>`;
  if (type === 'ARRAY') return `ARRAY<${renderType(memberSchema!)}>`;
  if (type === 'MAP') return `MAP<STRING, ${renderType(memberSchema!)}>`;
  return parameters === undefined ? type : `${type}(${Object.values(parameters).join(', ')})`;
}
