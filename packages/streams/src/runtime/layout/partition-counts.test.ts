import { describe, expect, test } from 'vitest';
import { resolvePartitionCounts } from './partition-counts.ts';

const none = { copartitioned: [], repartitionTopics: new Map<string, number | null>() };

describe('partition counts of repartition topics', () => {
  test('follow the largest source of what writes them, through several steps', () => {
    const counts = resolvePartitionCounts({
      ...none,
      subTopologies: [
        { sources: ['second'], sinks: ['third'] },
        { sources: ['first'], sinks: ['second'] },
        { sources: ['a', 'b'], sinks: ['first'] },
        { sources: ['third'], sinks: [] },
      ],
      repartitionTopics: new Map([
        ['first', null],
        ['second', null],
        ['third', null],
      ]),
      existing: new Map([
        ['a', 2],
        ['b', 6],
      ]),
    });
    expect(['first', 'second', 'third'].map((topic) => counts.get(topic))).toEqual([6, 6, 6]);
  });

  test('of a foreign-key join follow the tables, though its two topics feed each other', () => {
    const counts = resolvePartitionCounts({
      subTopologies: [
        { sources: ['left', 'response'], sinks: ['registration'] },
        { sources: ['right', 'registration'], sinks: ['response'] },
      ],
      repartitionTopics: new Map([
        ['registration', null],
        ['response', null],
      ]),
      existing: new Map([
        ['left', 3],
        ['right', 2],
      ]),
      copartitioned: [
        ['left', 'response'],
        ['right', 'registration'],
      ],
    });
    expect([counts.get('registration'), counts.get('response')]).toEqual([2, 3]);
  });

  test('take the count of the topic that they are joined with', () => {
    const question = {
      subTopologies: [
        { sources: ['in'], sinks: ['re'] },
        { sources: ['re', 'table'], sinks: [] },
      ],
      existing: new Map([
        ['in', 8],
        ['table', 3],
      ]),
      copartitioned: [['re', 'table']],
    };
    expect(resolvePartitionCounts({ ...question, repartitionTopics: new Map([['re', null]]) }).get('re')).toBe(3);
    expect(() => resolvePartitionCounts({ ...question, repartitionTopics: new Map([['re', 5]]) })).toThrow(
      'Topics not co-partitioned: [re (5), table (3)]',
    );
  });

  test('are the largest when all sides are repartitioned, or the one that is fixed', () => {
    const question = {
      subTopologies: [
        { sources: ['a'], sinks: ['left'] },
        { sources: ['b'], sinks: ['right'] },
        { sources: ['left', 'right'], sinks: [] },
      ],
      existing: new Map([
        ['a', 2],
        ['b', 4],
      ]),
      copartitioned: [['left', 'right']],
    };
    const free = resolvePartitionCounts({
      ...question,
      repartitionTopics: new Map([
        ['left', null],
        ['right', null],
      ]),
    });
    expect([free.get('left'), free.get('right')]).toEqual([4, 4]);
    const fixed = resolvePartitionCounts({
      ...question,
      repartitionTopics: new Map([
        ['left', 3],
        ['right', null],
      ]),
    });
    expect([fixed.get('left'), fixed.get('right')]).toEqual([3, 3]);
  });
});

test('a missing input topic is named', () => {
  const question = { ...none, subTopologies: [{ sources: ['in'], sinks: [] }], existing: new Map<string, number>() };
  expect(() => resolvePartitionCounts(question)).toThrow(expect.objectContaining({ code: 'MISSING_SOURCE_TOPIC' }));
});
