import { MillraceError } from '@millrace/base';
import type { Admin } from '@millrace/client';
import { action, type Command, group, many } from '../command-line/command.ts';
import {
  parseWholeNumber,
  repeated,
  required,
  text,
  valueOption,
  wholeNumber,
  withDefault,
} from '../command-line/option.ts';
import { expandPartitions, parsePartitions } from '../command-line/partitions.ts';
import { table } from '../command-line/table.ts';
import { parseDuration } from '../command-line/times.ts';
import { findHanging } from './transactions/find-hanging.ts';

/** What a broker lets no transaction exceed, unless `transaction.max.timeout.ms` says otherwise. */
const MAX_TIMEOUT_MS_DEFAULT = 900_000;

const list = action({
  about: 'list transactions',
  options: {
    state: repeated(text('STATE', 'only in this state: Ongoing, PrepareCommit, CompleteAbort, …')),
    producerId: repeated(valueOption('ID', 'only of this producer', (given) => parseWholeNumber(given))),
    openFor: valueOption('DURATION', 'only those open for longer than 90s, 15m, PT1H', parseDuration),
    match: text('REGEX', 'only transactional ids that match (brokers from 4.1 on)'),
  },
  examples: [
    { about: 'all that brokers remember', line: 'millrace transactions list' },
    { about: 'those that take long', line: 'millrace transactions list --state Ongoing --open-for 5m' },
  ],
  json: '[{ transactionalId: string, producerId: number, state: string, coordinator: number }]',
  async run({ options, admin }) {
    return await (await admin()).listTransactions({
      states: options.state,
      producerIds: options.producerId,
      ...(options.openFor === undefined ? {} : { durationMs: options.openFor }),
      ...(options.match === undefined ? {} : { pattern: options.match }),
    });
  },
  print: (transactions) =>
    table(
      ['TRANSACTIONAL-ID', 'COORDINATOR', 'PRODUCER-ID', 'STATE'],
      transactions.map(({ transactionalId, coordinator, producerId, state }) => [
        transactionalId,
        coordinator,
        producerId,
        state,
      ]),
    ),
});

const describe = action({
  about: 'tell the state of transactions, and the partitions they wrote to',
  args: { ids: many('TRANSACTIONAL-ID', 'their ids') },
  examples: [{ about: 'one transaction', line: 'millrace transactions describe billing-1' }],
  json:
    '[{ transactionalId, state: string, producerId, producerEpoch, timeoutMs, startMs: number | null, coordinator, ' +
    'partitions: [{ topic, partition }] }]',
  run: async ({ args, admin }) => await (await admin()).describeTransactions(args.ids),
  print: (transactions) =>
    table(
      ['TRANSACTIONAL-ID', 'COORDINATOR', 'PRODUCER-ID', 'EPOCH', 'STATE', 'TIMEOUT-MS', 'STARTED', 'PARTITIONS'],
      transactions.map((each) => [
        each.transactionalId,
        each.coordinator,
        each.producerId,
        each.producerEpoch,
        each.state,
        each.timeoutMs,
        each.startMs === null ? null : new Date(each.startMs).toISOString(),
        each.partitions.map(({ topic, partition }) => `${topic}-${partition}`).join(','),
      ]),
    ),
});

const producers = action({
  about: 'list the producers that write to partitions, and where their open transactions begin',
  args: { topics: many('TOPIC[:PARTITION,…]', 'topics, or some of their partitions') },
  examples: [{ about: 'of one partition', line: 'millrace transactions producers orders:0' }],
  json:
    '[{ topic, partition, producers: [{ producerId, producerEpoch, lastSequence, lastTimestamp, ' +
    'coordinatorEpoch: number | null, transactionStartOffset: number | null }] }]',
  async run({ args, ...call }) {
    const admin = await call.admin();
    return await admin.describeProducers(await expandPartitions(admin, args.topics.map(parsePartitions)));
  },
  print: (partitions) =>
    table(
      ['TOPIC', 'PARTITION', 'PRODUCER-ID', 'EPOCH', 'LAST-SEQUENCE', 'LAST-WRITE', 'OPEN-SINCE-OFFSET'],
      partitions.flatMap(({ topic, partition, producers: active }) =>
        active.map((each) => [
          topic,
          partition,
          each.producerId,
          each.producerEpoch,
          each.lastSequence,
          new Date(each.lastTimestamp).toISOString(),
          each.transactionStartOffset,
        ]),
      ),
    ),
});

