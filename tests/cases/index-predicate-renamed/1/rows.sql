INSERT INTO posts (title, state) VALUES ('t', 'open');
