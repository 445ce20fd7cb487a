INSERT INTO accounts (id, name, type, status) VALUES
    ('00000000-0000-4000-8000-000000000001', 'Northwind', 'Customer', 'Active'),
    ('00000000-0000-4000-8000-000000000002', 'O''Brien & Søn', 'Supplier', 'Pending');
