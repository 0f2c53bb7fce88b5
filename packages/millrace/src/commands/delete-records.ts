import { readFileSync } from 'node:fs';
import { describeError, MillraceError } from '@millrace/base';
import type { DeleteBefore } from '@millrace/client';
import { action, any, type Command, single } from '../command-line/command.ts';
import { text } from '../command-line/option.ts';
import { table } from '../command-line/table.ts';

export const command: Command = single(
  action({
    about: 'delete the records of partitions below an offset',
    details: 'The records are gone for all readers at once, and cannot be brought back.',
    args: {
      partitions: any('TOPIC:PARTITION:OFFSET', 'the first offset that stays; end for none of what is there now'),
    },
    options: {
      fromFile: text('FILE', 'JSON as Kafka takes it: {"partitions":[{"topic":"t","partition":0,"offset":5}]}'),
    },
    examples: [
      { about: 'what comes before offset 1000', line: 'millrace delete-records orders:0:1000' },
      { about: 'all that is there', line: 'millrace delete-records orders:0:end orders:1:end' },
    ],
    json: '[{ topic: string, partition: number, lowWatermark: number }]',
    async run({ args, options, admin }) {
      const given = args.partitions.map(parseDelete);
      const wanted = options.fromFile === undefined ? given : [...given, ...readDeletes(options.fromFile)];
      if (wanted.length === 0)
        throw new MillraceError('USAGE', 'which records? Give TOPIC:PARTITION:OFFSET or --from-file');
      return await (await admin()).deleteRecords(wanted);
    },
    print: (deleted) =>
      table(
        ['TOPIC', 'PARTITION', 'LOW-WATERMARK'],
        deleted.map(({ topic, partition, lowWatermark }) => [topic, partition, lowWatermark]),
      ),
  }),
);

function parseDelete(given: string): DeleteBefore {
  const match = /^([^:]+):(\d+):(\d+|end)$/.exec(given);
  if (match === null) throw new MillraceError('USAGE', `'${given}' is not TOPIC:PARTITION:OFFSET`);
  return { topic: match[1]!, partition: Number(match[2]), offset: match[3] === 'end' ? -1 : Number(match[3]) };
}

function readDeletes(file: string): readonly DeleteBefore[] {
  try {
    const { partitions } = JSON.parse(readFileSync(file, 'utf8')) as { readonly partitions?: readonly unknown[] };
    if (!Array.isArray(partitions)) throw new Error('it holds no list "partitions"');
    return partitions.map(checkDelete);
  } catch (error) {
    throw new MillraceError('USAGE', `--from-file ${file}: ${describeError(error)}`);
  }
}

function checkDelete(given: unknown, index: number): DeleteBefore {
  const { topic, partition, offset } = given as Partial<DeleteBefore>;
  if (typeof topic === 'string' && Number.isInteger(partition) && Number.isInteger(offset)) {
    return { topic, partition: partition!, offset: offset! };
  }
  throw new Error(`partitions[${index}] must have topic, partition and offset`);
}
