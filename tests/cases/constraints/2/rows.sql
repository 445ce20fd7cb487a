INSERT INTO products (name, price, origin) VALUES ('Bolt', 999999.99, 'France');
