INSERT INTO products (title, price, origin, state) VALUES ('Its', 0.1, 'France', 'new');
