import { expect, test } from 'vitest';
import { type KafkaStreamsOptions, resolveOptions } from './options.ts';

const resolve = (options: Partial<KafkaStreamsOptions>): ReturnType<typeof resolveOptions> =>
  resolveOptions({ applicationId: 'app', bootstrapServers: 'localhost:9092', ...options } as KafkaStreamsOptions);

test("defaults are Kafka Streams' own", () => {
  expect(resolve({})).toMatchObject({
    commitIntervalMs: 30_000,
    stateStoreCacheMaxBytes: 10 * 1024 * 1024,
    maxTaskIdleMs: 0,
    autoOffsetReset: 'earliest',
    stateCleanupDelayMs: 600_000,
  });
});

test('exactly once commits often, and reads what is committed', () => {
  expect(resolve({ processingGuarantee: 'exactly_once_v2' })).toMatchObject({
    commitIntervalMs: 100,
    transactionTimeoutMs: 10_000,
    isolationLevel: 'read_committed',
  });
  expect(resolve({ processingGuarantee: 'exactly_once_v2', commitIntervalMs: 5 }).commitIntervalMs).toBe(5);
});

test("settings under Kafka's names are taken, and those in camel case win", () => {
  const config = { 'commit.interval.ms': '100', 'state.dir': '/state', 'bootstrap.servers': 'elsewhere:1' };
  expect(resolve({ config })).toMatchObject({ commitIntervalMs: 100, stateDir: '/state' });
  expect(resolve({ config, commitIntervalMs: 7 }).commitIntervalMs).toBe(7);
});

test.each<[string, Partial<KafkaStreamsOptions>, string]>([
  ['an id that cannot name topics', { applicationId: 'no spaces' }, 'applicationId must be'],
  ['a setting that nobody knows', { config: { 'comit.interval.ms': '1' } }, 'unknown setting comit.interval.ms'],
  ['a number that is none', { config: { 'commit.interval.ms': 'soon' } }, 'must be a whole number'],
  [
    'a guarantee that there is not',
    { config: { 'processing.guarantee': 'exactly_once' } },
    'Invalid value exactly_once for configuration processing.guarantee: String must be one of: at_least_once, exactly_once_v2',
  ],
  [
    'exactly once over what others may take back',
    { processingGuarantee: 'exactly_once_v2', isolationLevel: 'read_uncommitted' },
    'reads committed records only',
  ],
  [
    'a transaction that must end before its commit comes',
    { processingGuarantee: 'exactly_once_v2', transactionTimeoutMs: 99 },
    'Transaction timeout 99 was set lower than streams commit interval 100',
  ],
  ['no thread', { numStreamThreads: 0 }, 'needs at least one'],
])('%s is refused', (_what, options, message) => {
  expect(() => resolve(options)).toThrow(message);
  expect(() => resolve(options)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
});
