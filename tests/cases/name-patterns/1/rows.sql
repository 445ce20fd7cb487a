INSERT INTO "People" ("lastName") VALUES ('Lovelace');
