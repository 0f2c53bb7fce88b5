CREATE STREAM payments (card STRING KEY, id STRING, city STRING, amount DOUBLE)
  WITH (KAFKA_TOPIC = 'payments', VALUE_FORMAT = 'JSON', PARTITIONS = 1);

-- Too many: more than three payments of a card within half a minute. Each window speaks once, when it is over;
-- RETENTION is how long it can wait for that in a stream that stands still and then jumps.
CREATE TABLE too_many WITH (KAFKA_TOPIC = 'too-many') AS
  SELECT card, COUNT(*) AS payments, SUM(amount) AS spent
  FROM payments
  WINDOW TUMBLING (SIZE 30 SECONDS, RETENTION 1 HOUR, GRACE PERIOD 5 SECONDS)
  GROUP BY card
  HAVING COUNT(*) > 3
  EMIT FINAL;

-- Too much: the last payment is three times the mean, where there are enough of them to speak of a mean.
CREATE TABLE too_much WITH (KAFKA_TOPIC = 'too-much') AS
  SELECT card, LATEST_BY_OFFSET(id) AS id, LATEST_BY_OFFSET(amount) AS amount, AVG(amount) AS mean
  FROM payments
  GROUP BY card
  HAVING COUNT(*) > 3 AND LATEST_BY_OFFSET(amount) > 3 * AVG(amount)
  EMIT CHANGES;

-- Too far: a card is in two cities within ten minutes. A topic is read once by a query, so that the other side has its own.
CREATE STREAM later WITH (KAFKA_TOPIC = 'later') AS SELECT * FROM payments EMIT CHANGES;

CREATE STREAM too_far WITH (KAFKA_TOPIC = 'too-far') AS
  SELECT first.card AS card, first.id AS id, first.city AS city, later.id AS other_id, later.city AS other_city
  FROM payments AS first
  JOIN later WITHIN (0 SECONDS, 10 MINUTES) GRACE PERIOD 1 MINUTE ON first.card = later.card
  WHERE first.city <> later.city
  EMIT CHANGES;
