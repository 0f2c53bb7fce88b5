import type { Command } from '../command-line/command.ts';

export type CatalogueEntry = { readonly about: string; readonly load: () => Promise<Command> };

/** Every tool, by name. Each is loaded when it is called, and its client when it needs one. */
export const TOOLS: Readonly<Record<string, CatalogueEntry>> = {
  topics: {
    about: 'list, describe, create, change and delete topics',
    load: async () => (await import('./topics.ts')).command,
  },
  produce: {
    about: 'write records to a topic, one for each line of input',
    load: async () => (await import('./produce.ts')).command,
  },
  consume: {
    about: 'read records of topics, and print one on each line',
    load: async () => (await import('./consume.ts')).command,
  },
  groups: {
    about: 'list and describe consumer groups, delete them, set their offsets',
    load: async () => (await import('./groups.ts')).command,
  },
  'streams-reset': {
    about: 'have a Kafka Streams application begin anew',
    load: async () => (await import('./streams-reset.ts')).command,
  },
  offsets: {
    about: 'tell the offsets of partitions: first, next, or by time',
    load: async () => (await import('./offsets.ts')).command,
  },
  configs: {
    about: 'tell and change the configs of topics, brokers and groups',
    load: async () => (await import('./configs.ts')).command,
  },
  'delete-records': {
    about: 'delete the records of partitions below an offset',
    load: async () => (await import('./delete-records.ts')).command,
  },
  transactions: {
    about: 'list and describe transactions, find and end those that hang',
    load: async () => (await import('./transactions.ts')).command,
  },
  acls: { about: 'list, add and remove access rules', load: async () => (await import('./acls.ts')).command },
  users: {
    about: 'list users with SCRAM credentials, set and delete them',
    load: async () => (await import('./users.ts')).command,
  },
  quotas: {
    about: 'tell and change the quotas of users, client ids and addresses',
    load: async () => (await import('./quotas.ts')).command,
  },
  cluster: {
    about: 'tell the id of the cluster, its brokers and its controller',
    load: async () => (await import('./cluster.ts')).command,
  },
  'log-dirs': {
    about: 'tell the data folders of brokers, and what each partition takes there',
    load: async () => (await import('./log-dirs.ts')).command,
  },
  features: {
    about: 'tell the features of the cluster, and raise or lower their levels',
    load: async () => (await import('./features.ts')).command,
  },
  ksql: {
    about: 'run SQL on a ksqlDB server, and format it',
    load: async () => (await import('./ksql.ts')).command,
  },
  'ksql-migrations': {
    about: 'change what runs on a ksqlDB server by versioned files of SQL',
    load: async () => (await import('./ksql-migrations.ts')).command,
  },
  'ksql-datagen': {
    about: 'fill a topic with random rows, for trying out and for tests',
    load: async () => (await import('./ksql-datagen.ts')).command,
  },
  'ksql-test': {
    about: 'run tests of SQL: what goes in, what has to come out',
    load: async () => (await import('./ksql-test.ts')).command,
  },
};
