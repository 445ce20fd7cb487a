-- What hangs on tables, or stands beside them, that the model cannot hold.
with tables as (
  select c.oid, c.relname::text as name, c.relkind, c.relrowsecurity, c.relforcerowsecurity,
         c.relacl, c.relowner
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = current_setting('dbgen.schema')
     and c.relkind in ('r', 'v', 'm', 'p', 'f') and not c.relispartition
)
select name, 'row security', name,
       case when relforcerowsecurity then 'FORCE ROW LEVEL SECURITY' else 'ENABLE ROW LEVEL SECURITY' end
  from tables where relforcerowsecurity or relrowsecurity and relkind <> 'r'
union all
select t.name, 'generated column', a.attname::text, pg_get_expr(d.adbin, d.adrelid)
  from tables t
  join pg_attribute a on a.attrelid = t.oid and a.attgenerated <> '' and not a.attisdropped
  join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
 where t.relkind = 'r'
union all
select t.name, 'identity', a.attname::text, 'GENERATED ALWAYS AS IDENTITY'
  from tables t join pg_attribute a on a.attrelid = t.oid and a.attidentity = 'a' and not a.attisdropped
union all
select t.name, 'column grant', a.attname::text,
       string_agg(acl.privilege_type || ' TO ' || coalesce(quote_ident(r.rolname), 'PUBLIC'), ', '
                  order by r.rolname, acl.privilege_type)
  from tables t
  join pg_attribute a on a.attrelid = t.oid and not a.attisdropped and a.attacl is not null
  cross join lateral aclexplode(a.attacl) acl
  left join pg_roles r on r.oid = acl.grantee
 group by t.oid, t.name, a.attname
union all
select t.name, 'grant', coalesce(r.rolname, 'PUBLIC')::text,
       string_agg(acl.privilege_type || case when acl.is_grantable then ' WITH GRANT OPTION' else '' end,
                  ', ' order by acl.privilege_type)
  from tables t
  cross join lateral aclexplode(t.relacl) acl
  left join pg_roles r on r.oid = acl.grantee
 where acl.grantee <> t.relowner
   and (r.rolname is null or t.relkind <> 'r' or acl.is_grantable
        or r.rolname not in ('anon', 'authenticated', 'service_role'))
 group by t.oid, t.name, r.rolname
union all
select t.name, 'sequence grant', coalesce(r.rolname, 'PUBLIC')::text,
       string_agg(distinct acl.privilege_type, ', ' order by acl.privilege_type)
  from tables t
  join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = t.oid and d.deptype = 'i'
                  and d.classid = 'pg_class'::regclass
  join pg_class s on s.oid = d.objid and s.relkind = 'S'
  cross join lateral aclexplode(s.relacl) acl
  left join pg_roles r on r.oid = acl.grantee
 where acl.grantee <> s.relowner
 group by t.oid, t.name, r.rolname
union all
select t.name, 'rule', w.rulename::text, pg_get_ruledef(w.oid)
  from tables t join pg_rewrite w on w.ev_class = t.oid and w.rulename <> '_RETURN'
union all
select t.name, 'publication', p.pubname::text, 'FOR TABLE'
  from tables t join pg_publication_rel m on m.prrelid = t.oid join pg_publication p on p.oid = m.prpubid
union all
select name, case relkind when 'v' then 'view' when 'm' then 'materialized view' end, name,
       pg_get_viewdef(oid)
  from tables where relkind in ('v', 'm')
union all
select name, case relkind when 'p' then 'partitioned table' else 'foreign table' end, name, ''
  from tables where relkind in ('p', 'f')
 order by 1, 2, 3, 4
