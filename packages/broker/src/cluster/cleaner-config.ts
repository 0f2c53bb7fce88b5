import type { CleanerConfig } from '../log/compaction/cleaner.ts';
import type { BrokerConfig } from './broker-config.ts';

/** How compaction works, by the broker's configs as they are now. */
export function cleanerConfig(config: BrokerConfig): CleanerConfig {
  return {
    isEnabled: config.flag('log.cleaner.enable'),
    backoffMs: config.number('log.cleaner.backoff.ms'),
    memoryBytesMax: config.number('log.cleaner.dedupe.buffer.size'),
    bytesPerSecondMax: config.number('log.cleaner.io.max.bytes.per.second'),
  };
}
