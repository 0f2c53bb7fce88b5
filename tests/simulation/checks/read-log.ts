import type { Wire } from '@millrace/broker/testing';
import { committedOnly } from '@millrace/client';
import { decodeControlRecord, errorName, type RecordBatchHeader, RecordCursor } from '@millrace/protocol';
import { partitionsToFetch } from './fetch-partitions.ts';

const FETCH_VERSION = 12;

/** Sends a request; null when the connection ended instead of an answer. */
export type Asker = Pick<Wire, 'send'>;

/** A batch as it lies in a log: its header, the values of its records, and which end of a transaction it is. */
export type LoggedBatch = {
  readonly header: RecordBatchHeader;
  readonly values: readonly { readonly offset: number; readonly value: string }[];
  readonly marker: 'commit' | 'abort' | null;
};

export type PartitionContent = {
  readonly logStartOffset: number;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly batches: readonly LoggedBatch[];
  /** What readers of committed records see. */
  readonly committed: readonly { readonly offset: number; readonly value: string }[];
};

/** Everything in a partition, as readers of both kinds see it. @throws Error when the broker does not answer or refuses. */
export async function readPartition(wire: Asker, topic: string, partition: number): Promise<PartitionContent> {
  const batches: LoggedBatch[] = [];
  const all = await readThrough(wire, { topic, partition, isCommitted: false }, (cursor) => {
    const { batch: header, offset } = cursor;
    let logged = batches.at(-1);
    if (logged?.header.baseOffset !== header.baseOffset) {
      const control = header.isControl ? decodeControlRecord(cursor.key(), cursor.value()) : null;
      const marker = control === null || control.kind === 'other' ? null : control.kind;
      logged = { header, values: [], marker };
      batches.push(logged);
    }
    if (!header.isControl)
      (logged.values as { offset: number; value: string }[]).push({ offset, value: textOf(cursor) });
  });
  const committed: { offset: number; value: string }[] = [];
  const stable = await readThrough(wire, { topic, partition, isCommitted: true }, (cursor) => {
    if (!cursor.batch.isControl) committed.push({ offset: cursor.offset, value: textOf(cursor) });
  });
  return { ...all, lastStableOffset: stable.lastStableOffset, batches, committed };
}

type Ends = Pick<PartitionContent, 'logStartOffset' | 'highWatermark' | 'lastStableOffset'>;

async function readThrough(
  wire: Asker,
  {
    topic,
    partition,
    isCommitted,
  }: { readonly topic: string; readonly partition: number; readonly isCommitted: boolean },
  visit: (cursor: RecordCursor) => void,
): Promise<Ends> {
  let offset = await startOf(wire, topic, partition);
  for (;;) {
    const position = { topic, partition, nextOffset: offset, lastEpoch: -1 };
    const request = { ...partitionsToFetch([position], 0), isolationLevel: isCommitted ? 1 : 0 };
    const data = (await wire.send('Fetch', FETCH_VERSION, request))?.responses[0]?.partitions[0];
    if (data === undefined) throw new Error(`no answer to a fetch of ${topic}-${partition}`);
    if (data.errorCode !== 0)
      throw new Error(`${errorName(data.errorCode)} for a fetch of ${topic}-${partition} at ${offset}`);
    const accept = isCommitted
      ? { acceptBatch: committedOnly({ abortedTransactions: data.abortedTransactions ?? [] }) }
      : {};
    const records = data.records ?? new Uint8Array(0);
    const cursor = new RecordCursor(records, { fromOffset: offset, includeControl: true, checkCrcs: true, ...accept });
    while (cursor.next()) visit(cursor);
    const before = offset;
    const walker = new RecordCursor(records, { fromOffset: offset, includeControl: true });
    while (walker.next()) offset = walker.batch.lastOffset + 1;
    if (offset === before) return data;
  }
}

async function startOf(wire: Asker, topic: string, partition: number): Promise<number> {
  const answer = await wire.send('ListOffsets', 4, {
    replicaId: -1,
    isolationLevel: 0,
    topics: [{ name: topic, partitions: [{ partitionIndex: partition, currentLeaderEpoch: -1, timestamp: -2 }] }],
    timeoutMs: 1_000,
  });
  const found = answer?.topics[0]?.partitions[0];
  if (found === undefined) throw new Error(`no answer to the offsets of ${topic}-${partition}`);
  if (found.errorCode !== 0) throw new Error(`${errorName(found.errorCode)} for the offsets of ${topic}-${partition}`);
  return found.offset;
}

function textOf(cursor: RecordCursor): string {
  return Buffer.from(cursor.value() ?? []).toString();
}
