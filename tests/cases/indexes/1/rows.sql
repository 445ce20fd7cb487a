INSERT INTO posts (title, state, tags, data) VALUES ('t', 'open', '{a}', '{}');
