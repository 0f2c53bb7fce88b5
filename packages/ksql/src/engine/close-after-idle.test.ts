import { expect, test } from 'vitest';
import { Service } from './test-support/service.ts';

const CLICKS = "CREATE STREAM clicks (id VARCHAR KEY, n INT) WITH (kafka_topic='clicks', format='JSON', partitions=1);";
const IDLE = "SET 'millrace.close.windows.after.idle.ms' = '200';";

test.each([
  ['TUMBLING (SIZE 1 HOUR)', 0, 3_600_000],
  ['SESSION (1 HOUR)', 1_000, 2_000],
])(
  'final results of %s windows leave when nothing comes for a time, where a setting says so',
  async (window, from, to) => {
    await using service = await Service.start('in process');
    const engine = await service.engine();
    await engine.execute(`${CLICKS} ${IDLE}
    CREATE TABLE totals AS SELECT id, SUM(n) AS total, WINDOWSTART AS ws, WINDOWEND AS we
      FROM clicks WINDOW ${window} GROUP BY id EMIT FINAL;
    INSERT INTO clicks (rowtime, id, n) VALUES (1000, 'a', 1);
    INSERT INTO clicks (rowtime, id, n) VALUES (2000, 'a', 2);`);
    const [total] = await service.consume('TOTALS', 1);
    expect(JSON.parse(total!.value!)).toEqual({ TOTAL: 3, WS: from, WE: to });
  },
);

test('a push query with EMIT FINAL has the setting from its request', async () => {
  await using service = await Service.start('in process');
  const engine = await service.engine();
  await engine.execute(`${CLICKS} INSERT INTO clicks (rowtime, id, n) VALUES (1000, 'a', 1);`);
  const { rows } = await engine.query(
    'SELECT id, COUNT(*) AS n FROM clicks WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY id EMIT FINAL LIMIT 1;',
    { properties: { 'millrace.close.windows.after.idle.ms': 200 } },
  );
  expect((await rows.next()).value).toEqual(['a', 1n]);
});
