/**
 * DescribeLogDirs (35): tells log directories and the size of what lies in them (KIP-113).
 *
 * - v2: flexible
 * - v3: a top-level error
 * - v4: size of the volume and what is free (KIP-827)
 * - v5: cordoned directories (KIP-1066)
 *
 * Left out: version 0, removed in Kafka 4.0.
 */
import { type ApiDeclaration, api, bool, int16, int32, int64, list, string } from '../schema.ts';

export const describeLogDirs: ApiDeclaration = api({
  name: 'DescribeLogDirs',
  key: 35,
  versions: '1-5',
  flexible: '2+',
  request: {
    topics: list('0+', { nullable: '0+' }, 'DescribableLogDirTopic', {
      topic: string('0+'),
      partitions: list('0+', 'int32'),
    }),
  },
  response: {
    throttleTimeMs: int32('0+'),
    errorCode: int16('3+', { ignorable: true }),
    results: list('0+', 'DescribeLogDirsResult', {
      errorCode: int16('0+'),
      logDir: string('0+'),
      topics: list('0+', 'DescribeLogDirsTopic', {
        name: string('0+'),
        partitions: list('0+', 'DescribeLogDirsPartition', {
          partitionIndex: int32('0+'),
          partitionSize: int64('0+'),
          offsetLag: int64('0+'),
          isFutureKey: bool('0+'),
        }),
      }),
      totalBytes: int64('4+', { default: -1, ignorable: true }),
      usableBytes: int64('4+', { default: -1, ignorable: true }),
      isCordoned: bool('5+', { default: false, ignorable: true }),
    }),
  },
});
