INSERT INTO accounts (id, name, email, phone, website) VALUES
    ('00000000-0000-4000-8000-000000000004', 'Fabrikam', 'x@example.com', '+1 555 0100', 'https://example.com');
