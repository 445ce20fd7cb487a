INSERT INTO orders (status, seen) VALUES ('new', '{new,lost}'), ('it''s paid', NULL), ('lost', '{}');
