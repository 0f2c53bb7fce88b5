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

test("settings under Kafka's names are taken, and those in camel case win", () => {
  const config = { 'commit.interval.ms': '100', 'state.dir': '/state', 'bootstrap.servers': 'elsewhere:1' };
  expect(resolve({ config })).toMatchObject({ commitIntervalMs: 100, stateDir: '/state' });
  expect(resolve({ config, commitIntervalMs: 7 }).commitIntervalMs).toBe(7);
});

test.each<[string, Partial<KafkaStreamsOptions>, string]>([
  ['an id that cannot name topics', { applicationId: 'no spaces' }, 'applicationId must be'],
  ['a setting that nobody knows', { config: { 'comit.interval.ms': '1' } }, 'unknown setting comit.interval.ms'],
  ['a number that is none', { config: { 'commit.interval.ms': 'soon' } }, 'must be a whole number'],
  ['what is not built yet', { processingGuarantee: 'exactly_once_v2' }, 'is not built yet'],
  ['several threads for functions', { numStreamThreads: 2 }, 'cannot be sent to another thread'],
])('%s is refused', (_what, options, message) => {
  expect(() => resolve(options)).toThrow(message);
  expect(() => resolve(options)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
});
