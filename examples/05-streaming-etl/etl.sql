-- What the tills of the shops send, as it is: texts, prices with a comma, and now and then nonsense.
CREATE STREAM tills (shop STRING KEY, sold_at STRING, item STRING, price STRING)
  WITH (KAFKA_TOPIC = 'tills', VALUE_FORMAT = 'JSON', PARTITIONS = 1);

-- What is known of the shops.
CREATE TABLE shops (id STRING PRIMARY KEY, city STRING, manager STRING)
  WITH (KAFKA_TOPIC = 'shops', VALUE_FORMAT = 'DELIMITED', PARTITIONS = 1);

-- Read once; what can't be read is null.
CREATE STREAM lines WITH (KAFKA_TOPIC = 'lines') AS
  SELECT
    shop,
    PARSE_TIMESTAMP(sold_at, 'yyyy-MM-dd HH:mm:ss') AS sold_at,
    UCASE(TRIM(item)) AS item,
    CAST(REPLACE(price, ',', '.') AS DECIMAL(8, 2)) AS amount,
    price AS as_sent
  FROM tills
  EMIT CHANGES;

-- Load: typed, with the shop's city, at the time of the sale, in Avro. The manager's name stays where it is.
CREATE STREAM sales WITH (KAFKA_TOPIC = 'sales', VALUE_FORMAT = 'AVRO', TIMESTAMP = 'SOLD_AT') AS
  SELECT lines.shop AS shop, city, item, amount, sold_at
  FROM lines
  JOIN shops ON lines.shop = shops.id
  WHERE amount IS NOT NULL AND sold_at IS NOT NULL
  EMIT CHANGES;

-- What did not get there has a topic too, with the reason.
CREATE STREAM rejected WITH (KAFKA_TOPIC = 'rejected') AS
  SELECT shop, CASE WHEN amount IS NULL THEN 'no price: ' + as_sent ELSE 'no time' END AS reason
  FROM lines
  WHERE amount IS NULL OR sold_at IS NULL
  EMIT CHANGES;
