-- What the Data API's roles may do with each table.
select c.relname::text, r.rolname::text, array_agg(distinct acl.privilege_type order by acl.privilege_type)
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  cross join lateral aclexplode(c.relacl) acl
  join pg_roles r on r.oid = acl.grantee
 where n.nspname = current_setting('dbgen.schema')
   and c.relkind = 'r' and not c.relispartition
   and r.rolname in ('anon', 'authenticated', 'service_role')
 group by c.relname, r.rolname
 order by c.relname, r.rolname
