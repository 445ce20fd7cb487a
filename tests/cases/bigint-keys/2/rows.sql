INSERT INTO accounts (name) VALUES ('Eve');
