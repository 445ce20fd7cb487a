-- Keys, uniques, checks and foreign keys, each with whether its parts are all there is to it: then the
-- definition made of them is PostgreSQL's own, in every version.
with parts as (
  select c.relname, k.oid, k.conname, k.contype, k.conrelid, k.confrelid,
         pg_get_constraintdef(k.oid) as definition,
         pg_get_expr(k.conbin, k.conrelid) as expression,
         own.names as columns, own.quoted as quoted,
         tn.nspname as target_schema, t.relname as target,
         theirs.names as target_columns, theirs.quoted as target_quoted,
         case k.confdeltype when 'a' then 'NO ACTION' when 'r' then 'RESTRICT' when 'c' then 'CASCADE'
              when 'n' then 'SET NULL' when 'd' then 'SET DEFAULT' end as on_delete
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_class t on t.oid = k.confrelid
    left join pg_namespace tn on tn.oid = t.relnamespace
    left join lateral (
      select array_agg(a.attname::text order by key.place) as names,
             string_agg(quote_ident(a.attname), ', ' order by key.place) as quoted
        from unnest(k.conkey) with ordinality key (number, place)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = key.number
    ) own on true
    left join lateral (
      select array_agg(a.attname::text order by key.place) as names,
             string_agg(quote_ident(a.attname), ', ' order by key.place) as quoted
        from unnest(k.confkey) with ordinality key (number, place)
        join pg_attribute a on a.attrelid = k.confrelid and a.attnum = key.number
    ) theirs on true
   where n.nspname = current_setting('dbgen.schema')
     and c.relkind = 'r' and not c.relispartition
     and k.contype in ('p', 'u', 'c', 'f', 'x')
)
select relname::text, conname::text, contype::text, coalesce(columns, '{}'), expression,
       target_schema::text, target::text, coalesce(target_columns, '{}'), on_delete, definition,
       coalesce(definition = case contype
         when 'p' then 'PRIMARY KEY (' || quoted || ')'
         when 'u' then 'UNIQUE (' || quoted || ')'
         when 'c' then 'CHECK (' || expression || ')'
         when 'f' then 'FOREIGN KEY (' || quoted || ') REFERENCES ' || quote_ident(target_schema) || '.'
              || quote_ident(target) || '(' || target_quoted || ')'
              || case on_delete when 'NO ACTION' then '' else ' ON DELETE ' || on_delete end
       end, false)
  from parts
 order by relname, conname
