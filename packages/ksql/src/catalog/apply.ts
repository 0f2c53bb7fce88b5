import { unreachable } from '@millrace/base';
import { KsqlException } from '../lib/ksql-exception.ts';
import { isSystemColumn, SchemaBuilder } from '../types/schema.ts';
import { printName, printType } from '../types/sql-type.ts';
import { type Catalog, type CatalogQuery, caseHint, sourcesMadeFrom } from './catalog.ts';
import type { DdlCommand } from './commands.ts';
import type { DataSource } from './data-source.ts';
import { checkReplacement } from './replacement.ts';

export type Applied = {
  readonly catalog: Catalog;
  /** For the user, as ksqlDB puts it. */
  readonly message: string;
  /** False where IF NOT EXISTS or IF EXISTS left everything as it was. */
  readonly changed: boolean;
};

/**
 * The catalog after a command.
 * @throws KsqlException where the command can't be applied to this catalog.
 */
export function applyDdl(catalog: Catalog, command: DdlCommand): Applied {
  switch (command.kind) {
    case 'create-source':
      return createSource(catalog, command);
    case 'drop-source':
      return dropSource(catalog, command);
    case 'alter-source':
      return alterSource(catalog, command);
    case 'create-type':
      return createType(catalog, command);
    case 'drop-type':
      return dropType(catalog, command);
    default:
      return unreachable(command);
  }
}

/** Enters a query that starts to run; one with the same id (replaced in place) makes room. */
export function addQuery(catalog: Catalog, query: CatalogQuery): Catalog {
  return { ...catalog, queries: new Map(catalog.queries).set(query.id, query) };
}

export function removeQuery(catalog: Catalog, id: string): Catalog {
  const queries = new Map(catalog.queries);
  queries.delete(id);
  return { ...catalog, queries };
}

/** `Stream` or `Table`, as messages begin with it. */
function kindTitle(kind: DataSource['kind']): string {
  return kind === 'STREAM' ? 'Stream' : 'Table';
}

type Command<Kind extends DdlCommand['kind']> = Extract<DdlCommand, { kind: Kind }>;

function createSource(catalog: Catalog, { source, orReplace, ifNotExists }: Command<'create-source'>): Applied {
  const existing = catalog.sources.get(source.name);
  const kind = source.kind.toLowerCase();
  if (existing !== undefined && !orReplace) {
    if (ifNotExists) {
      const there = `A ${existing.kind.toLowerCase()} with the same name already exists.`;
      const message = `Cannot add ${kind} ${printName(source.name)}: ${there}`;
      return { catalog, message, changed: false };
    }
    throw new KsqlException(
      `Cannot add ${kind} '${source.name}': A ${existing.kind.toLowerCase()} with the same name already exists`,
    );
  }
  if (orReplace && (source.readOnly || existing?.readOnly)) {
    throw new KsqlException(
      `Cannot add ${kind} '${source.name}': CREATE OR REPLACE is not supported on source ${kind}s.`,
    );
  }
  if (existing !== undefined) checkReplacement(existing, source);
  const sources = new Map(catalog.sources).set(source.name, source);
  const verb = existing === undefined ? 'created' : 'replaced';
  return { catalog: { ...catalog, sources }, message: `${kindTitle(source.kind)} ${verb}`, changed: true };
}

function dropSource(catalog: Catalog, command: Command<'drop-source'>): Applied {
  const { sourceKind, name, ifExists, deleteTopic } = command;
  const source = catalog.sources.get(name);
  if (source === undefined) {
    const message = `${kindTitle(sourceKind)} ${name} does not exist.`;
    if (ifExists) return { catalog, message: `Source ${printName(name)} does not exist.`, changed: false };
    throw new KsqlException(`${message}${caseHint(catalog, name)}`);
  }
  if (source.kind !== sourceKind) {
    const [is, given] = [source.kind, sourceKind];
    throw new KsqlException(`Incompatible data source type is ${is}, but statement was DROP ${given}`);
  }
  if (deleteTopic && source.readOnly) {
    throw new KsqlException(`Cannot delete topic for read-only source: ${name}`);
  }
  const readers = sourcesMadeFrom(catalog, name);
  if (readers.length > 0) {
    throw new KsqlException(
      `Cannot drop ${name}.\nThe following streams and/or tables read from this source: [${[...readers].sort().join(', ')}].` +
        `\nYou need to drop them before dropping ${name}.`,
    );
  }
  refuseWhileInUse(catalog, name);
  const sources = new Map(catalog.sources);
  sources.delete(name);
  const queries = new Map([...catalog.queries].filter(([, query]) => !belongsTo(query, name)));
  const message = `Source ${printName(name)} (topic: ${source.topic}) was dropped.`;
  return { catalog: { ...catalog, sources, queries }, message, changed: true };
}

