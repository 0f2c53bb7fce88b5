-- The same question as topology.ts, in SQL: how late were departures, by airport and hour?
CREATE STREAM IF NOT EXISTS flights (origin VARCHAR KEY, destination VARCHAR, delay INT, distance INT)
  WITH (KAFKA_TOPIC = 'flights', VALUE_FORMAT = 'JSON');

CREATE TABLE IF NOT EXISTS airports (iata VARCHAR PRIMARY KEY, name VARCHAR, city VARCHAR, state VARCHAR)
  WITH (KAFKA_TOPIC = 'airports', VALUE_FORMAT = 'JSON');

CREATE TABLE IF NOT EXISTS delays_by_hour WITH (KAFKA_TOPIC = 'delays-by-sql', VALUE_FORMAT = 'JSON') AS
  SELECT f.origin AS airport,
         LATEST_BY_OFFSET(a.name) AS name,
         COUNT(*) AS flights,
         SUM(f.delay) AS delay,
         MAX(f.delay) AS worst
  FROM flights f
  JOIN airports a ON f.origin = a.iata
  WINDOW TUMBLING (SIZE 1 HOUR)
  GROUP BY f.origin
  EMIT CHANGES;
