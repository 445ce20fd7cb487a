INSERT INTO accounts (name) VALUES ('Ada'), ('Bob');
INSERT INTO orders (account_id) VALUES (2);
