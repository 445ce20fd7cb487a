INSERT INTO order_lines VALUES (1, 1, 'a'), (1, 2, NULL), (2, 3, 'c');
