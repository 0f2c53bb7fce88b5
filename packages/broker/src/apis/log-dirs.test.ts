import { ErrorCode } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { Broker } from '../broker.ts';

test('a partition may be moved to the one folder where it lies already, and to no other', async () => {
  await using broker = await Broker.start({ port: -1, local: { codecCheck: true } });
  const app = await broker.connect();
  const topic = { name: 'events', numPartitions: 2, replicationFactor: 1, assignments: [], configs: [] };
  await app.send('CreateTopics', 5, { topics: [topic], timeoutMs: 1000, validateOnly: false });
  const { results: folders } = await app.send('DescribeLogDirs', 4, { topics: null });
  const here = folders[0]!.logDir;

  const topics = [{ name: 'events', partitions: [0, 1, 2] }];
  const { results } = await app.send('AlterReplicaLogDirs', 2, {
    dirs: [
      { path: here, topics },
      { path: '/elsewhere', topics },
    ],
  });
  const errorCodes = results.map(({ partitions }) => partitions.map(({ errorCode }) => errorCode));
  const { LOG_DIR_NOT_FOUND, REPLICA_NOT_AVAILABLE } = ErrorCode;
  expect(errorCodes).toEqual([
    [0, 0, REPLICA_NOT_AVAILABLE],
    [LOG_DIR_NOT_FOUND, LOG_DIR_NOT_FOUND, LOG_DIR_NOT_FOUND],
  ]);
});
