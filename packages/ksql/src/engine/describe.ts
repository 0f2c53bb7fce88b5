import { type Catalog, caseHint, sourcesMadeFrom } from '../catalog/catalog.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { Describe } from '../syntax/ast.ts';
import type { LogicalSchema } from '../types/schema.ts';
import { printType, quoteNone } from '../types/sql-type.ts';
import type { FieldInfo, SourceDescription } from './results.ts';
import { persistentQueryInfos, type ShowContext, sourceInfo } from './show.ts';

/** DESCRIBE of a stream or table. @throws KsqlException for a name that is none */
export async function describeSource(
  statement: Describe,
  statementText: string,
  context: Pick<ShowContext, 'state' | 'queryState' | 'queryErrors' | 'topics' | 'signal'>,
): Promise<SourceDescription> {
  if (statement.subject !== 'SOURCE' || statement.name === null) {
    throw new KsqlException(`DESCRIBE ${statement.subject} is not supported yet.`);
  }
  const { catalog, queries } = context.state;
  const source = catalog.sources.get(statement.name);
  if (source === undefined) throw unknownSource(catalog, statement.name);
  const infos = persistentQueryInfos(context);
  const shape = statement.extended ? await context.topics.describe(source.topic, { signal: context.signal }) : null;
  return {
    kind: 'sourceDescription',
    statementText,
    ...sourceInfo(source),
    type: source.kind,
    windowType: source.keyFormat.window?.type ?? null,
    fields: fieldInfos(source.schema),
    timestamp: source.timestampColumn?.column ?? '',
    readQueries: infos.filter(({ id }) => queries.get(id)!.plan.sources.includes(source.name)),
    writeQueries: infos.filter(({ id }) => queries.get(id)!.plan.sink === source.name),
    statement: source.statementText,
    sourceConstraints: sourcesMadeFrom(catalog, source.name),
    partitions: shape?.partitions ?? 0,
    replication: shape?.replicas ?? 0,
  };
}

function unknownSource(catalog: Catalog, name: string): KsqlException {
  const hint = caseHint(catalog, name);
  return new KsqlException(`Could not find STREAM/TABLE '${name}' in the Metastore${hint}`);
}

export function fieldInfos(schema: LogicalSchema): readonly FieldInfo[] {
  return schema.columns.map(({ name, type, namespace }) => ({
    name,
    type: printType(type, quoteNone),
    sqlType: type,
    namespace,
  }));
}
