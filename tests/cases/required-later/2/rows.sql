INSERT INTO things (name, note, size) VALUES ('later', 'x', 3);
