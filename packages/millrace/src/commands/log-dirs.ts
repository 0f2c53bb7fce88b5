import { action, type Command, single } from '../command-line/command.ts';
import { parseWholeNumber, repeated, text, valueOption } from '../command-line/option.ts';
import { table } from '../command-line/table.ts';

export const command: Command = single(
  action({
    about: 'tell the data folders of brokers, and what each partition takes there',
    options: {
      topic: repeated(text('TOPIC', 'only this topic')),
      broker: repeated(valueOption('ID', 'only this broker', (given) => parseWholeNumber(given))),
    },
    examples: [
      { about: 'all of it', line: 'millrace log-dirs' },
      { about: 'one topic', line: 'millrace log-dirs --topic orders --json' },
    ],
    json:
      '[{ nodeId, path: string, error: string | null, totalBytes, usableBytes, ' +
      'partitions: [{ topic, partition, sizeBytes, offsetLag, isFuture: boolean }] }]',
    async run({ options, admin }) {
      const { topic: topics, broker: nodeIds } = options;
      return await (await admin()).describeLogDirs({
        ...(topics.length === 0 ? {} : { topics }),
        ...(nodeIds.length === 0 ? {} : { nodeIds }),
      });
    },
    print: (folders) =>
      folders
        .map(({ nodeId, path, error, totalBytes, usableBytes, partitions }) => {
          const room = totalBytes < 0 ? '' : `, ${usableBytes} of ${totalBytes} bytes free`;
          const rows = partitions.map(({ topic, partition, sizeBytes }) => [topic, partition, sizeBytes]);
          const head = `Broker ${nodeId} ${path}: ${error ?? 'in order'}${room}\n`;
          return head + table(['TOPIC', 'PARTITION', 'BYTES'], rows);
        })
        .join('\n'),
  }),
);
