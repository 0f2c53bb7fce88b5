/**
 * AlterReplicaLogDirs, versions 1–2 (KIP-113). 2: flexible. There is one data folder: to move a partition there is done at
 * once, no other folder is found. A partition that is not here is answered as a replica that is not, as Kafka does.
 */
import { ErrorCode } from '@millrace/protocol';
import { type BrokerApi, defineApi } from './api.ts';

export const alterReplicaLogDirs: BrokerApi = defineApi({
  name: 'AlterReplicaLogDirs',
  handle({ cluster, logs }, { dirs }) {
    const errorCodeFor = (path: string, topic: string, partition: number): number => {
      if (path !== logs.folder) return ErrorCode.LOG_DIR_NOT_FOUND;
      return cluster.find(topic, partition) === null ? ErrorCode.REPLICA_NOT_AVAILABLE : 0;
    };
    const results = dirs.flatMap(({ path, topics }) =>
      topics.map(({ name, partitions }) => ({
        topicName: name,
        partitions: partitions.map((partitionIndex) => ({
          partitionIndex,
          errorCode: errorCodeFor(path, name, partitionIndex),
        })),
      })),
    );
    return { throttleTimeMs: 0, results };
  },
});
