import { parse } from '../../syntax/parse.ts';

/** The sources that fuzzed statements find: all formats, a windowed one, nested types, keys of one column and of two. */
export const SOURCES = `
  CREATE STREAM flights (id STRING KEY, carrier STRING, delay INT, distance BIGINT, fare DECIMAL(8, 2), ratio DOUBLE,
    cancelled BOOLEAN, tags ARRAY<STRING>, codes MAP<STRING, INT>, leg STRUCT<origin STRING, stops ARRAY<INT>>,
    day DATE, hour TIME, seen TIMESTAMP, raw BYTES, heads ARRAY<STRUCT<key STRING, value BYTES>> HEADERS)
    WITH (kafka_topic='flights', value_format='JSON');
  CREATE STREAM landings (id STRING KEY, gate INT, landed BIGINT) WITH (kafka_topic='landings', value_format='DELIMITED');
  CREATE STREAM clicks (page INT KEY, who STRING) WITH (kafka_topic='clicks', format='AVRO');
  CREATE STREAM calls (a INT KEY, b STRING KEY, n BIGINT) WITH (kafka_topic='calls', format='PROTOBUF');
  CREATE STREAM sessions (id STRING KEY, n INT)
    WITH (kafka_topic='sessions', value_format='JSON', window_type='SESSION');
  CREATE TABLE carriers (code STRING PRIMARY KEY, name STRING, fleet INT)
    WITH (kafka_topic='carriers', value_format='JSON');
  CREATE TABLE planes (tail STRING PRIMARY KEY, owner STRING) WITH (kafka_topic='planes', value_format='JSON');
  CREATE TYPE address AS STRUCT<street STRING, zip INT>;
  CREATE TABLE delays AS SELECT carrier, COUNT(*) AS n, AVG(delay) AS mean FROM flights GROUP BY carrier;
  CREATE TABLE hourly AS SELECT carrier, SUM(delay) AS total FROM flights WINDOW TUMBLING (SIZE 1 HOUR)
    GROUP BY carrier;
`;