const abort = action({
  about: 'end a transaction in one partition, for one that nobody would end any more',
  details:
    'Writes an abort marker, whatever the coordinator of the transaction says. Use it for what find-hanging finds: a producer ' +
    'that is alive must not be cut off this way.',
  options: {
    partition: required(valueOption('TOPIC:PARTITION', 'the partition', onePartition)),
    startOffset: wholeNumber('OFFSET', 'where the transaction begins, as producers and find-hanging tell it'),
    producerId: wholeNumber('ID', 'instead of --start-offset, together with --producer-epoch'),
    producerEpoch: wholeNumber('EPOCH', 'with --producer-id'),
    coordinatorEpoch: withDefault(wholeNumber('EPOCH', 'with --producer-id'), 0),
  },
  examples: [
    { about: 'by where it begins', line: 'millrace transactions abort --partition orders:0 --start-offset 1042' },
  ],
  json: '{ topic: string, partition: number, producerId: number, producerEpoch: number, coordinatorEpoch: number }',
  async run({ options, ...call }) {
    const { startOffset, producerId, producerEpoch, coordinatorEpoch } = options;
    const admin = await call.admin();
    const known = producerId !== undefined && producerEpoch !== undefined;
    if (known === (startOffset !== undefined)) {
      throw new MillraceError('USAGE', 'give --start-offset, or --producer-id with --producer-epoch');
    }
    const identity = known
      ? { producerId, producerEpoch, coordinatorEpoch }
      : await producerAt(admin, options.partition, startOffset!);
    const transaction = { ...options.partition, ...identity };
    await admin.abortTransaction(transaction);
    return transaction;
  },
  print: ({ topic, partition, producerId }) =>
    `Aborted the transaction of producer ${producerId} in ${topic}-${partition}\n`,
});

function onePartition(given: string): { readonly topic: string; readonly partition: number } {
  const { topic, partitions } = parsePartitions(given);
  if (partitions?.length === 1) return { topic, partition: partitions[0]! };
  throw new MillraceError('USAGE', `'${given}' is not TOPIC:PARTITION`);
}

type PartitionAdmin = Pick<Admin, 'describeProducers'>;

async function producerAt(admin: PartitionAdmin, at: ReturnType<typeof onePartition>, startOffset: number) {
  const [described] = await admin.describeProducers([at]);
  const found = described?.producers.find(({ transactionStartOffset }) => transactionStartOffset === startOffset);
  if (found !== undefined) {
    const { producerId, producerEpoch, coordinatorEpoch } = found;
    return { producerId, producerEpoch, coordinatorEpoch: coordinatorEpoch ?? 0 };
  }
  throw new MillraceError(
    'TRANSACTION_NOT_FOUND',
    `no transaction of ${at.topic}-${at.partition} begins at offset ${startOffset}: see transactions producers`,
  );
}

const hanging = action({
  about: 'find transactions that hold readers back and that no coordinator will end',
  details:
    'Such a transaction has been open for longer than any may, and its coordinator does not know it, or knows another one of ' +
    'that producer. Readers of committed records wait for it: abort ends it.',
  options: {
    topic: repeated(text('TOPIC', 'only in this topic; all topics without any')),
    maxTimeout: withDefault(
      valueOption('DURATION', "the brokers' transaction.max.timeout.ms, or more", parseDuration),
      MAX_TIMEOUT_MS_DEFAULT,
      '15m',
    ),
  },
  examples: [{ about: 'anywhere', line: 'millrace transactions find-hanging' }],
  json: '[{ topic, partition, producerId, producerEpoch, coordinatorEpoch, startOffset, lastTimestamp }]',
  run: async ({ options, admin }) =>
    await findHanging({ admin, topics: options.topic, maxTimeoutMs: options.maxTimeout, nowMs: Date.now() }),
  print: (found) =>
    table(
      ['TOPIC', 'PARTITION', 'PRODUCER-ID', 'EPOCH', 'START-OFFSET', 'LAST-WRITE'],
      found.map((each) => [
        each.topic,
        each.partition,
        each.producerId,
        each.producerEpoch,
        each.startOffset,
        new Date(each.lastTimestamp).toISOString(),
      ]),
    ),
});

export const command: Command = group({ list, describe, producers, abort, 'find-hanging': hanging });
