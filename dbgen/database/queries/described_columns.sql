-- Columns of tables and views. A domain counts as the type under it. A column of a view takes values where
-- the view passes them on, or where a trigger or an unconditional rule stands in (tgtype: 64 INSTEAD, 4 INSERT,
-- 16 UPDATE; ev_type: 2 UPDATE, 3 INSERT).
select a.attrelid::bigint, a.attnum::integer, a.attname::text,
       coalesce(bt.typname, t.typname)::text,
       coalesce(nbt.nspname, nt.nspname)::text,
       not (a.attnotnull or t.typtype = 'd' and t.typnotnull),
       a.atthasdef, a.attidentity::text, a.attgenerated::text,
       c.relkind = 'v' and (
           pg_column_is_updatable(c.oid, a.attnum, false)
           or exists (select from pg_trigger g
                       where g.tgrelid = c.oid and g.tgtype & 64 <> 0 and g.tgtype & 20 <> 0
                         and not g.tgisinternal)
           or exists (select from pg_rewrite w
                       where w.ev_class = c.oid and w.is_instead and w.ev_type in ('2', '3')
                         and w.ev_qual::text = '<>')),
       coalesce(col_description(c.oid, a.attnum), '')
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_type t on t.oid = a.atttypid
  join pg_namespace nt on nt.oid = t.typnamespace
  left join pg_type bt on t.typtype = 'd' and bt.oid = t.typbasetype
  left join pg_namespace nbt on nbt.oid = bt.typnamespace
 where n.nspname = current_setting('dbgen.schema')
   and a.attnum > 0 and not a.attisdropped
   and c.relkind in ('r', 'p', 'f', 'v', 'm')
   and (pg_has_role(c.relowner, 'USAGE')
        or has_column_privilege(c.oid, a.attnum, 'SELECT, INSERT, UPDATE, REFERENCES'))
