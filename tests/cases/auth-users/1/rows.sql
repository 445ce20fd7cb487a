INSERT INTO notes (body) VALUES ('nobody''s');
