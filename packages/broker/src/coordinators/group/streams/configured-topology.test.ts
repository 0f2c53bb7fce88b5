import { describe, expect, test } from 'vitest';
import type { Topic } from '../../../cluster/cluster-image.ts';
import { configureTopology } from './configured-topology.ts';
import type { Subtopology, Topology } from './topology.ts';

const NONE: Subtopology = {
  subtopologyId: '0',
  sourceTopics: [],
  sourceTopicRegex: [],
  stateChangelogTopics: [],
  repartitionSinkTopics: [],
  repartitionSourceTopics: [],
  copartitionGroups: [],
};

function topology(...subtopologies: Partial<Subtopology>[]): Topology {
  return {
    epoch: 0,
    subtopologies: subtopologies.map((one, at) => ({ ...NONE, subtopologyId: String(at), ...one })),
  };
}

const info = (name: string, partitions = 0) => ({ name, partitions, replicationFactor: 0, topicConfigs: [] });

const joined = (sourceTopics: number[], repartitionSourceTopics: number[] = []) => ({
  copartitionGroups: [{ sourceTopics, sourceTopicRegex: [], repartitionSourceTopics }],
});

function configure(given: Topology, existing: Readonly<Record<string, number>>) {
  const topics = Object.entries(existing).map(([name, partitionCount]): [string, Topic] => [
    name,
    { name, id: name, partitionCount, configs: {} } as Topic,
  ]);
  return configureTopology(given, { topics: new Map(topics) });
}

describe('numbers of partitions', () => {
  test('a repartition topic has as many as the largest source of who writes it, also over several steps', () => {
    const given = topology(
      { sourceTopics: ['a', 'b'], repartitionSinkTopics: ['r1'] },
      { repartitionSourceTopics: [info('r1')], repartitionSinkTopics: ['r2'], stateChangelogTopics: [info('c1')] },
      { repartitionSourceTopics: [info('r2')], stateChangelogTopics: [info('c2')] },
    );
    const found = configure(given, { a: 2, b: 5 });
    expect(found).toMatchObject({
      kind: 'incomplete',
      missing: [
        { name: 'r1', partitionCount: 5, replicationFactor: -1 },
        { name: 'c1', partitionCount: 5 },
        { name: 'r2', partitionCount: 5 },
        { name: 'c2', partitionCount: 5 },
      ],
    });
    const ready = configure(given, { a: 2, b: 5, r1: 5, r2: 5, c1: 5, c2: 5 });
    expect(ready.kind === 'ready' && [...ready.subtopologies.values()].map(({ taskCount }) => taskCount)).toEqual([
      5, 5, 5,
    ]);
  });

  test('one that the application says counts', () => {
    const given = topology(
      { sourceTopics: ['a'], repartitionSinkTopics: ['r'] },
      { repartitionSourceTopics: [info('r', 3)], stateChangelogTopics: [info('c')] },
    );
    expect(configure(given, { a: 8 })).toMatchObject({
      missing: [
        { name: 'r', partitionCount: 3 },
        { name: 'c', partitionCount: 3 },
      ],
    });
  });

  test('topics that are joined with a topic of users have as many as that', () => {
    const given = topology(
      { sourceTopics: ['a'], repartitionSinkTopics: ['r'] },
      { sourceTopics: ['b'], repartitionSourceTopics: [info('r')], ...joined([0], [0]) },
    );
    expect(configure(given, { a: 8, b: 3 })).toMatchObject({ missing: [{ name: 'r', partitionCount: 3 }] });
  });

  test('repartition topics that are joined have as many as the largest, or as the application says of one', () => {
    const given = (partitions: number): Topology =>
      topology(
        { sourceTopics: ['a'], repartitionSinkTopics: ['r1'] },
        { sourceTopics: ['b'], repartitionSinkTopics: ['r2'] },
        { repartitionSourceTopics: [info('r1'), info('r2', partitions)], ...joined([], [0, 1]) },
      );
    const counts = (partitions: number): unknown => {
      const found = configure(given(partitions), { a: 4, b: 2 });
      return found.kind === 'incomplete' && found.missing.map(({ partitionCount }) => partitionCount);
    };
    expect(counts(0)).toEqual([4, 4]);
    expect(counts(7)).toEqual([7, 7]);
  });
});

describe('what members are told', () => {
  test('that topics of users are missing', () => {
    const given = topology({ sourceTopics: ['d', 'c', 'b', 'a', 'there'] });
    expect(configure(given, { there: 1 })).toMatchObject({
      kind: 'unfit',
      problem: {
        status: 'MISSING_SOURCE_TOPICS',
        detail: 'Source topics a, b, c and 1 additional topics are missing.',
      },
    });
  });

  test('that topics of users that are joined differ', () => {
    const given = topology({ sourceTopics: ['a', 'b'], ...joined([0, 1]) });
    expect(configure(given, { a: 2, b: 3 })).toMatchObject({
      problem: {
        status: 'INCORRECTLY_PARTITIONED_TOPICS',
        detail: 'Following topics do not have the same number of partitions: [{a=2, b=3}]',
      },
    });
  });

  test('that the application says another number than what it is joined with', () => {
    const given = topology(
      { sourceTopics: ['a'], repartitionSinkTopics: ['r'] },
      { sourceTopics: ['b'], repartitionSourceTopics: [info('r', 5)], ...joined([0], [0]) },
    );
    expect(configure(given, { a: 2, b: 3 })).toMatchObject({ problem: { status: 'INCORRECTLY_PARTITIONED_TOPICS' } });
  });

  test('that an internal topic exists with another number of partitions', () => {
    const given = topology({ sourceTopics: ['a'], stateChangelogTopics: [info('c')] });
    expect(configure(given, { a: 2, c: 1 })).toMatchObject({
      problem: {
        status: 'INCORRECTLY_PARTITIONED_TOPICS',
        detail: 'Existing topic c has different number of partitions: expected 2, found 1',
      },
    });
  });
});

describe('what no topics could ever make run', () => {
  test.each([
    ['a loop', topology({ repartitionSourceTopics: [info('r')], repartitionSinkTopics: ['r'] }), 'loops'],
    [
      'a repartition topic that nobody writes',
      topology({ repartitionSourceTopics: [info('r')] }),
      'never used as a sink',
    ],
    ['a subtopology without sources', topology({}), 'No source topics found'],
    ['a join with a topic that is not there', topology({ sourceTopics: ['a'], ...joined([3]) }), 'copartition group'],
  ])('%s', (_what, given, text) => {
    expect(() => configure(given, { a: 1 })).toThrow(text);
  });
});
