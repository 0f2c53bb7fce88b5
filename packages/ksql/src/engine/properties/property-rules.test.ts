import { expect, test } from 'vitest';
import { checkOverrides, checkSet, checkUnset, definitionOf } from './property-rules.ts';

test.each([
  ...['ksql.query.pull.table.scan.enabled', 'auto.offset.reset', 'ksql.streams.auto.offset.reset', 'acks', 'linger.ms'],
  ...['consumer.max.poll.records', 'ksql.streams.producer.acks', 'ksql.functions.anything.at.all', 'topic.segment.ms'],
  ...['ksql.streams.__emit.interval.ms.kstreams.windowed.aggregation__', 'ksql.streams.shutdown.timeout.ms'],
])('%s is a setting', (name) => {
  expect(definitionOf(name)).toBeDefined();
});

test.each([...['ksql.nonsense', 'nonsense', 'ksql.streams.nonsense', 'topic.nonsense', 'consumer.nonsense', '']])(
  'nobody has the setting "%s"',
  (name) => {
    expect(definitionOf(name)).toBeUndefined();
  },
);

test('what a request says of settings is refused in the words of Kafka and ksqlDB', () => {
  const refusal = (overrides: Readonly<Record<string, string | number | boolean>>, config = {}) => {
    try {
      checkOverrides(overrides, config);
      return null;
    } catch (thrown) {
      return (thrown as Error).message;
    }
  };
  expect(
    refusal({ 'auto.offset.reset': 'Earliest', 'commit.interval.ms': 0, 'ksql.lambdas.enabled': true }),
  ).toBeNull();
  expect(refusal({ 'auto.offset.reset': 'by_duration:PT1H' })).toBeNull();
  expect(refusal({ nope: 1 })).toBe("Not recognizable as ksql, streams, consumer, or producer property: 'nope'");
  expect(refusal({ 'commit.interval.ms': 'soon' })).toBe(
    'Invalid value soon for configuration commit.interval.ms: Not a number of type LONG',
  );
  expect(refusal({ 'ksql.streams.num.stream.threads': 3_000_000_000 })).toBe(
    'Invalid value 3000000000 for configuration num.stream.threads: Not a number of type INT',
  );
  expect(refusal({ 'ksql.suppress.enabled': 'yes' })).toBe(
    'Invalid value yes for configuration ksql.suppress.enabled: Expected value to be either true or false',
  );
  expect(refusal({ acks: 'some' })).toBe(
    'Invalid value some for configuration acks: String must be one of: all, -1, 0, 1',
  );
  expect(refusal({ 'auto.offset.reset': 'none' })).toContain("'none' is not valid for this property within KSQL");
  expect(refusal({ 'auto.offset.reset': 'soon' })).toContain('Invalid value soon for configuration auto.offset.reset');
  expect(refusal({ 'bootstrap.servers': 'a:1' })).toBe("Cannot override property 'bootstrap.servers'");
  expect(refusal({ 'ksql.service.id': 'x' })).toBe(
    'One or more properties overrides set locally are prohibited by the KSQL server denylist (use UNSET to reset their ' +
      'default value): [ksql.service.id]',
  );
  expect(refusal({ 'poll.ms': 1 }, { 'ksql.properties.overrides.denylist': 'acks, poll.ms' })).toContain('[poll.ms]');
});

test('SET and UNSET know the same settings', () => {
  expect(() => checkSet('nope', '1', {})).toThrow('Unknown property: nope');
  expect(() => checkUnset('nope')).toThrow('Unknown property: nope');
  expect(() => checkSet('poll.ms', 'x', {})).toThrow('Invalid value x for configuration poll.ms');
  expect(() => checkSet('poll.ms', '1', {})).not.toThrow();
});
