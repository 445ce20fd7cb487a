INSERT INTO authors (author_name, email, handle) VALUES ('Cy', 'cy@example.org', 'cy');
