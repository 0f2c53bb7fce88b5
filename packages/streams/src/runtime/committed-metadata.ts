import { readInt64, writeInt64 } from '../lib/int64.ts';

// What Kafka Streams keeps beside a committed offset: base64 of a version byte, the partition's time, and from version
// 2 on the processors' metadata, of which we write an empty map (its size, 0).

const VERSION = 2;
const SIZE = 1 + 8 + 4;

/** `partitionTimeMs` is the highest record time that was processed of the partition, -1 for none. */
export function encodePartitionTime(partitionTimeMs: number): string {
  const bytes = new Uint8Array(SIZE);
  bytes[0] = VERSION;
  writeInt64(bytes, 1, partitionTimeMs);
  return Buffer.from(bytes.buffer).toString('base64');
}

/** -1 for metadata of others, or none. */
export function decodePartitionTime(metadata: string): number {
  const bytes = Buffer.from(metadata, 'base64');
  if (bytes.length < 9 || (bytes[0] !== 1 && bytes[0] !== VERSION)) return -1;
  return readInt64(bytes, 1);
}
