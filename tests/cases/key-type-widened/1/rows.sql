INSERT INTO owners (name) VALUES ('Ada'), ('Bob');
INSERT INTO pets (owner_id) VALUES (1), (2), (NULL);
