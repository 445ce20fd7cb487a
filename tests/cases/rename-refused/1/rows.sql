INSERT INTO accounts (name) VALUES ('Ada');
