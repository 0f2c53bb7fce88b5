import { expect, test } from 'vitest';
import { isHiddenTopic, refuseInsertIntoReadOnly, refuseReadOnlyTopic } from './reserved-topics.ts';

test('topics of systems are hidden and read only, others are not', () => {
  for (const topic of ['_confluent-metrics', '_schemas', '__consumer_offsets', 'connect-configs']) {
    expect(isHiddenTopic(topic, {})).toBe(true);
    expect(() => refuseReadOnlyTopic(topic, {})).toThrow(`Cannot write to read-only topic: ${topic}`);
  }
  for (const topic of ['orders', '_orders', 'default_ksql_processing_log', 'my_schemas']) {
    expect(isHiddenTopic(topic, {})).toBe(false);
    refuseReadOnlyTopic(topic, {});
  }
});

test('the settings name others by patterns; what engines and brokers keep stays theirs', () => {
  const config = { 'ksql.hidden.topics': 'secret.*, one', 'ksql.readonly.topics': 'master-.+' };
  expect(['secrets', 'one', 'ones', '_schemas'].map((topic) => isHiddenTopic(topic, config))).toEqual([
    ...[true, true, false, false],
  ]);
  expect(() => refuseInsertIntoReadOnly('master-data', config)).toThrow(
    'Cannot insert values into read-only topic: master-data',
  );
  expect(() => refuseReadOnlyTopic('_confluent-ksql-default__command_topic', config)).toThrow('read-only');
});
