import { partitionForKey } from '@millrace/protocol';
import type { Serde } from '../serdes/serde.ts';
import { isWindowedSerde, type Windowed } from '../serdes/windowed.ts';
import type { ErasedPartitioner } from './node-specs.ts';

/**
 * All windows of a key go to the partition that the key alone has: readers look for them there. Undefined where keys have
 * no window. (Kafka Streams: WindowedStreamPartitioner.)
 */
export function windowedPartitioner(serde: Serde<unknown>): ErasedPartitioner | undefined {
  if (!isWindowedSerde(serde)) return undefined;
  return (topic, key, _value, partitionCount) => {
    if (key === null || key === undefined) return undefined;
    return partitionForKey(serde.withoutWindow.serialize((key as Windowed<unknown>).key, topic), partitionCount);
  };
}
