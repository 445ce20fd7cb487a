-- Indexes that no constraint owns, each with whether table, method, columns or one expression, and predicate are
-- all there is to it: no INCLUDE, order, collation, operator class or storage parameter of its own. The columns
-- that an expression reads stand in its parse tree alone.
with parts as (
  select t.relname as table_name, c.relname as index_name, i.indisunique, am.amname,
         pg_get_expr(i.indpred, i.indrelid) as predicate,
         pg_get_indexdef(i.indexrelid) as definition,
         i.indisvalid and i.indisready as usable,
         n.nspname, own.expression,
         case when own.expression is null then keys.names else read.names end as names,
         case when own.expression is null then keys.quoted
              else pg_get_indexdef(i.indexrelid, 1, false) end as quoted
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    join pg_class t on t.oid = i.indrelid
    join pg_namespace n on n.oid = t.relnamespace
    join pg_am am on am.oid = c.relam
    left join lateral (
      select array_agg(a.attname::text order by key.place) as names,
             string_agg(quote_ident(a.attname), ', ' order by key.place) as quoted
        from unnest(i.indkey::smallint[]) with ordinality key (number, place)
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = key.number
    ) keys on true
    left join lateral (
      select case when i.indnatts = 1 then pg_get_expr(i.indexprs, i.indrelid) end as expression
    ) own on true
    left join lateral (
      select array_agg(distinct a.attname::text order by a.attname::text) as names
        from regexp_matches(i.indexprs::text, ':varattno (\d+)', 'g') found (number)
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = found.number[1]::smallint
    ) read on true
   where n.nspname = current_setting('dbgen.schema')
     and t.relkind = 'r' and not t.relispartition
     and not exists (select from pg_constraint k
                      where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
)
select table_name::text, index_name::text, coalesce(names, '{}'), indisunique, amname::text, predicate,
       expression, definition,
       usable and coalesce(definition = 'CREATE ' || case when indisunique then 'UNIQUE ' else '' end
         || 'INDEX ' || quote_ident(index_name) || ' ON ' || quote_ident(nspname) || '.'
         || quote_ident(table_name) || ' USING ' || quote_ident(amname) || ' (' || quoted || ')'
         || coalesce(' WHERE ' || predicate, ''), false)
  from parts
 order by table_name, index_name
