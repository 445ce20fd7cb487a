INSERT INTO "User" ("größe") VALUES (3);
INSERT INTO "order" ("select", "user") VALUES ('s', 'u');
INSERT INTO "we""ird ' $table$;--" ("1st") VALUES ('x');
