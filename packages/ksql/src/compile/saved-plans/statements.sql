-- What the plans of each version in these folders were made of; add at the end.
CREATE STREAM flights (id STRING KEY, carrier STRING, delay INT, fare DECIMAL(8, 2), legs ARRAY<STRUCT<origin STRING>>, tags MAP<STRING, INT>, seen TIMESTAMP)
  WITH (kafka_topic = 'flights', value_format = 'JSON');
CREATE STREAM landings (id STRING KEY, gate INT) WITH (kafka_topic = 'landings', value_format = 'DELIMITED');
CREATE STREAM takeoffs (id INT KEY, flight STRING, trace ARRAY<STRUCT<key STRING, value BYTES>> HEADERS) WITH (kafka_topic = 'takeoffs', format = 'PROTOBUF_NOSR');
CREATE TABLE carriers (code STRING PRIMARY KEY, name STRING) WITH (kafka_topic = 'carriers', value_format = 'JSON');
CREATE TABLE planes (tail STRING PRIMARY KEY, owner STRING) WITH (kafka_topic = 'planes', value_format = 'JSON');
CREATE TABLE countries (code STRING PRIMARY KEY, country STRING) WITH (kafka_topic = 'countries', value_format = 'JSON');
CREATE STREAM late WITH (value_format = 'DELIMITED') AS SELECT id, UCASE(carrier) AS carrier, delay / 60 AS lost FROM flights WHERE delay > 60;
CREATE STREAM by_carrier WITH (partitions = 2) AS SELECT * FROM flights PARTITION BY carrier;
CREATE STREAM by_two WITH (key_format = 'JSON') AS SELECT * FROM flights PARTITION BY carrier, delay;
CREATE STREAM origins AS SELECT id, EXPLODE(legs)->origin AS origin FROM flights;
CREATE STREAM lambdas AS SELECT id, TRANSFORM(tags, (k, v) => UCASE(k), (k, v) => v + 1) AS tags, CASE WHEN delay > 5 THEN 'late' ELSE 'on time' END AS state FROM flights;
CREATE STREAM timed WITH (timestamp = 'seen') AS SELECT id, seen, ROWTIME AS was FROM flights;
CREATE STREAM traced AS SELECT id, flight, trace[1]->key AS first FROM takeoffs;
CREATE TABLE counts AS SELECT carrier, COUNT(*) AS n, AVG(delay + 1) AS mean FROM flights GROUP BY carrier HAVING COUNT(*) > 2;
CREATE TABLE tumbled AS SELECT carrier, SUM(fare) AS fares FROM flights WINDOW TUMBLING (SIZE 1 HOUR, GRACE PERIOD 5 MINUTES) GROUP BY carrier;
CREATE TABLE hopped AS SELECT carrier, COLLECT_LIST(delay) AS delays FROM flights WINDOW HOPPING (SIZE 1 HOUR, ADVANCE BY 10 MINUTES, RETENTION 1 DAY, GRACE PERIOD 1 MINUTE) GROUP BY carrier;
CREATE TABLE sessions AS SELECT id, COUNT(*) AS n FROM flights WINDOW SESSION (10 MINUTES, GRACE PERIOD 1 MINUTE) GROUP BY id;
CREATE TABLE finals AS SELECT id, MAX(delay) AS worst FROM flights WINDOW TUMBLING (SIZE 1 HOUR, GRACE PERIOD 5 MINUTES) GROUP BY id EMIT FINAL;
CREATE TABLE owners AS SELECT owner, COUNT(*) AS planes FROM planes GROUP BY owner;
CREATE TABLE pairs WITH (key_format = 'JSON') AS SELECT carrier, delay, LATEST_BY_OFFSET(id) AS id FROM flights GROUP BY carrier, delay;
CREATE STREAM named AS SELECT f.id, f.carrier, c.name FROM flights f LEFT JOIN carriers c ON f.carrier = c.code;
CREATE STREAM landed AS SELECT ROWKEY AS id, f.delay, l.gate FROM flights f FULL OUTER JOIN landings l WITHIN 1 HOUR GRACE PERIOD 10 MINUTES ON f.id = l.id;
CREATE TABLE places AS SELECT c.code, c.name, n.country FROM carriers c LEFT JOIN countries n ON c.code = n.code;
CREATE TABLE fleet AS SELECT p.tail, p.owner, c.name FROM planes p JOIN carriers c ON p.owner = c.code;
CREATE STREAM three AS SELECT f.id, c.name, l.gate FROM flights f JOIN landings l WITHIN (0 SECONDS, 1 HOUR) ON f.id = l.id LEFT JOIN carriers c ON l.id = c.code;
INSERT INTO late SELECT id, carrier, delay AS lost FROM flights WHERE delay < 0;
