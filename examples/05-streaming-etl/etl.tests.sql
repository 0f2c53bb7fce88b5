--@test: a sale is typed, joined with its shop, and has its own time
RUN SCRIPT 'etl.sql';
INSERT INTO shops (id, city, manager) VALUES ('s1', 'Oslo', 'Ada');
INSERT INTO tills (shop, sold_at, item, price) VALUES ('s1', '2026-11-21 09:00:00', ' tea', '3,20');
ASSERT VALUES sales (rowtime, shop, city, item, amount) VALUES (1795251600000, 's1', 'Oslo', 'TEA', 3.20);

--@test: what has no price or no time is rejected, with the reason
RUN SCRIPT 'etl.sql';
INSERT INTO tills (shop, sold_at, item, price) VALUES ('s1', '2026-11-21 09:00:00', 'ink', 'free');
INSERT INTO tills (shop, sold_at, item, price) VALUES ('s1', 'yesterday', 'ink', '1');
ASSERT VALUES rejected (shop, reason) VALUES ('s1', 'no price: free');
ASSERT VALUES rejected (shop, reason) VALUES ('s1', 'no time');
