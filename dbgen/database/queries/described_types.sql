-- The types of all schemas: an enum's values, the attributes of a type made by CREATE TYPE … AS (…).
select t.oid::bigint, t.typname::text, n.nspname::text, format_type(t.oid, null),
       array(select e.enumlabel::text from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder),
       array(select a.attname::text from pg_attribute a
              where a.attrelid = c.oid and c.relkind = 'c' and not a.attisdropped order by a.attnum),
       array(select a.atttypid::bigint from pg_attribute a
              where a.attrelid = c.oid and c.relkind = 'c' and not a.attisdropped order by a.attnum),
       nullif(t.typrelid, 0)::bigint
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  left join pg_class c on c.oid = t.typrelid
 where t.typrelid = 0 or c.relkind in ('c', 'r', 'v', 'm', 'p', 'f')
