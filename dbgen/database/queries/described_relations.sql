-- What clients can read, and which views take rows: by themselves, or by INSTEAD OF triggers and rules
-- (bits as in information_schema.views).
select c.oid::bigint, c.relname::text, c.relkind::text,
       case when c.relkind = 'v' then pg_relation_is_updatable(c.oid, true) & 8 else 8 end = 8,
       case when c.relkind = 'v' then pg_relation_is_updatable(c.oid, true) & 4 else 4 end = 4
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = current_setting('dbgen.schema')
   and c.relkind in ('r', 'p', 'f', 'v', 'm')
   and (c.relkind in ('f', 'v', 'm')
        or pg_has_role(c.relowner, 'USAGE')
        or has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
        or has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))
