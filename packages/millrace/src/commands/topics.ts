import { MillraceError } from '@millrace/base';
import type { Admin, ConfigChange, TopicDescription } from '@millrace/client';
import { action, any, type Command, group, many, one } from '../command-line/command.ts';
import { choice, flag, pairs, repeated, text, wholeNumber } from '../command-line/option.ts';
import { lines, table } from '../command-line/table.ts';

const TOPIC_SOURCE = 1;

const list = action({
  about: 'list topics',
  details: 'Internal topics, such as __consumer_offsets, are left out unless asked for.',
  options: { internal: flag('internal topics, too') },
  examples: [{ about: 'the names of all topics', line: 'millrace topics list' }],
  json: '[{ name: string, topicId: string, isInternal: boolean, partitionCount: number, replicationFactor: number }]',
  async run({ options, admin }) {
    const topics = await (await admin()).listTopics();
    return topics
      .filter(({ isInternal }) => options.internal || !isInternal)
      .sort((left, right) => (left.name < right.name ? -1 : 1))
      .map(({ name, topicId, isInternal, partitions }) => {
        const replicationFactor = partitions[0]?.replicas.length ?? 0;
        return { name, topicId, isInternal, partitionCount: partitions.length, replicationFactor };
      });
  },
  print: (topics) => lines(topics.map(({ name }) => name)),
});

const describe = action({
  about: 'describe topics: their partitions, and the configs that were set for them',
  args: { topics: any('TOPIC', 'the topics; all that are not internal without any') },
  options: {
    only: choice(
      ['under-replicated', 'unavailable'],
      'only partitions that lack in-sync replicas, or that have no leader',
    ),
  },
  examples: [
    { about: 'one topic', line: 'millrace topics describe orders' },
    { about: 'partitions that nobody leads, of all topics', line: 'millrace topics describe --only unavailable' },
  ],
  json:
    '[{ name: string, topicId: string, isInternal: boolean, configs: { [name]: string }, ' +
    'partitions: [{ partition, leader, leaderEpoch, replicas: number[], inSyncReplicas: number[] }] }]',
  async run({ args, options, ...call }) {
    const admin = await call.admin();
    const topics = args.topics.length > 0 ? await admin.describeTopics(args.topics) : await userTopics(admin);
    const described = await Promise.all(topics.map((topic) => withConfigs(admin, topic)));
    return described
      .map((topic) => ({ ...topic, partitions: topic.partitions.filter((each) => isWanted(each, options.only)) }))
      .filter(({ partitions }) => options.only === undefined || partitions.length > 0);
  },
  print: (topics) => topics.map(printTopic).join('\n'),
});

type Described = Awaited<ReturnType<typeof withConfigs>>;

async function userTopics(admin: Admin): Promise<readonly TopicDescription[]> {
  return (await admin.listTopics()).filter(({ isInternal }) => !isInternal);
}

async function withConfigs(admin: Admin, topic: TopicDescription) {
  const configs = await admin.describeConfigs({ type: 'topic', name: topic.name });
  const own = configs.filter(({ source }) => source === TOPIC_SOURCE);
  return {
    name: topic.name,
    topicId: topic.topicId,
    isInternal: topic.isInternal,
    configs: Object.fromEntries(own.map(({ name, value }) => [name, value ?? ''])),
    partitions: topic.partitions,
  };
}

function isWanted(
  { leader, replicas, inSyncReplicas }: TopicDescription['partitions'][number],
  only: 'under-replicated' | 'unavailable' | undefined,
): boolean {
  if (only === 'unavailable') return leader < 0;
  if (only === 'under-replicated') return inSyncReplicas.length < replicas.length;
  return true;
}

function printTopic({ name, topicId, configs, partitions }: Described): string {
  const settings = Object.entries(configs).map(([key, value]) => `${key}=${value}`);
  const rows = partitions.map(({ partition, leader, replicas, inSyncReplicas }) => [
    partition,
    leader < 0 ? 'none' : leader,
    replicas.join(','),
    inSyncReplicas.join(','),
  ]);
  const head = `${name}  id ${topicId}  partitions ${partitions.length}  configs ${settings.join(',') || '-'}\n`;
  return head + table(['PARTITION', 'LEADER', 'REPLICAS', 'IN-SYNC'], rows);
}