/** The query that fills the source, or keeps a source table in a store, ends with it. */
function belongsTo({ sink, sources }: CatalogQuery, name: string): boolean {
  return sink === null ? sources.includes(name) : sink === name;
}

/** The query that made the source ends with it; others have to be terminated first. */
function refuseWhileInUse(catalog: Catalog, name: string): void {
  const others = [...catalog.queries.values()].filter((query) => !(query.createdSink && query.sink === name));
  const reading = others.filter((query) => query.sources.includes(name) && query.sink !== null).map(({ id }) => id);
  const writing = others.filter((query) => query.sink === name).map(({ id }) => id);
  if (reading.length + writing.length === 0) return;
  throw new KsqlException(
    `Cannot drop ${name}.\nThe following queries read from this source: [${reading.sort().join(', ')}].` +
      `\nThe following queries write into this source: [${writing.sort().join(', ')}].` +
      `\nYou need to terminate them before dropping ${name}.`,
  );
}

function alterSource(catalog: Catalog, { sourceKind, name, additions }: Command<'alter-source'>): Applied {
  const source = catalog.sources.get(name);
  if (source === undefined) throw new KsqlException(`Source ${name} does not exist.${caseHint(catalog, name)}`);
  if (source.kind !== sourceKind) {
    throw new KsqlException(`Incompatible data source type is ${source.kind}, but statement was ALTER ${sourceKind}`);
  }
  const kind = source.kind.toLowerCase();
  if (source.readOnly) {
    throw new KsqlException(`Cannot alter ${kind} '${name}': ALTER operations are not supported on source ${kind}s.`);
  }
  if (source.isQueryTarget) {
    throw new KsqlException(`ALTER command is not supported for CREATE ... AS statements.`);
  }
  const builder = new SchemaBuilder().keys(source.schema.key).values(source.schema.value);
  for (const column of additions) {
    if (source.schema.columns.some((each) => each.name === column.name)) {
      throw new KsqlException(
        `Cannot add column ${printName(column.name)} to schema. A column with the same name already exists.`,
      );
    }
    if (isSystemColumn(column.name)) {
      throw new KsqlException(`'${column.name}' is a reserved column name. You cannot use it as a name for a column.`);
    }
    builder.value(column.name, column.type);
  }
  for (const column of source.schema.headers) builder.header(column.name, column.type, column.headerKey);
  const sources = new Map(catalog.sources).set(name, { ...source, schema: builder.build() });
  return {
    catalog: { ...catalog, sources },
    message: `${kindTitle(source.kind)} altered successfully.`,
    changed: true,
  };
}

function createType(catalog: Catalog, { name, type, ifNotExists }: Command<'create-type'>): Applied {
  const existing = catalog.customTypes.get(name);
  if (existing !== undefined) {
    const message = `Cannot register custom type '${name}' since it is already registered with type: ${printType(existing)}`;
    if (ifNotExists)
      return { catalog, message: `${name} is already registered with type ${printType(existing)}`, changed: false };
    throw new KsqlException(message);
  }
  const customTypes = new Map(catalog.customTypes).set(name, type);
  const message = `Registered custom type with name '${name}' and SQL type ${printType(type)}`;
  return { catalog: { ...catalog, customTypes }, message, changed: true };
}

function dropType(catalog: Catalog, { name, ifExists }: Command<'drop-type'>): Applied {
  if (!catalog.customTypes.has(name)) {
    if (ifExists) return { catalog, message: `Type '${name}' does not exist`, changed: false };
    throw new KsqlException(`Type ${name} does not exist.`);
  }
  const customTypes = new Map(catalog.customTypes);
  customTypes.delete(name);
  return { catalog: { ...catalog, customTypes }, message: `Dropped type '${name}'`, changed: true };
}
