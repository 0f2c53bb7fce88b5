import { ByteReader, ByteWriter, sizedLength } from '../../lib/byte-cursors.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';

// What Kafka Streams keeps beside a committed offset: base64 of a version byte, the partition's time, and from version
// 2 on the processors' metadata, a map of names to numbers (TopicPartitionMetadata, ProcessorMetadata).

const VERSION = 2;
const HEAD_SIZE = 1 + 8;

export type CommittedMetadata = {
  /** The highest record time that was processed of the partition, -1 for none. */
  readonly partitionTimeMs: number;
  /** Times that the task's nodes must know after a restart, by name of store. */
  readonly processorMetadata: ReadonlyMap<string, number>;
};

const NOTHING: CommittedMetadata = { partitionTimeMs: -1, processorMetadata: new Map() };

export function encodeCommittedMetadata({ partitionTimeMs, processorMetadata }: CommittedMetadata): string {
  const entries = [...processorMetadata].map(([name, time]) => [encodeUtf8(name), time] as const);
  const size = entries.reduce((sum, [name]) => sum + sizedLength(name) + 8, HEAD_SIZE + 4);
  const writer = new ByteWriter(size);
  writer.int8(VERSION);
  writer.int64(partitionTimeMs);
  writer.int32(entries.length);
  for (const [name, time] of entries) {
    writer.sized(name);
    writer.int64(time);
  }
  return Buffer.from(writer.bytes).toString('base64');
}

/** Nothing is known from metadata of others, from what is cut off, or from none. */
export function decodeCommittedMetadata(metadata: string): CommittedMetadata {
  const bytes = Buffer.from(metadata, 'base64');
  const version = bytes[0];
  if (bytes.length < HEAD_SIZE || (version !== 1 && version !== VERSION)) return NOTHING;
  const reader = new ByteReader(bytes.subarray(1));
  const partitionTimeMs = reader.int64();
  if (version === 1) return { partitionTimeMs, processorMetadata: new Map() };
  const processorMetadata = readProcessors(reader, bytes.length);
  const decoded = { partitionTimeMs, processorMetadata };
  return encodeCommittedMetadata(decoded) === metadata ? decoded : NOTHING;
}

function readProcessors(reader: ByteReader, sizeMax: number): Map<string, number> {
  const processors = new Map<string, number>();
  for (let left = Math.min(reader.int32(), sizeMax); left > 0; left--) {
    const name = reader.sized();
    if (name === null) break;
    processors.set(decodeUtf8(name), reader.int64());
  }
  return processors;
}
