import { durationMs } from '../analysis/duration.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { DataSource } from '../catalog/data-source.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { KsqlPlan } from '../steps/ksql-plan.ts';
import type { PlannableStatement } from '../steps/plan-statement.ts';
import type { CreateSource, Query, Statement } from '../syntax/ast.ts';
import { printStatement } from '../syntax/print-statement.ts';
import type { TopicShape, Topics } from './topics.ts';

type Limits = { readonly signal?: AbortSignal | undefined };

/** The topics of a statement's sources that exist, in the order of its FROM clause. */
export async function sourceTopics(
  statement: Statement,
  catalog: Catalog,
  topics: Topics,
  limits: Limits,
): Promise<ReadonlyMap<string, TopicShape>> {
  const query = queryOf(statement);
  const relation = query === null ? [] : [query.from.first, ...query.from.joins.map(({ right }) => right)];
  const names = relation.flatMap(({ source }) => catalog.sources.get(source)?.topic ?? []);
  const shapes = await Promise.all(names.map(async (name) => [name, await topics.describe(name, limits)] as const));
  return new Map(shapes.flatMap(([name, shape]) => (shape === null ? [] : [[name, shape] as const])));
}

function queryOf(statement: Statement): Query | null {
  if (statement.kind === 'query') return statement;
  return statement.kind === 'create-as' || statement.kind === 'insert-into' ? statement.query : null;
}

/**
 * Makes the topic that a plan needs, where it is not there. A sink's topic is shaped after that of the left-most source.
 * @throws KsqlException where CREATE names a topic that is not there and doesn't say how to make it
 */
export async function prepareTopic(
  {
    plan,
    statement,
    sources,
  }: {
    readonly plan: KsqlPlan;
    readonly statement: PlannableStatement;
    readonly sources: ReadonlyMap<string, TopicShape>;
  },
  topics: Topics,
  limits: Limits,
): Promise<void> {
  if (plan.topic === null || plan.ddl?.kind !== 'create-source') return;
  const { topic: name, partitions, replicas } = plan.topic;
  if (statement.kind === 'create-source' && partitions === null) {
    if ((await topics.describe(name, limits)) === null) throw missingTopic(name, statement);
    return;
  }
  const model = [...sources.values()][0] ?? null;
  const configs = topicConfigs(plan, plan.ddl.source, queryOf(statement));
  await topics.ensure({ name, partitions, replicas, configs }, model, limits);
}

/** Streams keep records for a time, tables the last of each key, windowed tables both. */
function topicConfigs({ topic }: KsqlPlan, source: DataSource, query: Query | null): Readonly<Record<string, string>> {
  const isWindowed = source.keyFormat.window !== null;
  const byKind = source.kind === 'STREAM' ? 'delete' : isWindowed ? 'compact,delete' : 'compact';
  const windowRetention = query?.window?.retention ?? null;
  const retentionMs = topic?.retentionMs ?? (windowRetention === null ? null : durationMs(windowRetention));
  return {
    'cleanup.policy': topic?.cleanupPolicy ?? byKind,
    ...(retentionMs === null ? {} : { 'retention.ms': String(retentionMs) }),
  };
}

function missingTopic(name: string, statement: CreateSource): KsqlException {
  const location = null;
  const example = {
    ...statement,
    properties: [
      ...statement.properties,
      { name: 'PARTITIONS', value: { kind: 'integer', value: 2, location } as const, location },
      { name: 'REPLICAS', value: { kind: 'integer', value: 1, location } as const, location },
    ],
  };
  return new KsqlException(
    `Topic '${name}' does not exist. If you want to create a new topic for the stream/table please re-run the ` +
      "statement providing the required 'PARTITIONS' configuration in the WITH clause (and optionally 'REPLICAS'). " +
      `For example: ${printStatement(example)}`,
  );
}
