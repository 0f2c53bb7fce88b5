import type { Random } from '@millrace/base';
import { crc32c, RecordBatchBuilder } from '@millrace/protocol';

const RECORDS_MAX = 4;
const CRC_AT = 17;
const CRC_FROM = 21;
const NOW_MS = 1_800_000_000_000;

type Codec = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';

/** A record batch, or several: mostly right, else with bytes changed, and then often with a checksum that fits. */
export function randomRecords(random: Random, producerIds: readonly number[]): Uint8Array {
  const batch = Buffer.from(randomBatch(random, producerIds));
  const kind = random.int(10);
  if (kind < 5) return batch;
  if (kind === 5) return Buffer.concat([batch, randomBatch(random, producerIds)]);
  if (kind === 6) return batch.subarray(0, random.int(batch.byteLength));
  for (let changes = 1 + random.int(3); changes > 0; changes--) batch[random.int(batch.byteLength)] = random.int(256);
  if (kind > 7) batch.writeUInt32BE(crc32c(batch, CRC_FROM), CRC_AT);
  return batch;
}

function randomBatch(random: Random, producerIds: readonly number[]): Uint8Array {
  const builder = new RecordBatchBuilder();
  for (let count = random.int(RECORDS_MAX) + 1; count > 0; count--) {
    const key = random.int(3) === 0 ? null : Buffer.from(`key-${random.int(5)}`);
    const value = random.int(8) === 0 ? null : Buffer.alloc(random.int(200), 97 + random.int(26));
    builder.append(NOW_MS + random.int(1000), key, value);
  }
  const compression = (['none', 'none', 'none', 'gzip', 'snappy', 'lz4', 'zstd'] as const satisfies Codec[])[
    random.int(7)
  ]!;
  if (random.int(3) === 0) return builder.build({ compression });
  return builder.build({
    compression,
    producerId: producerIds[random.int(producerIds.length)]!,
    producerEpoch: random.int(3),
    baseSequence: random.int(6),
    isTransactional: random.int(2) === 0,
  });
}
