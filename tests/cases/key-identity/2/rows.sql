INSERT INTO counters (id, name) VALUES (100, 'hundred');
