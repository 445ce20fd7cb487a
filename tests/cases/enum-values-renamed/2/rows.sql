INSERT INTO orders (status) VALUES ('fresh');
