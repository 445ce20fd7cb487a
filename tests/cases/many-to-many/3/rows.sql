INSERT INTO people (name) VALUES ('Ada'), ('Bob');
INSERT INTO person_people VALUES (1, 2);
