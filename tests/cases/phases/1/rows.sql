INSERT INTO products (name) VALUES ('Chair');
