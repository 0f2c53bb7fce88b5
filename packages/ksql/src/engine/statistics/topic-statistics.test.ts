import { FakeClock } from '@millrace/base/testing';
import type { Metric } from '@millrace/streams';
import { expect, test } from 'vitest';
import { formatStats } from './format-stats.ts';
import { TopicStatistics } from './topic-statistics.ts';

const START_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

function figures(topic: string, values: Readonly<Record<string, number>>): readonly Metric[] {
  const tags = { 'thread-id': 't', 'topic-name': topic };
  return Object.entries(values).map(([name, value]) => ({ group: 'stream-topic-metrics', name, tags, value }));
}

const read = (count: number) =>
  figures('s', { 'records-consumed-total': count, 'bytes-consumed-total': count * 70, 'records-produced-total': 0 });

test('what several queries do with a topic is told together', () => {
  const clock = new FakeClock(START_MS);
  const statistics = new TopicStatistics(clock);
  statistics.sample([
    { applicationId: 'a', metrics: read(0) },
    { applicationId: 'b', metrics: [] },
  ]);
  clock.advance(99_000);
  const written = figures('s', { 'records-produced-total': 198 });
  statistics.sample([
    { applicationId: 'a', metrics: read(99) },
    { applicationId: 'b', metrics: written },
  ]);
  const timestamp = START_MS + 99_000;
  expect(statistics.stats('s')).toEqual([
    { name: 'consumer-messages-per-sec', value: 1, timestamp },
    { name: 'consumer-total-messages', value: 99, timestamp },
    { name: 'consumer-total-bytes', value: 6930, timestamp },
    { name: 'messages-per-sec', value: 2, timestamp },
    { name: 'total-messages', value: 198, timestamp },
  ]);
  expect(statistics.stats('other')).toEqual([]);
  expect(statistics.throughput()).toMatchObject({ consumedPerSecond: 1, producedPerSecond: 2, consumedTotal: 99 });
});

test('a rate looks back a hundred seconds, and the time of the last record stays', () => {
  const clock = new FakeClock(START_MS);
  const statistics = new TopicStatistics(clock);
  const at = (count: number): void => statistics.sample([{ applicationId: 'a', metrics: read(count) }]);
  at(0);
  for (let step = 0; step < 100; step++) {
    clock.advance(5_000);
    at(500);
  }
  expect(statistics.stats('s').map(({ value }) => value)).toEqual([0, 500, 35_000]);
  expect(statistics.stats('s')[0]!.timestamp).toBe(START_MS + 5_000);
  // Started again, it counts from zero.
  at(10);
  expect(statistics.stats('s')[1]!.value).toBe(10);
  statistics.sample([]);
  expect(statistics.stats('s')).toEqual([]);
});

test('records that could not be read are counted by topic', () => {
  const statistics = new TopicStatistics(new FakeClock(START_MS));
  statistics.failed('s');
  statistics.failed('s');
  const [total, rate] = statistics.errorStats('s');
  expect(total).toEqual({ name: 'consumer-failed-messages', value: 2, timestamp: START_MS });
  expect(rate).toMatchObject({ name: 'consumer-failed-messages-per-sec', value: 2 / 99 });
});

test('the line of figures has the widths and the time of ksqlDB', () => {
  const timestamp = START_MS + 120;
  const stats = [
    { name: 'messages-per-sec', value: 0.128, timestamp },
    { name: 'total-messages', value: 3, timestamp },
  ];
  expect(formatStats(stats, 'last-message')).toBe(
    'messages-per-sec:      0.13   total-messages:         3     last-message: 2026-01-02T03:04:05.12Z',
  );
  expect(formatStats([{ ...stats[1]!, timestamp: START_MS }], 'last-failed')).toMatch(/ 2026-01-02T03:04:05Z$/);
  expect(formatStats([{ ...stats[1]!, timestamp: 0 }], 'last-failed')).toMatch(/last-failed: {7}n\/a$/);
  expect(formatStats([], 'last-failed')).toBe('');
});
