import { durationMs } from '../analysis/duration.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { DataSource } from '../catalog/data-source.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { KsqlPlan } from '../steps/ksql-plan.ts';
import type { PlannableStatement } from '../steps/plan-statement.ts';
import type { CreateSource, Query, Statement } from '../syntax/ast.ts';
import { createSourceText, numberLiteral } from './stored-statement.ts';
import type { TopicSettings, TopicShape, Topics } from './topics.ts';

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
 * Makes the topic that a plan needs, where it is not there, and tells how it is set. A sink's topic is shaped after that
 * of the left-most source and keeps its records as long. Null where the plan needs none.
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
): Promise<TopicSettings | null> {
  if (plan.topic === null || plan.ddl?.kind !== 'create-source') return null;
  const query = queryOf(statement);
  const cleanupPolicy = plan.topic.cleanupPolicy ?? cleanupPolicyOf(plan.ddl.source);
  const { topic: name, partitions, replicas, retentionMs } = plan.topic;
  if (statement.kind === 'create-source' && partitions === null) {
    if ((await topics.describe(name, limits)) === null) throw missingTopic(name, statement, plan.ddl.source);
    return { name, partitions, replicas, cleanupPolicy, retentionMs };
  }
  const [source, model] = [...sources][0] ?? [null, null];
  const inherited = query === null || source === null ? null : await topics.retentionMs(source, limits);
  const retention = query?.window?.retention ?? null;
  const settings: TopicSettings = {
    name,
    partitions: partitions ?? model?.partitions ?? null,
    replicas: replicas ?? model?.replicas ?? null,
    cleanupPolicy,
    retentionMs: longest(retentionMs ?? inherited, retention === null ? null : durationMs(retention)),
  };
  await topics.ensure({ name, partitions, replicas, configs: topicConfigs(settings) }, model, limits);
  return settings;
}

/** Streams keep records for a time, tables the last of each key, windowed tables both. */
function cleanupPolicyOf({ kind, keyFormat }: DataSource): string {
  if (kind === 'STREAM') return 'delete';
  return keyFormat.window === null ? 'compact' : 'compact,delete';
}

/** Where only the last record of a key is kept, none grows too old. */
function topicConfigs({ cleanupPolicy, retentionMs }: TopicSettings): Readonly<Record<string, string>> {
  const ages = cleanupPolicy !== 'compact' && retentionMs !== null;
  return { 'cleanup.policy': cleanupPolicy, ...(ages ? { 'retention.ms': String(retentionMs) } : {}) };
}

/** Of two times to keep records, the longer; a negative one is for ever. */
function longest(left: number | null, right: number | null): number | null {
  if (left === null || right === null) return left ?? right;
  return left < 0 || right < 0 ? -1 : Math.max(left, right);
}

function missingTopic(name: string, statement: CreateSource, source: DataSource): KsqlException {
  const example = createSourceText(statement, source, { PARTITIONS: numberLiteral(2) });
  return new KsqlException(
    `Topic '${name}' does not exist. If you want to create a new topic for the stream/table please re-run the ` +
      "statement providing the required 'PARTITIONS' configuration in the WITH clause (and optionally 'REPLICAS'). " +
      `For example: ${example}`,
  );
}
