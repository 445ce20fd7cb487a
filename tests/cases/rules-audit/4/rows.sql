INSERT INTO accounts (id, display_name, initial) VALUES ('00000000-0000-4000-8000-000000000006', 'Eve', 'E');