/** What mutations start from: each kind of statement, clause and expression at least once. */
export const STATEMENTS: readonly string[] = splitStatements(`
  CREATE OR REPLACE STREAM s (id BIGINT KEY, v VARCHAR, x DECIMAL(10, 3)) WITH (KAFKA_TOPIC='s',
    VALUE_FORMAT='JSON', PARTITIONS=3);
  CREATE SOURCE TABLE t (id INT PRIMARY KEY, home address, born BIGINT) WITH (KAFKA_TOPIC='t', FORMAT='JSON',
    TIMESTAMP='born');
  CREATE TABLE IF NOT EXISTS w (k STRING PRIMARY KEY, v MAP<STRING, ARRAY<STRUCT<a INT, b DOUBLE>>>) WITH
    (KAFKA_TOPIC='w', KEY_FORMAT='KAFKA', VALUE_FORMAT='AVRO', WRAP_SINGLE_VALUE=false);
  CREATE STREAM h (k STRING KEY, v INT, one BYTES HEADER('one')) WITH (kafka_topic='h',
    value_format='DELIMITED', value_delimiter='SPACE');
  CREATE STREAM late AS SELECT id, UCASE(carrier) AS carrier, delay / 60.0 AS spent FROM flights WHERE delay >
    60 AND NOT cancelled EMIT CHANGES;
  CREATE STREAM rich WITH (value_format='AVRO', partitions=2) AS SELECT f.*, leg->origin AS origin, tags[1] AS
    tag, codes['x'] AS code FROM flights f PARTITION BY f.id;
  CREATE STREAM parts AS SELECT id, EXPLODE(tags) AS tag, EXPLODE(leg->stops) AS stop FROM flights;
  CREATE TABLE counts WITH (key_format='JSON') AS SELECT carrier, cancelled, COUNT(*) AS n, COLLECT_LIST(delay)
    AS every, MAX(distance) - MIN(distance) AS span FROM flights WINDOW HOPPING (SIZE 1 HOUR, ADVANCE BY 10
    MINUTES, RETENTION 2 DAYS, GRACE PERIOD 5 MINUTES) GROUP BY carrier, cancelled HAVING COUNT(*) > 3 EMIT
    FINAL;
  CREATE TABLE visits AS SELECT who, COUNT_DISTINCT(page) AS pages, WINDOWSTART AS began FROM clicks WINDOW
    SESSION (30 SECONDS) GROUP BY who;
  CREATE TABLE top AS SELECT LCASE(owner) AS o, COUNT(*) AS n, COLLECT_LIST(tail) AS tails FROM planes GROUP BY
    LCASE(owner);
  CREATE STREAM landed AS SELECT f.id, f.delay, l.gate FROM flights f LEFT OUTER JOIN landings l WITHIN (1 HOUR,
    2 HOURS) GRACE PERIOD 10 MINUTES ON f.id = l.id;
  CREATE STREAM named AS SELECT f.id, f.carrier, c.name FROM flights f INNER JOIN carriers c ON f.carrier =
    c.code WHERE c.fleet > 10;
  CREATE TABLE fleet AS SELECT p.tail, p.owner, c.name FROM planes p JOIN carriers c ON p.owner = c.code;
  CREATE TABLE both AS SELECT ROWKEY, p.owner, c.name FROM planes p FULL OUTER JOIN carriers c ON p.tail =
    c.code;
  CREATE STREAM three AS SELECT l.id, gate, name, n FROM landings l JOIN carriers c ON l.id = c.code LEFT JOIN
    delays d ON c.code = d.carrier;
  INSERT INTO landings SELECT id, delay AS gate, distance AS landed FROM flights;
  INSERT INTO flights (id, carrier, delay, tags, codes, leg) VALUES ('a', 'LH', 3 + 4, ARRAY['x', 'y'], MAP('k'
    := 1), STRUCT(origin := 'FRA', stops := ARRAY[1, 2]));
  INSERT INTO flights (ROWTIME, id, fare, ratio, day, hour, seen) VALUES (1234, 'b', 12.50, 1.5E3, '2024-02-29',
    '12:00:01', '2024-01-01T00:00:00.123');
  INSERT INTO landings VALUES (LPAD('a', 5, 'b') || RPAD('a', 5, 'b') || REPLACE('abc', 'b', 'xyz') ||
    SUBSTRING('abc', 2, 1), LEN(CONCAT('a', 'b')) + INSTR('abc', 'c') + 7 / 2 * 3 % 5, 1 + 2147483647 -
    ABS(-3));
  INSERT INTO flights (id, tags, delay, distance) VALUES (REGEXP_REPLACE('aab', 'a+', 'x'), SLICE(ARRAY['x',
    'y', 'z'], 1, 2), GENERATE_SERIES(1, 5)[2], CAST(ROUND(12.345, 2) AS BIGINT) + CAST(POWER(2, 10) AS
    BIGINT));
  INSERT INTO flights (id, carrier, fare, seen) VALUES (INITCAP('x y'),
    FORMAT_TIMESTAMP(PARSE_TIMESTAMP('2024-01-02', 'yyyy-MM-dd'), 'dd.MM.yyyy HH:mm'), CAST('12.5' AS DECIMAL(8,
    2)), TIMESTAMPADD(DAYS, 3, FROM_UNIXTIME(1700000000000)));
  INSERT INTO landings VALUES ('x', NULL, -9223372036854775808);
  SELECT * FROM delays WHERE carrier = 'LH';
  SELECT carrier, total FROM hourly WHERE carrier IN ('LH', 'AF') AND WINDOWSTART >= '2024-01-01T00:00' AND
    WINDOWEND < 1800000000000 LIMIT 3;
  SELECT n + 1, UCASE(carrier) FROM delays;
  SELECT id, CASE WHEN delay < 0 THEN 'early' WHEN delay BETWEEN 0 AND 5 THEN 'on time' ELSE 'late' END AS how
    FROM flights EMIT CHANGES LIMIT 5;
  SELECT id, CASE carrier WHEN 'LH' THEN 1 ELSE 2 END, CAST(delay AS STRING) || '!' , CAST(fare AS DECIMAL(4,
    1)) FROM flights WHERE carrier LIKE 'L%' ESCAPE '!' OR carrier IS NOT NULL EMIT CHANGES;
  SELECT TRANSFORM(tags, x => UCASE(x) || 'z'), REDUCE(leg->stops, 0, (s, x) => s + x), FILTER(codes, (k, v) =>
    v > 1) FROM flights EMIT CHANGES;
  SELECT SUBSTRING(carrier, 1, 2), ROUND(fare, 1), ABS(-delay), COALESCE(carrier, 'none'),
    TIMESTAMPTOSTRING(ROWTIME, 'yyyy-MM-dd', 'UTC'), DATEADD(DAYS, 3, day), EXTRACTJSONFIELD(carrier, '$.a[0]'),
    SPLIT(carrier, ','), AS_MAP(tags, leg->stops) FROM flights EMIT CHANGES;
  SELECT id, delay * 2 % 7 - +3, distance + fare, (ratio = 1.5E0) IS DISTINCT FROM cancelled, day >
    '2020-01-01', seen, DATE '2020-02-03' FROM flights WHERE NOT (delay <> 3 AND ratio <= 1e-3) EMIT CHANGES;
  DROP STREAM IF EXISTS landings DELETE TOPIC;
  DROP TABLE planes;
  ALTER STREAM landings ADD COLUMN extra STRUCT<a INT, b ARRAY<STRING>>, ADD COLUMN more DECIMAL(3, 1);
  CREATE TYPE IF NOT EXISTS place AS STRUCT<name VARCHAR, spot MAP<STRING, DOUBLE>>;
  DROP TYPE IF EXISTS address;
  EXPLAIN SELECT * FROM flights EMIT CHANGES;
  DESCRIBE flights EXTENDED;
  SHOW ALL TOPICS EXTENDED;
  PRINT 'flights' FROM BEGINNING INTERVAL 2 LIMIT 3;
  TERMINATE ALL;
  PAUSE CTAS_DELAYS_1;
  SET 'auto.offset.reset' = 'earliest';
  UNSET 'auto.offset.reset';
  DEFINE name = 'flights';
  ASSERT TOPIC flights WITH (partitions=4) TIMEOUT 3 SECONDS;
  CREATE SOURCE CONNECTOR c WITH ('connector.class' = 'x');
`);

function splitStatements(text: string): readonly string[] {
  return parse(text).map((statement) => statement.text);
}
