INSERT INTO authors (author_name, email, handle) VALUES ('Di', 'di@example.org', 'di');
