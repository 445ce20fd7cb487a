INSERT INTO products (name, sku, price, weight, rating, contact, notes, sold_from, sold_at, scores, state, code, tags)
VALUES ('Screw', 'ABC-0001', 0.05, 0.1, 0.9, 'ann@example.org', 'It''s OK', '2020-01-01', '2024-02-29Z', '{1,5,NULL}', 'new', '20', '{ab}'),
       ('Nail', NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
