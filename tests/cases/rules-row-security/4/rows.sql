insert into countries values ('00000000-0000-0000-0000-000000000007');
