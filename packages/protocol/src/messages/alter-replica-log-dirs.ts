/**
 * AlterReplicaLogDirs (34): moves replicas between the log directories of a broker (KIP-113).
 *
 * - v2: flexible
 *
 * Left out: version 0, removed in Kafka 4.0.
 */
import { type ApiDeclaration, api, int16, int32, list, string } from '../schema.ts';

export const alterReplicaLogDirs: ApiDeclaration = api({
  name: 'AlterReplicaLogDirs',
  key: 34,
  versions: '1-2',
  flexible: '2+',
  request: {
    dirs: list('0+', 'AlterReplicaLogDir', {
      path: string('0+'),
      topics: list('0+', 'AlterReplicaLogDirTopic', {
        name: string('0+'),
        partitions: list('0+', 'int32'),
      }),
    }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    results: list('0+', 'AlterReplicaLogDirTopicResult', {
      topicName: string('0+'),
      partitions: list('0+', 'AlterReplicaLogDirPartitionResult', {
        partitionIndex: int32('0+'),
        errorCode: int16('0+'),
      }),
    }),
  },
});
