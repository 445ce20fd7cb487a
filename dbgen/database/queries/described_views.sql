-- The schema's views with their rules, and the views that these are made from, whatever their schema.
with recursive closure(oid) as (
    select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = current_setting('dbgen.schema') and c.relkind in ('v', 'm')
    union
    select d.refobjid
      from closure v
      join pg_rewrite r on r.ev_class = v.oid and r.rulename = '_RETURN'
      join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
                      and d.refclassid = 'pg_class'::regclass
      join pg_class c on c.oid = d.refobjid and c.relkind in ('v', 'm')
)
select c.oid::bigint, n.nspname::text, c.relname::text, r.rulename = '_RETURN', r.ev_action::text,
       array(select a.attname::text from pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 order by a.attnum)
  from closure v
  join pg_class c on c.oid = v.oid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_rewrite r on r.ev_class = c.oid
 order by c.oid, r.oid
