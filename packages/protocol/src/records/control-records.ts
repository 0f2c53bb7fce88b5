import { MillraceError } from '@millrace/base';
import { getInt16, getInt32, setInt16, setInt32 } from '../lib/big-endian.ts';
import { RecordBatchBuilder } from './record-batch-builder.ts';

// A transaction ends with a marker in each of its partitions: a control batch of one record, whose key holds a version
// and the kind, and whose value holds a version and the epoch of the coordinator that decided.

export type EndTransactionMarker = { readonly kind: 'commit' | 'abort'; readonly coordinatorEpoch: number };

/** A control record; kinds that this version does not know are kept as numbers, for readers pass over them. */
export type ControlRecord = EndTransactionMarker | { readonly kind: 'other'; readonly type: number };

const ABORT = 0;
const COMMIT = 1;
const VERSION = 0;
const KEY_BYTES = 4;
const VALUE_BYTES = 6;

export type MarkerBatchOptions = EndTransactionMarker & {
  readonly timestamp: number;
  readonly producerId: number;
  readonly producerEpoch: number;
};

/** The control batch that commits or aborts a producer's transaction in one partition. */
export function buildMarkerBatch(options: MarkerBatchOptions): Uint8Array {
  const key = new Uint8Array(KEY_BYTES);
  setInt16(key, 0, VERSION);
  setInt16(key, 2, options.kind === 'commit' ? COMMIT : ABORT);
  const value = new Uint8Array(VALUE_BYTES);
  setInt16(value, 0, VERSION);
  setInt32(value, 2, options.coordinatorEpoch);
  const builder = new RecordBatchBuilder(128);
  builder.append(options.timestamp, key, value);
  return builder.build({
    producerId: options.producerId,
    producerEpoch: options.producerEpoch,
    isTransactional: true,
    isControl: true,
  });
}

/**
 * @throws MillraceError `CORRUPT_MESSAGE` when the bytes are too short for their kind.
 */
export function decodeControlRecord(key: Uint8Array | null, value: Uint8Array | null): ControlRecord {
  if (key === null || key.length < KEY_BYTES) {
    throw new MillraceError('CORRUPT_MESSAGE', 'a control record has no kind: its key is too short');
  }
  const type = getInt16(key, 2);
  if (type !== ABORT && type !== COMMIT) return { kind: 'other', type };
  if (value === null || value.length < VALUE_BYTES) {
    throw new MillraceError('CORRUPT_MESSAGE', 'a transaction marker has no coordinator epoch: its value is too short');
  }
  return { kind: type === COMMIT ? 'commit' : 'abort', coordinatorEpoch: getInt32(value, 2) };
}
