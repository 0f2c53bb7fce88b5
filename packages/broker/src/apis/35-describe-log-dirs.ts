/**
 * DescribeLogDirs, versions 1–5. 2: flexible. 3: top-level error. 4: volume sizes (KIP-827). 5: cordoned folders, of
 * which there are none.
 */
import { DescribeLogDirsResponseDescribeLogDirsResultDefaults } from '@millrace/protocol';
import { type BrokerApi, defineApi, type Services } from './api.ts';

export const describeLogDirs: BrokerApi = defineApi({
  name: 'DescribeLogDirs',
  handle(services, request) {
    const { totalBytes, usableBytes } = services.logs.volume();
    const wanted = request.topics ?? everyTopic(services);
    const topics = wanted.filter(({ topic }) => services.cluster.topic(topic) !== undefined);
    const result = {
      ...DescribeLogDirsResponseDescribeLogDirsResultDefaults,
      errorCode: 0,
      logDir: services.logs.folder,
      topics: topics.map(({ topic, partitions }) => ({
        name: topic,
        partitions: partitions.flatMap((partitionIndex) => {
          if (services.cluster.find(topic, partitionIndex) === null) return [];
          const partitionSize = services.logs.find(topic, partitionIndex)?.sizeBytes ?? 0;
          return [{ partitionIndex, partitionSize, offsetLag: 0, isFutureKey: false }];
        }),
      })),
      totalBytes,
      usableBytes,
    };
    return { throttleTimeMs: 0, errorCode: 0, results: [result] };
  },
});

function everyTopic({ cluster }: Services) {
  return [...cluster.image.topics.values()].map(({ name, partitionCount }) => ({
    topic: name,
    partitions: Array.from({ length: partitionCount }, (_, index) => index),
  }));
}
