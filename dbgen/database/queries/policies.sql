-- Policies with the columns of the schema's tables that they read, each with whether it is one that allows.
select c.relname::text, p.polname::text,
       case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE'
            when 'd' then 'DELETE' else 'ALL' end,
       array(select r.rolname::text from unnest(p.polroles) role (oid) join pg_roles r on r.oid = role.oid
              order by r.rolname),
       pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid),
       coalesce(reads.tables, '{}'), coalesce(reads.columns, '{}'),
       p.polpermissive
  from pg_policy p
  join pg_class c on c.oid = p.polrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join lateral (
    select array_agg(t.relname::text order by t.relname, a.attname) as tables,
           array_agg(a.attname::text order by t.relname, a.attname) as columns
      from pg_depend d
      join pg_class t on t.oid = d.refobjid and t.relnamespace = c.relnamespace
      join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid and a.attnum > 0
     where d.classid = 'pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_class'::regclass
  ) reads on true
 where n.nspname = current_setting('dbgen.schema') and c.relkind = 'r' and not c.relispartition
 order by c.relname, p.polname
