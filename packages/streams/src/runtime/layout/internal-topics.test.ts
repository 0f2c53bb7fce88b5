import { expect, test } from 'vitest';
import { StreamsBuilder } from '../../dsl/streams-builder.ts';
import { Serdes } from '../../serdes/serdes.ts';
import { SessionWindows } from '../../windows/session-windows.ts';
import { TimeWindows } from '../../windows/time-windows.ts';
import { internalTopicsOf } from './internal-topics.ts';
import { topicNames } from './topic-names.ts';
import { topologyLayout } from './topology-layout.ts';

const strings = Serdes.string();
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

test('each kind of store gets a changelog that is cleaned as Kafka Streams cleans it', () => {
  const builder = new StreamsBuilder();
  const grouped = builder
    .stream('in', { key: strings, value: strings })
    .groupBy((_key, value) => value, { key: strings, value: strings });
  grouped.count({ as: 'counts', logging: { 'segment.ms': '1000' } });
  grouped.windowedBy(TimeWindows.ofSizeAndGrace(HOUR_MS, HOUR_MS)).count({ as: 'hours' });
  grouped.windowedBy(SessionWindows.ofInactivityGapWithNoGrace(HOUR_MS)).count({ as: 'sessions' });
  builder.table('table', { key: strings, value: strings, as: 'versions', historyRetention: HOUR_MS });
  grouped.count({ as: 'unlogged', logging: false });
  const topology = builder.build();
  const names = topicNames('app', topology);
  const layout = topologyLayout(topology, names);
  const counts = new Map([...layout.sourceTopics].map((topic) => [topic, 3]));
  const topics = new Map(internalTopicsOf({ layout, topology, names }, counts).map((topic) => [topic.name, topic]));

  const configs = (name: string): Readonly<Record<string, string>> | undefined => topics.get(name)?.configs;
  expect(configs('app-counts-changelog')).toMatchObject({ 'cleanup.policy': 'compact', 'segment.ms': '1000' });
  expect(configs('app-hours-changelog')).toMatchObject({
    'cleanup.policy': 'compact,delete',
    'retention.ms': String(2 * HOUR_MS + DAY_MS),
  });
  expect(configs('app-sessions-changelog')).toMatchObject({ 'cleanup.policy': 'compact,delete' });
  expect(configs('app-versions-changelog')).toMatchObject({
    'cleanup.policy': 'compact',
    'min.compaction.lag.ms': String(HOUR_MS + DAY_MS),
  });
  expect(topics.has('app-unlogged-changelog')).toBe(false);
  const repartition = [...topics.values()].filter(({ name }) => name.endsWith('-repartition'));
  expect(repartition.map((topic) => topic.configs['retention.ms'])).toEqual(repartition.map(() => '-1'));
  expect([...topics.values()].every(({ partitionCount }) => partitionCount === 3)).toBe(true);
});
