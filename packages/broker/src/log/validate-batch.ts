import { MillraceError } from '@millrace/base';
import {
  BATCH_HEADER_BYTES,
  decompress,
  MAGIC_V2,
  type RecordBatchHeader,
  readBatchHeader,
  verifyCrc,
} from '@millrace/protocol';
import { BrokerError } from '../lib/broker-error.ts';
import type { LogConfig } from './log-config.ts';
import { recompress } from './recompress.ts';
import { skimRecords } from './record-skim.ts';

/**
 * A client may send neither transaction markers nor batches that pretend to be the broker's own; batches of a transaction
 * only when the transaction's coordinator knows of it.
 */
export type AppendOrigin = 'client' | 'transaction' | 'coordinator';

/** How large the records of one compressed batch may become, as a multiple of `max.message.bytes`. */
const DECOMPRESSED_RATIO_MAX = 64;
const DECOMPRESSED_BYTES_MIN = 16 * 1024 * 1024;

/** Where records are decompressed to be looked over: nothing of them is kept, so that each batch may overwrite the last. */
const SCRATCH_BYTES = 1024 * 1024;
let scratch: Buffer | null = null;

function scratchOf(bytes: number): Buffer {
  if (bytes > SCRATCH_BYTES) return Buffer.allocUnsafe(bytes);
  scratch ??= Buffer.allocUnsafeSlow(SCRATCH_BYTES);
  return scratch;
}

export type ValidationRules = {
  readonly config: LogConfig;
  readonly origin: AppendOrigin;
  readonly nowMs: number;
};

export type ValidBatch = {
  /** The batch as it is to be stored: the given bytes, or others in the codec of the topic. */
  readonly bytes: Uint8Array;
  readonly header: RecordBatchHeader;
  /** The greatest timestamp among the records, which the header should say and may not. */
  readonly maxTimestamp: number;
};

/**
 * Checks a batch as it arrived, before anything of it is stored.
 *
 * @throws BrokerError `CORRUPT_MESSAGE`, `INVALID_RECORD`, `MESSAGE_TOO_LARGE` (texts as Kafka's), `INVALID_TIMESTAMP`,
 *   `UNSUPPORTED_COMPRESSION_TYPE`, `UNSUPPORTED_FOR_MESSAGE_FORMAT`, `TRANSACTIONAL_ID_AUTHORIZATION_FAILED`.
 */
export function validateBatch(bytes: Uint8Array, rules: ValidationRules): ValidBatch {
  const header = readHeader(bytes);
  const { config } = rules;
  if (header.sizeInBytes > bytes.byteLength) throw new BrokerError('CORRUPT_MESSAGE', 'the record batch is cut off');
  if (header.sizeInBytes < bytes.byteLength) {
    throw new BrokerError('INVALID_RECORD', 'a produce request holds exactly one record batch for each partition');
  }
  if (header.sizeInBytes > config.maxMessageBytes) {
    throw new BrokerError(
      'MESSAGE_TOO_LARGE',
      `The record batch size is ${header.sizeInBytes} bytes which exceeds ` +
        `the maximum configured value of ${config.maxMessageBytes}.`,
    );
  }
  if (!verifyCrc(bytes)) throw new BrokerError('CORRUPT_MESSAGE', 'the checksum of the record batch does not match');
  if (rules.origin !== 'coordinator') checkClientHeader(header, rules.origin);
  const records = recordBytes(bytes, header, config.maxMessageBytes);
  const skim = skimRecords(records.bytes, records.start, header.recordCount, config.isCompacted && !header.isControl);
  const maxTimestamp =
    header.timestampType === 'logAppendTime'
      ? header.maxTimestamp
      : Math.max(-1, header.baseTimestamp + skim.timestampDeltaMax);
  if (config.timestampType === 'CreateTime' && rules.origin !== 'coordinator') {
    checkTimestamps(header.baseTimestamp, maxTimestamp, rules);
  }
  const { compression } = config;
  if (compression === null || compression === header.compression) return { bytes, header, maxTimestamp };
  const stored = recompress(bytes, records.bytes.subarray(records.start), compression);
  return { bytes: stored, header: readHeader(stored), maxTimestamp };
}

function readHeader(bytes: Uint8Array): RecordBatchHeader {
  try {
    return readBatchHeader(bytes, 0);
  } catch (error) {
    if (bytes.byteLength >= BATCH_HEADER_BYTES && bytes[16]! < MAGIC_V2) {
      throw new BrokerError('UNSUPPORTED_FOR_MESSAGE_FORMAT', 'record batches before magic 2 are not supported');
    }
    const code = error instanceof MillraceError ? error.code : '';
    throw new BrokerError(
      code === 'UNSUPPORTED_COMPRESSION_TYPE' ? 'UNSUPPORTED_COMPRESSION_TYPE' : 'CORRUPT_MESSAGE',
      error instanceof Error ? error.message : String(error),
    );
  }
}

function checkClientHeader(header: RecordBatchHeader, origin: AppendOrigin): void {
  if (header.isControl) {
    throw new BrokerError('INVALID_RECORD', 'Clients are not allowed to write control records.');
  }
  if (header.isTransactional && origin !== 'transaction') {
    throw new BrokerError('TRANSACTIONAL_ID_AUTHORIZATION_FAILED', 'a batch of a transaction came without its id');
  }
  if (header.timestampType === 'logAppendTime') {
    throw new BrokerError('INVALID_TIMESTAMP', 'a producer may not set the timestamp type to log append time');
  }
  if (header.recordCount !== header.lastOffsetDelta + 1 || header.recordCount === 0) {
    throw new BrokerError(
      'INVALID_RECORD',
      `the batch counts ${header.recordCount} records and ends at offset delta ${header.lastOffsetDelta}`,
    );
  }
  if (header.producerId >= 0 && (header.producerEpoch < 0 || header.baseSequence < 0)) {
    throw new BrokerError('INVALID_RECORD', 'a batch of an idempotent producer needs an epoch and a sequence number');
  }
}

function recordBytes(
  bytes: Uint8Array,
  header: RecordBatchHeader,
  maxMessageBytes: number,
): { readonly bytes: Uint8Array; readonly start: number } {
  if (header.compression === 'none') return { bytes, start: BATCH_HEADER_BYTES };
  const limit = Math.max(DECOMPRESSED_BYTES_MIN, maxMessageBytes * DECOMPRESSED_RATIO_MAX);
  try {
    return { bytes: decompress(header.compression, bytes.subarray(BATCH_HEADER_BYTES), limit, scratchOf), start: 0 };
  } catch (error) {
    const tooLarge = error instanceof MillraceError && error.code === 'DECOMPRESSED_TOO_LARGE';
    throw new BrokerError(
      tooLarge ? 'MESSAGE_TOO_LARGE' : 'CORRUPT_MESSAGE',
      `the records of the batch cannot be decompressed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function checkTimestamps(baseTimestamp: number, maxTimestamp: number, { config, nowMs }: ValidationRules): void {
  const earliest = nowMs - config.timestampBeforeMaxMs;
  const latest = nowMs + config.timestampAfterMaxMs;
  if (maxTimestamp > latest || (baseTimestamp >= 0 && baseTimestamp < earliest)) {
    const timestamp = maxTimestamp > latest ? maxTimestamp : baseTimestamp;
    throw new BrokerError(
      'INVALID_TIMESTAMP',
      `Timestamp ${timestamp} of message with offset 0 is out of range. The timestamp should be within [${earliest}, ${latest}]`,
    );
  }
}
