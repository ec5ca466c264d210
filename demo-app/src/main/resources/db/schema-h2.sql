CREATE ALIAS IF NOT EXISTS pause_ms FOR 'java.lang.Thread.sleep(long)';
CREATE TABLE IF NOT EXISTS orders (id BIGINT PRIMARY KEY, customer VARCHAR(40), item VARCHAR(40), quantity INT);
MERGE INTO orders KEY (id) VALUES (1, 'ada', 'kettle', 1), (2, 'ada', 'teapot', 2), (3, 'grace', 'cup', 12);
