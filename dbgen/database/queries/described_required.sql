-- Columns under views that are never NULL.
select distinct a.attrelid::bigint, a.attnum::integer
  from pg_rewrite r
  join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
                  and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
  join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
  join pg_type t on t.oid = a.atttypid
 where r.rulename = '_RETURN' and (a.attnotnull or t.typtype = 'd' and t.typnotnull)
