import { expect, test } from 'vitest';
import { buildMarkerBatch, decodeControlRecord } from './control-records.ts';
// Log segments of Apache Kafka 4.3.1, written by its Java producer and by kcat (librdkafka).
import segments from './log-segments.golden.json' with { type: 'json' };
import { readBatchHeader, recordBatches, verifyCrc } from './record-batch-header.ts';
import { RecordCursor } from './record-cursor.ts';

const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString());
const records = segments.filter((segment) => segment.content === 'records');
const java = records.filter((segment) => segment.client === 'Java producer');
const kcat = records.filter((segment) => segment.client === 'kcat');

test.each(java)('$codec batches of the $client are read record by record', ({ codec, log }) => {
  const bytes = Buffer.from(log, 'base64');
  for (const header of recordBatches(bytes)) {
    expect(header.compression).toBe(codec);
    expect(header.producerId).toBeGreaterThanOrEqual(0);
    expect(verifyCrc(bytes, header.position)).toBe(true);
  }
  const cursor = new RecordCursor(bytes, { checkCrcs: true });
  for (let index = 0; index < 200; index++) {
    expect(cursor.next()).toBe(true);
    expect(cursor.offset).toBe(index);
    expect(cursor.timestamp).toBe(1_700_000_000_000 + index * 1000 - (index % 5) * 3000);
    expect(text(cursor.key())).toBe(index % 7 === 3 ? null : `key-${index}`);
    expect(text(cursor.value())).toBe(expectedValue(index));
    expect(cursor.headers().map((header) => [header.key, text(header.value)])).toEqual(
      index % 13 === 1
        ? [
            ['trace', `t${index}`],
            ['trace', null],
            ['длина', ''],
          ]
        : [],
    );
  }
  expect(cursor.next()).toBe(false);
});

function expectedValue(index: number): string | null {
  if (index % 11 === 5) return null;
  return index === 100 ? 'x'.repeat(5000) : `value ${index} ${'abcdefgh'.repeat(index % 9)}`;
}

test.each(kcat)('$codec batches of $client are read record by record', ({ codec, log }) => {
  const bytes = Buffer.from(log, 'base64');
  // librdkafka leaves a batch as it is when compression does not make it smaller.
  expect([...recordBatches(bytes)].map((header) => header.compression)).toContain(codec);
  const cursor = new RecordCursor(bytes, { checkCrcs: true });
  for (let index = 0; index < 100; index++) {
    expect(cursor.next()).toBe(true);
    expect(text(cursor.key())).toBe(`key-${index}`);
    expect(text(cursor.value())).toBe(`value ${index} abcdefghabcdefgh`);
    expect(cursor.headers().map((header) => [header.key, text(header.value)])).toEqual([['trace', 't1']]);
  }
  expect(cursor.next()).toBe(false);
});

test('the markers of real transactions are decoded, hidden unless asked for, and built alike', () => {
  const bytes = Buffer.from(segments.find((segment) => segment.content === 'transactions')!.log, 'base64');
  const visible = new RecordCursor(bytes);
  const values: (string | null)[] = [];
  while (visible.next()) values.push(text(visible.value()));
  expect(values).toEqual(['v0', 'v1']);
  const kinds: string[] = [];
  const all = new RecordCursor(bytes, { includeControl: true });
  while (all.next()) {
    const header = all.batch;
    if (!header.isControl) continue;
    const marker = decodeControlRecord(all.key(), all.value());
    kinds.push(marker.kind);
    if (marker.kind === 'other') continue;
    const ours = buildMarkerBatch({
      ...marker,
      timestamp: all.timestamp,
      producerId: header.producerId,
      producerEpoch: header.producerEpoch,
    });
    expect(readBatchHeader(ours).crc).toBe(header.crc);
  }
  expect(kinds).toEqual(['commit', 'abort']);
});
