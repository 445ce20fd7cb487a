INSERT INTO orders (marks) VALUES ('{new,paid}'), (NULL);
