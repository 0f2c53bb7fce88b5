import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { silentLogger, systemClock } from '@millrace/base';
import { expect, test } from 'vitest';
import type { QueryRun } from '../query-run.ts';
import { Service } from '../test-support/service.ts';
import { LeakedQueries } from './leaked-queries.ts';

const LEAKED = '_confluent-ksql-test_transient_S_2_123';
const OFF = { 'ksql.transient.query.cleanup.service.enable': 'false' };

test('what has no member at two looks is deleted: topics, group and state, and nothing else', async () => {
  await using service = await Service.start('in process');
  const engine = await service.engine();
  await engine.execute(`CREATE STREAM s (id STRING KEY, v INT) WITH (kafka_topic='s', value_format='JSON', partitions=1);
    CREATE TABLE t AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;`);
  const running = await engine.query('SELECT id, COUNT(*) AS n FROM s GROUP BY id EMIT CHANGES;');
  const topic = `${LEAKED}-Aggregate-changelog`;
  for (const name of [topic, `${LEAKED}`, '_confluent-ksql-other_transient_S_1']) await service.createTopic(name);
  await service.client.admin.alterGroupOffsets(LEAKED, [{ topic: 's', partition: 0, offset: 0 }]);
  await mkdir(join(service.stateDir, LEAKED), { recursive: true });
  const before = await names(service);

  const { client, stateDir } = service;
  const options = { client, stateDir, serviceId: 'test_', clock: systemClock, logger: silentLogger, config: OFF };
  await using leaked = new LeakedQueries({ ...options, runs: new Set<QueryRun>() });
  expect(await leaked.look()).toEqual([]);
  expect(await leaked.look()).toEqual([LEAKED]);
  expect(await names(service)).toEqual(before.filter((name) => name !== topic));
  expect((await service.client.admin.listGroups()).map(({ groupId }) => groupId)).not.toContain(LEAKED);
  await expect(stat(join(service.stateDir, LEAKED))).rejects.toThrow('ENOENT');
  await running.close();
});

async function names({ client }: Service): Promise<string[]> {
  return (await client.admin.listTopics()).map(({ name }) => name).toSorted();
}
