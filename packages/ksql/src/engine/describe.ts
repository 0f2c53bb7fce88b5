import { unreachable } from '@millrace/base';
import { type Catalog, caseHint, sourcesMadeFrom } from '../catalog/catalog.ts';
import type { DataSource } from '../catalog/data-source.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { Describe } from '../syntax/ast.ts';
import type { LogicalSchema } from '../types/schema.ts';
import { printType, quoteNone } from '../types/sql-type.ts';
import { describeFunction } from './describe-function.ts';
import type { FieldInfo, FunctionDescription, HostStat, SourceDescription, SourceDescriptions } from './results.ts';
import { persistentQueryInfos, type ShowContext, sourceInfo } from './show.ts';
import { formatStats } from './statistics/format-stats.ts';

type Context = Pick<
  ShowContext,
  'state' | 'queryState' | 'queryErrors' | 'topics' | 'signal' | 'functions' | 'queryOffsets' | 'topicStats' | 'own'
>;

/** DESCRIBE. @throws KsqlException for a name that is none */
export async function describe(
  { subject, name, extended }: Describe,
  statementText: string,
  context: Context,
): Promise<SourceDescription | SourceDescriptions | FunctionDescription> {
  switch (subject) {
    case 'SOURCE': {
      const { catalog } = context.state;
      const source = catalog.sources.get(name!);
      if (source === undefined) throw unknownSource(catalog, name!);
      const [described] = await describeAll([source], { statementText, extended }, context);
      return described!;
    }
    case 'STREAMS':
      return describeSources('STREAM', { statementText, extended }, context);
    case 'TABLES':
      return describeSources('TABLE', { statementText, extended }, context);
    case 'FUNCTION':
      return describeFunction(name!, statementText, context.functions);
    case 'CONNECTOR':
      throw new KsqlException('A connector is described by Kafka Connect.');
    default:
      return unreachable(subject);
  }
}

type Wish = { readonly statementText: string; readonly extended: boolean };

/** All streams, or all tables, each described. */
export async function describeSources(
  kind: DataSource['kind'],
  wish: Wish,
  context: Context,
): Promise<SourceDescriptions> {
  const all = [...context.state.catalog.sources.values()].filter((source) => source.kind === kind);
  const sources = await describeAll(all, wish, context);
  return { kind: 'source_descriptions', statementText: wish.statementText, sources };
}

async function describeAll(
  sources: readonly DataSource[],
  wish: Wish,
  context: Context,
): Promise<readonly SourceDescription[]> {
  const stats = wish.extended ? await context.topicStats(sources.map(({ topic }) => topic)) : NO_STATS;
  return Promise.all(
    sources.map(async (source) => {
      const { stats: ofAll, errorStats } = stats.get(source.topic) ?? { stats: [], errorStats: [] };
      return {
        ...(await describeSource(source, wish, context)),
        statistics: formatStats(ownStats(ofAll, context), 'last-message'),
        errorStats: formatStats(ownStats(errorStats, context), 'last-failed'),
        clusterStatistics: ofAll,
        clusterErrorStats: errorStats,
      };
    }),
  );
}

const NO_STATS: Awaited<ReturnType<Context['topicStats']>> = new Map();

function ownStats(stats: readonly HostStat[], { own }: Context): readonly HostStat[] {
  return stats.filter(({ host }) => host === own);
}

type WithoutStatistics = Omit<
  SourceDescription,
  'statistics' | 'errorStats' | 'clusterStatistics' | 'clusterErrorStats'
>;

async function describeSource(
  source: DataSource,
  { statementText, extended }: Wish,
  context: Context,
): Promise<WithoutStatistics> {
  const { catalog, queries } = context.state;
  const infos = persistentQueryInfos(context);
  const shape = await context.topics.describe(source.topic, { signal: context.signal });
  const writeQueries = infos.filter(({ id }) => queries.get(id)!.plan.sink === source.name);
  return {
    kind: 'sourceDescription',
    statementText,
    ...sourceInfo(source),
    type: source.kind,
    windowType: source.keyFormat.window?.type ?? null,
    fields: fieldInfos(source.schema),
    timestamp: source.timestampColumn?.column ?? '',
    readQueries: infos.filter(({ id }) => queries.get(id)!.plan.sources.includes(source.name)),
    writeQueries,
    statement: source.statementText,
    sourceConstraints: sourcesMadeFrom(catalog, source.name),
    extended,
    partitions: shape?.partitions ?? 0,
    replication: shape?.replicas ?? 0,
    queryOffsets: extended ? await Promise.all(writeQueries.map(({ id }) => context.queryOffsets(id))) : [],
  };
}

function unknownSource(catalog: Catalog, name: string): KsqlException {
  const hint = caseHint(catalog, name);
  return new KsqlException(`Could not find STREAM/TABLE '${name}' in the Metastore${hint}`);
}

export function fieldInfos(schema: LogicalSchema): readonly FieldInfo[] {
  return schema.columns.map(({ name, type, namespace, headerKey = null }) => ({
    name,
    type: printType(type, quoteNone),
    sqlType: type,
    namespace,
    headerKey,
  }));
}