const create = action({
  about: 'create topics',
  args: { topics: many('TOPIC', 'their names') },
  options: {
    partitions: wholeNumber('COUNT', "how many partitions each gets; without it the broker's num.partitions", {
      min: 1,
    }),
    replicationFactor: wholeNumber('COUNT', "replicas of each partition; without it the broker's default", { min: 1 }),
    set: pairs('a config of the topics, such as retention.ms=86400000'),
    ifNotExists: flag('topics that exist already are fine'),
    dryRun: flag('checks, and creates nothing'),
  },
  examples: [
    { about: 'a topic of three partitions', line: 'millrace topics create orders --partitions 3' },
    {
      about: 'a compacted topic',
      line: 'millrace topics create customers --set cleanup.policy=compact --if-not-exists',
    },
  ],
  json: '{ created: string[], isDryRun: boolean }',
  async run({ args, options, admin }) {
    const topics = args.topics.map((name) => ({
      name,
      ...(options.partitions === undefined ? {} : { partitionCount: options.partitions }),
      ...(options.replicationFactor === undefined ? {} : { replicationFactor: options.replicationFactor }),
      configs: options.set,
    }));
    await (await admin()).createTopics(topics, { ignoreExisting: options.ifNotExists, validateOnly: options.dryRun });
    return { created: args.topics, isDryRun: options.dryRun };
  },
  print: ({ created, isDryRun }) => lines(created.map((name) => `${isDryRun ? 'Would create' : 'Created'} ${name}`)),
});

const alter = action({
  about: 'add partitions to a topic, and change its configs',
  args: { topic: one('TOPIC', 'its name') },
  options: {
    partitions: wholeNumber('COUNT', 'how many partitions it is to have in all; never fewer than now', { min: 1 }),
    set: pairs('sets a config'),
    unset: repeated(text('KEY', 'takes a config back to its default')),
    dryRun: flag('checks, and changes nothing'),
  },
  examples: [
    { about: 'more partitions', line: 'millrace topics alter orders --partitions 6' },
    {
      about: 'other configs',
      line: 'millrace topics alter orders --set retention.ms=3600000 --unset cleanup.policy',
    },
  ],
  json: '{ topic: string, partitionCount: number | null, set: { [name]: string }, unset: string[], isDryRun: boolean }',
  async run({ args, options, ...call }) {
    const { partitions, set, unset, dryRun } = options;
    const changes: ConfigChange[] = [
      ...Object.entries(set).map(([name, value]) => ({ name, operation: 'set', value }) as const),
      ...unset.map((name) => ({ name, operation: 'delete' }) as const),
    ];
    if (partitions === undefined && changes.length === 0) {
      throw new MillraceError('USAGE', 'nothing to change: give --partitions, --set or --unset');
    }
    const admin = await call.admin();
    const how = { validateOnly: dryRun };
    if (changes.length > 0) await admin.incrementalAlterConfigs({ type: 'topic', name: args.topic }, changes, how);
    if (partitions !== undefined) await admin.createPartitions(args.topic, partitions, how);
    return { topic: args.topic, partitionCount: partitions ?? null, set, unset, isDryRun: dryRun };
  },
  print: ({ topic, isDryRun }) => `${isDryRun ? 'Would change' : 'Changed'} ${topic}\n`,
});

const remove = action({
  about: 'delete topics with all their records',
  args: { topics: many('TOPIC', 'their names') },
  options: { ifExists: flag('topics that do not exist are fine') },
  examples: [{ about: 'two topics', line: 'millrace topics delete orders customers' }],
  json: '{ deleted: string[] }',
  async run({ args, options, ...call }) {
    const admin = await call.admin();
    const there = options.ifExists ? new Set((await admin.listTopics()).map(({ name }) => name)) : undefined;
    const deleted = args.topics.filter((name) => there?.has(name) ?? true);
    if (deleted.length > 0) await admin.deleteTopics(deleted);
    return { deleted };
  },
  print: ({ deleted }) => lines(deleted.map((name) => `Deleted ${name}`)),
});

export const command: Command = group({ list, describe, create, alter, delete: remove });
