CREATE STREAM orders (customer STRING KEY, item STRING, amount DECIMAL(8, 2))
  WITH (KAFKA_TOPIC = 'orders', VALUE_FORMAT = 'JSON', PARTITIONS = 3);

-- One row a customer, kept as orders come: to be asked for by key, or as a whole.
CREATE TABLE customers WITH (KAFKA_TOPIC = 'customers') AS
  SELECT
    customer,
    COUNT(*) AS orders,
    SUM(amount) AS spent,
    LATEST_BY_OFFSET(item) AS last_item
  FROM orders
  GROUP BY customer
  EMIT CHANGES;

-- The same by the hour: the key is a customer and a window.
CREATE TABLE hourly WITH (KAFKA_TOPIC = 'hourly') AS
  SELECT customer, COUNT(*) AS orders
  FROM orders
  WINDOW TUMBLING (SIZE 1 HOUR, RETENTION 7 DAYS, GRACE PERIOD 10 MINUTES)
  GROUP BY customer
  EMIT CHANGES;
