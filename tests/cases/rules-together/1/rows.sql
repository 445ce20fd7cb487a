insert into users (id, name, email) values ('00000000-0000-0000-0000-00000000000a', 'Ann', 'ann@example.org');
insert into organizations values ('00000000-0000-0000-0000-0000000000f0');
insert into memberships values ('00000000-0000-0000-0000-0000000000f0', '00000000-0000-0000-0000-00000000000a');
insert into notes (id, author_id, body, created_at, mood) values
  ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-00000000000a', 'one', '2020-01-01', 'Good');
insert into tasks (id, organization_id) values
  ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-0000000000f0');
insert into countries values ('00000000-0000-0000-0000-000000000003');
insert into note_countries values ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000003');
