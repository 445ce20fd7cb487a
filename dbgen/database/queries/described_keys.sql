-- Foreign keys of all schemas, and whether the columns, in their order, are a key of the table in its own.
select k.conname::text, s.nspname::text, c.relname::text, k.conrelid::bigint, k.conkey::integer[],
       array(select a.attname::text from unnest(k.conkey) with ordinality u(col, ord)
              join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.col order by ord),
       ts.nspname::text, t.relname::text, k.confrelid::bigint, k.confkey::integer[],
       array(select a.attname::text from unnest(k.confkey) with ordinality u(col, ord)
              join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.col order by ord),
       exists (select from pg_constraint o
                where o.conrelid = k.conrelid and o.contype in ('p', 'u')
                  and array(select unnest(o.conkey) order by 1) = k.conkey),
       k.conparentid = 0
  from pg_constraint k
  join pg_namespace s on s.oid = k.connamespace
  join pg_class c on c.oid = k.conrelid
  join pg_class t on t.oid = k.confrelid
  join pg_namespace ts on ts.oid = t.relnamespace
 where k.contype = 'f'
