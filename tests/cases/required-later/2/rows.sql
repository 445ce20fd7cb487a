INSERT INTO things (name, note) VALUES ('later', 'x');
