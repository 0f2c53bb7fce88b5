import { describe, expect, test } from 'vitest';
import { Service, type TextRecord, WIRES } from './test-support/service.ts';

const SOURCE = `
  CREATE STREAM events (id VARCHAR KEY, kind VARCHAR, amounts ARRAY<INT>, place STRUCT<x INT, y INT>, labels MAP<VARCHAR, INT>)
    WITH (KAFKA_TOPIC='events', VALUE_FORMAT='JSON', PARTITIONS=1);`;

/** Queries that read the same columns, others, none, columns of the system, and whose functions are given lists and maps. */
const QUERIES: Readonly<Record<string, string>> = {
  some: 'SELECT id, kind FROM events WHERE place->x > 50',
  same: 'SELECT kind, id FROM events WHERE place->x > 70',
  times: 'SELECT id, ROWTIME AS t, ROWOFFSET AS o, ROWPARTITION AS p FROM events',
  times_too: 'SELECT id, ROWTIME AS t, ROWOFFSET AS o, ROWPARTITION AS p FROM events WHERE ROWOFFSET > 10',
  sorted: "SELECT id, ARRAY_SORT(amounts, 'DESC') AS a, ARRAY_CONCAT(amounts, ARRAY[1]) AS b FROM events",
  as_they_are: 'SELECT id, amounts, labels FROM events',
  mapped: 'SELECT id, TRANSFORM(labels, (k, v) => UCASE(k), (k, v) => v + 1) AS l, amounts[1] AS first FROM events',
  all_columns: 'SELECT * FROM events',
  all_too: 'SELECT * FROM events',
  exploded: 'SELECT id, EXPLODE(amounts) AS amount FROM events',
  rekeyed: 'SELECT kind, id, amounts FROM events PARTITION BY kind',
};
const TABLES: Readonly<Record<string, string>> = {
  counted: 'SELECT kind, COUNT(*) AS n, COLLECT_LIST(place->y) AS ys FROM events GROUP BY kind',
  counted_too: 'SELECT kind, COUNT(*) AS n, LATEST_BY_OFFSET(amounts) AS last FROM events GROUP BY kind',
};
const SINKS = [...Object.keys(QUERIES), ...Object.keys(TABLES)];

const statementOf = (sink: string): string =>
  sink in QUERIES
    ? `CREATE STREAM ${sink} AS ${QUERIES[sink]} EMIT CHANGES;`
    : `CREATE TABLE ${sink} AS ${TABLES[sink]} EMIT CHANGES;`;

const RECORDS = 100;
const GROUPED = 85;

function events(from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) => {
    const at = from + index;
    const value = {
      KIND: at % 7 === 0 ? null : `kind ${at % 3}`,
      AMOUNTS: [at, at * 7, at % 5],
      PLACE: { X: at, Y: -at },
      LABELS: { a: at, b: at + 1 },
    };
    return { key: `id-${at}`, value, timestamp: 1000 + at };
  });
}

/** All rows of the sinks once each query has committed all of its source. */
async function sinkRows(service: Service, sinks: readonly string[]): Promise<Record<string, readonly TextRecord[]>> {
  const isDone = async (): Promise<boolean> => {
    const groups = (await service.client.admin.listGroups()).filter(({ groupId }) => /query_C[ST]AS_/.test(groupId));
    const offsets = await Promise.all(groups.map(({ groupId }) => service.client.admin.listGroupOffsets(groupId)));
    const done = offsets.filter((each) => each.some(({ topic, offset }) => topic === 'events' && offset >= RECORDS));
    return done.length === sinks.length;
  };
  await expect.poll(isDone, { timeout: 20_000 }).toBe(true);
  const rows: Record<string, readonly TextRecord[]> = {};
  for (const sink of sinks) {
    const topic = sink.toUpperCase();
    // Groups are counted behind another topic: a row for each record that has one.
    rows[sink] = await (sink in TABLES ? service.consume(topic, GROUPED) : service.readAll(topic));
  }
  return rows;
}

describe.each(WIRES)('queries over one source %s', (wire) => {
  test('give what each of them gives alone, also when one stands still meanwhile', async () => {
    await using together = await Service.start(wire);
    const engine = await together.engine();
    await engine.execute(SOURCE);
    for (const sink of SINKS) await engine.execute(statementOf(sink));
    await together.produce('events', events(0, 60));
    const { queries } = (await engine.execute('SHOW QUERIES;'))[0] as unknown as { queries: readonly { id: string }[] };
    const paused = queries.map(({ id }) => id).filter((id) => /SAME|ALL_TOO/.test(id));
    expect(paused).toHaveLength(2);
    for (const id of paused) await engine.execute(`PAUSE ${id};`);
    await together.produce('events', events(60, RECORDS));
    for (const id of paused) await engine.execute(`RESUME ${id};`);
    const rows = await sinkRows(together, SINKS);

    await using apart = await Service.start(wire);
    // An engine has a client of its own: its queries share with nobody.
    const alone = await Promise.all(SINKS.map((name) => apart.engine(name, { serviceId: `${name}_` })));
    await apart.createTopic('events');
    for (const [at, sink] of SINKS.entries()) await alone[at]!.execute(`${SOURCE} ${statementOf(sink)}`);
    await apart.produce('events', events(0, RECORDS));
    const expected = await sinkRows(apart, SINKS);
    for (const sink of SINKS) {
      expect(expected[sink]!.length).toBeGreaterThan(0);
      expect(rows[sink]).toEqual(expected[sink]);
    }
  });
});
