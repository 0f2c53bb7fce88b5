import { expect, test } from 'vitest';
import { parse } from '../syntax/parse.ts';
import { readProperties, type SourceProperties } from './source-properties.ts';

function propertiesOf(clause: string): SourceProperties {
  const statement = parse(`CREATE STREAM s (a INT) WITH (${clause});`)[0]!.build();
  if (statement.kind !== 'create-source') throw new Error(statement.kind);
  return readProperties(statement.properties, 'create');
}

test('texts are read without the blanks around them, numbers and truths also from texts', () => {
  const read = propertiesOf("kafka_topic=' t ', partitions='4', wrap_single_value=' False ', window_type='session'");
  expect(read).toMatchObject({ topic: 't', partitions: 4, wrapSingleValue: false });
  expect(read.window).toEqual({ type: 'SESSION', sizeMs: null });
});

test.each([
  ["value_format='JSON'", 'Missing required property "KAFKA_TOPIC" which has no default value.'],
  ["kafka_topic=' '", 'Invalid value  for property KAFKA_TOPIC: String must be non-empty'],
  ['kafka_topic=5', 'Expected value to be a string, but it was a java.lang.Integer'],
  ["kafka_topic='t', partitions='many'", 'Invalid value many for property PARTITIONS: Not a number of type INT'],
  [
    "kafka_topic='t', partitions=1.5",
    'Invalid value 1.5 for property PARTITIONS: Expected value to be a 32-bit integer, but it was a java.math.BigDecimal',
  ],
  [
    "kafka_topic='t', wrap_single_value='maybe'",
    'Invalid value maybe for property WRAP_SINGLE_VALUE: Expected value to be either true or false',
  ],
  [
    "kafka_topic='t', window_type='Round'",
    'Invalid value Round for property WINDOW_TYPE: String must be one of: SESSION, HOPPING, TUMBLING, null',
  ],
  [
    "kafka_topic='t', window_size='10'",
    "Configuration WINDOW_SIZE is invalid: Invalid duration: '10'. Expected 2 tokens",
  ],
  ["kafka_topic='t', window_size='x SECONDS'", "Invalid duration: 'x SECONDS'. Not numeric: 'x'"],
  ["kafka_topic='t', timestamp_format='yyyy-bb'", 'Invalid datetime format for config:TIMESTAMP_FORMAT, reason:'],
  [
    "kafka_topic='t', value_avro_schema_full_name='a', value_schema_full_name='b'",
    "Cannot supply both 'VALUE_AVRO_SCHEMA_FULL_NAME' and 'VALUE_SCHEMA_FULL_NAME' properties.",
  ],
  ["kafka_topic='t', color='red'", 'Invalid config variable(s) in the WITH clause: COLOR'],
])('refuses %s in the words of a configuration', (clause, message) => {
  expect(() => propertiesOf(clause)).toThrow(message);
});
