INSERT INTO authors (author_name, email, handle) VALUES ('Ann', 'ann@example.org', 'ann'), ('Bo', NULL, 'bo');
INSERT INTO posts (author_id, by_handle, title, slug, body, tags, data, state)
SELECT id, 'bo', 'Hello', 'hello', 'Some words', '{a,b}', '{"a": 1}', 'open' FROM authors WHERE handle = 'ann';
INSERT INTO topics (title, name) VALUES ('T', 'N');
INSERT INTO post_topics (post_id, topic_id) SELECT p.id, t.id FROM posts p, topics t;
