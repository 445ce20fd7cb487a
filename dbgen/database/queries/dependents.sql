-- What hangs on tables, or columns of them, that are about to go or to change. dbgen.doomed is a JSON list of
-- [table, column or null]. Policies and triggers of a table that goes whole are kept with it.
with doomed as (
  select c.oid, c.reltype, y.typarray, c.relname::text as name, d.value ->> 1 as column_name, a.attnum
    from jsonb_array_elements(current_setting('dbgen.doomed')::jsonb) d
    join pg_class c on c.relname = d.value ->> 0 and c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    left join pg_type y on y.oid = c.reltype
    left join pg_attribute a on a.attrelid = c.oid and a.attname = d.value ->> 1 and not a.attisdropped
), hanging as (
  select m.name, m.column_name, p.classid, p.objid
    from doomed m
    join pg_depend p on p.deptype = 'n'
     and (p.refclassid = 'pg_class'::regclass and p.refobjid = m.oid
          and (m.column_name is null or p.refobjsubid = m.attnum)
          or m.column_name is null and p.refclassid = 'pg_type'::regclass
             and p.refobjid in (m.reltype, m.typarray))
)
select distinct h.name, h.column_name,
       case when r.oid is null then pg_describe_object(h.classid, h.objid, 0)
            else pg_describe_object('pg_class'::regclass, r.ev_class, 0) end,
       case when k.contype = 'f' then 'constraint' when q.oid is not null then 'policy'
            when g.oid is not null then 'trigger' end,
       case when k.contype = 'f' or q.oid is not null or g.oid is not null then f.relname::text end,
       case when k.contype = 'f' then k.conname::text else coalesce(q.polname, g.tgname)::text end
  from hanging h
  left join pg_rewrite r on h.classid = 'pg_rewrite'::regclass and r.oid = h.objid
  left join pg_constraint k on h.classid = 'pg_constraint'::regclass and k.oid = h.objid
  left join pg_policy q on h.classid = 'pg_policy'::regclass and q.oid = h.objid
  left join pg_trigger g on h.classid = 'pg_trigger'::regclass and g.oid = h.objid
  left join pg_class f on f.oid = coalesce(k.conrelid, q.polrelid, g.tgrelid)
  left join pg_class o on o.relname = h.name and o.relnamespace = 'public'::regnamespace
 where r.oid is not null and r.ev_class <> o.oid
    or h.classid = 'pg_proc'::regclass
    or k.contype = 'f'
    or q.oid is not null and (h.column_name is not null or q.polrelid <> o.oid)
    or h.classid = 'pg_trigger'::regclass and h.column_name is not null
    or h.classid = 'pg_class'::regclass and h.objid <> o.oid
 order by 1, 2, 3
