import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryFiles } from '../storage/memory-files.ts';
import { openTestLog, readRecords, testBatch, testServices } from '../testing/test-log.ts';

const FOLDER = '/data/orders-0';
const SEGMENT = `${FOLDER}/00000000000000000000.log`;

async function filled(files: MemoryFiles, batches: number, segmentBytes = 1024 * 1024): Promise<void> {
  const log = openTestLog(testServices(files), { segmentBytes, indexIntervalBytes: 100 });
  for (let index = 0; index < batches; index++) {
    log.append(testBatch([`value-${index}`, `other-${index}`]));
    await log.durable();
  }
}

test('a tail that is torn at any byte is cut off, and writing goes on after the last whole batch', async () => {
  const whole = new MemoryFiles();
  await filled(whole, 3);
  const bytes = whole.readWhole(SEGMENT)!;
  const lastBatchBytes = testBatch(['value-2', 'other-2']).byteLength;
  for (let cut = bytes.byteLength - lastBatchBytes; cut < bytes.byteLength; cut++) {
    const files = whole.clone();
    files.open(SEGMENT).truncate(cut);
    const log = openTestLog(testServices(files));
    expect(log.highWatermark).toBe(4);
    log.append(testBatch(['after']));
    await log.durable();
    expect(readRecords(log).at(-1)).toEqual({ offset: 4, value: 'after' });
  }
});

test('a tail of any wrong byte is cut off', async () => {
  const whole = new MemoryFiles();
  await filled(whole, 2);
  const bytes = whole.readWhole(SEGMENT)!;
  const lastBatchAt = bytes.byteLength / 2;
  // From the checksum on; offset and epoch before it are not covered, as in Kafka.
  for (let at = lastBatchAt + 16; at < bytes.byteLength; at++) {
    const files = whole.clone();
    const damaged = Uint8Array.from(bytes);
    damaged[at] = damaged[at]! ^ 0x40;
    files.replace(SEGMENT, damaged);
    expect(openTestLog(testServices(files)).highWatermark).toBe(2);
  }
});

test('indexes that are missing, empty or damaged are made again by recovery', async () => {
  const whole = new MemoryFiles();
  await filled(whole, 40, 1000);
  const expected = readRecords(openTestLog(testServices(whole.clone())));
  for (const damage of ['missing', 'empty', 'damaged']) {
    const files = whole.clone();
    for (const name of files.list(FOLDER)) {
      if (!/index$/.test(name)) continue;
      if (damage === 'missing') files.remove(`${FOLDER}/${name}`);
      else files.replace(`${FOLDER}/${name}`, damage === 'empty' ? new Uint8Array(0) : new Uint8Array(50).fill(7));
    }
    expect(readRecords(openTestLog(testServices(files)))).toEqual(expected);
  }
});

test('after a clean stop a start reads only the end of the last segment', async () => {
  const files = new MemoryFiles();
  const log = openTestLog(testServices(files), { segmentBytes: 1000, indexIntervalBytes: 100 });
  for (let index = 0; index < 40; index++) {
    log.append(testBatch([`value-${index}`, `other-${index}`]));
    await log.durable();
  }
  await log.close();
  // A damaged byte in an old segment would end a recovery there.
  const bytes = files.readWhole(SEGMENT)!;
  bytes[70] = bytes[70]! ^ 1;
  files.replace(SEGMENT, bytes);
  expect(openTestLog(testServices(files), {}, { isClean: true }).highWatermark).toBe(80);
  expect(openTestLog(testServices(files), {}, { isClean: false }).highWatermark).toBe(0);
});

test('recovery begins at the recovery point', async () => {
  const files = new MemoryFiles();
  await filled(files, 40, 1000);
  const bytes = files.readWhole(SEGMENT)!;
  bytes[70] = bytes[70]! ^ 1;
  files.replace(SEGMENT, bytes);
  expect(openTestLog(testServices(files), {}, { recoveryPoint: 60 }).highWatermark).toBe(80);
});

// What a log does, as an array: appended values, a start, and a crash that may cost what was not written.
type Step =
  | { readonly kind: 'append'; readonly count: number }
  | { readonly kind: 'write' }
  | { readonly kind: 'delete'; readonly share: number }
  | { readonly kind: 'retain' }
  | { readonly kind: 'crash'; readonly tornBytes: number }
  | { readonly kind: 'restart' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 4, arbitrary: fc.constant({ kind: 'write' as const }) },
  fc.record({ kind: fc.constant('delete' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.constant({ kind: 'retain' as const }),
  fc.record({ kind: fc.constant('crash' as const), tornBytes: fc.integer({ min: 0, max: 200 }) }),
  fc.constant({ kind: 'restart' as const }),
);

test('a log is an array that is cut at its start and loses only what was not answered', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.integer({ min: 200, max: 2000 }),
      async (steps, segmentBytes) => {
        const files = new MemoryFiles();
        const config = { segmentBytes, indexIntervalBytes: 150 };
        const open = (isClean: boolean, logStartOffset: number) =>
          openTestLog(testServices(files), config, { isClean, logStartOffset });
        let log = open(false, 0);
        let start = 0;
        const answered: string[] = [];
        const accepted: string[] = [];
        let serial = 0;
        for (const current of steps) {
          switch (current.kind) {
            case 'append': {
              const values = Array.from({ length: current.count }, () => `value-${serial++}`);
              expect(log.append(testBatch(values)).baseOffset).toBe(answered.length + accepted.length);
              accepted.push(...values);
              break;
            }
            case 'write':
              await log.durable();
              answered.push(...accepted.splice(0));
              break;
            case 'delete':
              start = Math.max(start, Math.floor(current.share * log.highWatermark));
              log.deleteRecordsBefore(start);
              break;
            case 'retain':
              log.applyRetention();
              break;
            case 'crash': {
              // A roll may have written part of what was accepted: it is kept, or torn, but never has a gap.
              const torn = files
                .list(FOLDER)
                .filter((name) => name.endsWith('.log'))
                .at(-1)!;
              const file = files.open(`${FOLDER}/${torn}`);
              file.write([new Uint8Array(current.tornBytes).fill(3)], file.size());
              log.abandon();
              log = open(false, start);
              answered.push(...accepted.splice(0, log.highWatermark - answered.length));
              accepted.length = 0;
              break;
            }
            case 'restart':
              await log.close();
              answered.push(...accepted.splice(0));
              log = open(true, start);
          }
          start = log.logStartOffset;
          const visible = Math.min(log.highWatermark, answered.length);
          const expected = answered.slice(start, visible).map((value, index) => ({ offset: start + index, value }));
          expect(readRecords(log, start).slice(0, visible - start)).toEqual(expected);
          expect(log.highWatermark).toBeGreaterThanOrEqual(answered.length);
        }
      },
    ),
    { numRuns: 150 },
  );
});
