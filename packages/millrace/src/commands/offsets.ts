import type { OffsetSpec } from '@millrace/client';
import { action, type Command, many, single } from '../command-line/command.ts';
import { choice, valueOption, withDefault } from '../command-line/option.ts';
import { expandPartitions, parsePartitions } from '../command-line/partitions.ts';
import { table } from '../command-line/table.ts';
import { parseTime } from '../command-line/times.ts';

const PLACES: Readonly<Record<string, OffsetSpec>> = {
  earliest: 'earliest',
  latest: 'latest',
  'max-timestamp': 'maxTimestamp',
  // What Kafka's tool takes for them.
  '-2': 'earliest',
  '-1': 'latest',
  '-3': 'maxTimestamp',
};

export const command: Command = single(
  action({
    about: 'tell the offsets of partitions: first, next, or by time',
    args: { topics: many('TOPIC[:PARTITION,…]', 'topics, or some of their partitions') },
    options: {
      time: withDefault(
        valueOption<OffsetSpec>(
          'TIME',
          'earliest, latest, max-timestamp, or the first record at or after 2026-01-31T10:00:00',
          (given) => PLACES[given] ?? { timestamp: parseTime(given) },
        ),
        'latest',
      ),
      isolation: withDefault(
        choice(
          ['read_uncommitted', 'read_committed'],
          'whether latest is the end, or where the first open transaction begins',
        ),
        'read_uncommitted',
      ),
    },
    examples: [
      { about: 'where the next records go', line: 'millrace offsets orders' },
      { about: 'since noon', line: 'millrace offsets orders:0 --time 2026-01-31T12:00:00' },
    ],
    json: '[{ topic: string, partition: number, offset: number | null, timestamp: number | null }]',
    async run({ args, options, ...call }) {
      const admin = await call.admin();
      const partitions = await expandPartitions(admin, args.topics.map(parsePartitions));
      const listed = await admin.listOffsets(partitions, options.time, { isolationLevel: options.isolation });
      return listed.map(({ topic, partition, offset, timestamp }) => ({
        topic,
        partition,
        offset: offset < 0 ? null : offset,
        timestamp: timestamp < 0 ? null : timestamp,
      }));
    },
    print: (offsets) =>
      table(
        ['TOPIC', 'PARTITION', 'OFFSET', 'TIMESTAMP'],
        offsets.map(({ topic, partition, offset, timestamp }) => [topic, partition, offset, timestamp]),
      ),
  }),
);
