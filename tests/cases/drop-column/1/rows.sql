INSERT INTO products (id, name, sku, price, notes) VALUES ('00000000-0000-4000-8000-000000000001', 'Chair', 'C-1', 40, 'a note'), ('00000000-0000-4000-8000-000000000002', 'Lamp', NULL, 12.5, NULL);
