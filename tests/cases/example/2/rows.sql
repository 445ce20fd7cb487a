INSERT INTO locations (id, account_id, name, address_line1, city) VALUES
    ('00000000-0000-4000-8000-000000000011', '00000000-0000-4000-8000-000000000001', 'Head office', 'Kaj 1', 'Oslo');
INSERT INTO accounts (id, name, primary_location_id) VALUES
    ('00000000-0000-4000-8000-000000000003', 'Contoso', '00000000-0000-4000-8000-000000000011');
INSERT INTO contacts (id, account_id, first_name, last_name, email) VALUES
    ('00000000-0000-4000-8000-000000000021', '00000000-0000-4000-8000-000000000003', 'Ada', 'Lovelace', 'ada@example.com');
