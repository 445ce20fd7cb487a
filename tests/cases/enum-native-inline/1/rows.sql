INSERT INTO things (tone) VALUES ('hi');
