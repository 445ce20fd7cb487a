-- Native enums, their values in order.
select t.typname::text, coalesce(array_agg(e.enumlabel::text order by e.enumsortorder)
         filter (where e.enumlabel is not null), '{}')
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  left join pg_enum e on e.enumtypid = t.oid
 where n.nspname = current_setting('dbgen.schema') and t.typtype = 'e'
 group by t.oid, t.typname
 order by t.typname
