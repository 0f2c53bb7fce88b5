import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KsqlEngine } from './ksql-engine.ts';
import { stateFolder } from './state-folder.ts';
import { rowsOf, Service } from './test-support/service.ts';

test('what goes wrong with records can be asked for as a stream, with the record where that is allowed', async () => {
  await using service = await Service.start('in process');
  const engine = await service.engine('one', {
    config: {
      'ksql.logging.processing.topic.auto.create': 'true',
      'ksql.logging.processing.stream.auto.create': 'true',
      'ksql.logging.processing.rows.include': 'true',
    },
  });
  await engine.execute(`CREATE STREAM s (id STRING KEY, v INT) WITH (kafka_topic='s', partitions=1, value_format='JSON');
    CREATE STREAM o AS SELECT id, 10 / v AS q FROM s;`);
  await service.produce('s', [
    { key: 'a', value: { V: 'no number' }, timestamp: 1 },
    { key: 'b', value: { V: 0 }, timestamp: 2 },
  ]);
  const rows = await rowsOf(
    engine.query(`SELECT logger, message->type, message->deserializationError->recordB64,
      message->recordProcessingError->errorMessage FROM KSQL_PROCESSING_LOG EMIT CHANGES LIMIT 2;`),
  );
  expect(rows).toEqual([
    ['processing.CSAS_O_2.KsqlTopic.deserializer', 0, Buffer.from('{"V":"no number"}').toString('base64'), null],
    ['processing.CSAS_O_2.Project', 1, null, expect.stringContaining('Error computing expression (10 / V)')],
  ]);
});

test('engines without a folder of their own share none, and leave none behind', async () => {
  await using service = await Service.start('in process');
  const options = { ...service.wire, serviceId: 'same_' };
  await using first = await KsqlEngine.start(options);
  await using second = await KsqlEngine.start(options);
  await first.execute(`CREATE STREAM s (id STRING KEY, v INT) WITH (kafka_topic='s', partitions=2, value_format='JSON');
    CREATE TABLE t AS SELECT id, COUNT(*) AS c FROM s GROUP BY id;`);
  expect(await second.execute('SHOW TABLES;')).toMatchObject([{ tables: [{ name: 'T' }] }]);
  const folder = stateFolder(undefined);
  expect(existsSync(folder.path)).toBe(true);
  expect(stateFolder(folder.path).path).toBe(folder.path);
  await folder.close();
  expect(existsSync(folder.path)).toBe(false);
});
