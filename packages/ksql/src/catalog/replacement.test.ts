import { expect, test } from 'vitest';
import { SchemaBuilder, type SimpleColumn } from '../types/schema.ts';
import { SqlTypes } from '../types/sql-type.ts';
import type { DataSource } from './data-source.ts';
import { checkReplacement } from './replacement.ts';

const KEYS = [{ name: 'K', type: SqlTypes.INTEGER }];
const VALUES: readonly SimpleColumn[] = [{ name: 'A', type: SqlTypes.INTEGER }];

function sourceWith(changes: Partial<DataSource>): DataSource {
  return {
    kind: 'STREAM',
    name: 'S',
    schema: new SchemaBuilder().keys(KEYS).values(VALUES).build(),
    topic: 's',
    keyFormat: { format: 'KAFKA', properties: {}, features: [], window: null },
    valueFormat: { format: 'JSON', properties: {}, features: [] },
    timestampColumn: null,
    isQueryTarget: false,
    readOnly: false,
    statementText: '',
    ...changes,
  };
}

const schemaWith = (...values: SimpleColumn[]) => new SchemaBuilder().keys(KEYS).values(values).build();

test('columns can be added behind those that are there', () => {
  const schema = schemaWith(...VALUES, { name: 'B', type: SqlTypes.STRING });
  expect(() => checkReplacement(sourceWith({}), sourceWith({ schema }))).not.toThrow();
});

test.each<[string, Partial<DataSource>, string]>([
  ['kind', { kind: 'TABLE' }, "DataSource '`S`' has type = KSTREAM which is not upgradeable to KTABLE"],
  ['topic', { topic: 't' }, "has topic = KsqlTopic{kafkaTopicName='s', keyFormat="],
  [
    'format',
    { valueFormat: { format: 'AVRO', properties: {}, features: [] } },
    'FormatInfo{format=AVRO, properties={}}',
  ],
  [
    'time column',
    { timestampColumn: { column: 'A', format: null } },
    'has timestampColumn = Optional.empty which is not upgradeable to ' +
      'Optional[TimestampColumn{column=`A`, format=Optional.empty}]',
  ],
  [
    'columns',
    { schema: schemaWith({ name: 'B', type: SqlTypes.INTEGER }) },
    '(The following columns are changed, missing or reordered: [`A` INTEGER])',
  ],
])('a replacement keeps the %s', (_, changes, message) => {
  expect(() => checkReplacement(sourceWith({}), sourceWith(changes))).toThrow(message);
});

test('all that differs is told', () => {
  expect(() => checkReplacement(sourceWith({}), sourceWith({ kind: 'TABLE', topic: 't' }))).toThrow(
    /KTABLE\n\tAND DataSource/,
  );
});
