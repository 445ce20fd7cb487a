insert into memos (id, writer_id, body) values
  ('00000000-0000-0000-0000-000000000006', '00000000-0000-0000-0000-00000000000a', 'three');
