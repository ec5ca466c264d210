CREATE OR REPLACE FUNCTION pause_ms(ms INT) RETURNS VOID LANGUAGE sql AS 'SELECT pg_sleep(ms / 1000.0)';
CREATE TABLE IF NOT EXISTS orders (id BIGINT PRIMARY KEY, customer VARCHAR(40), item VARCHAR(40), quantity INT);
INSERT INTO orders VALUES (1, 'ada', 'kettle', 1), (2, 'ada', 'teapot', 2), (3, 'grace', 'cup', 12) ON CONFLICT DO NOTHING;
