INSERT INTO accounts (id, display_name, card, initial) VALUES ('00000000-0000-4000-8000-000000000005', 'Dan', '4333', 'D');
