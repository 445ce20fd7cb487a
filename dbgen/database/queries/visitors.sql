-- Which of the visitors' roles can read a table without row level security, by a right of their own or by one of
-- PUBLIC or of a role that they are in; with no table's name: by default, a table that is yet to be made. What is
-- a role's own by default does not count, for dbgen takes it from the tables that it makes.
with visitors as (
  select oid, rolname::text as name from pg_roles where rolname in ('anon', 'authenticated')
), rights as (
  select c.relname::text as table_name, acl.grantee
    from pg_class c
    cross join lateral aclexplode(c.relacl) acl
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relrowsecurity
     and acl.privilege_type = 'SELECT'
  union all
  select '', acl.grantee
    from pg_default_acl d
    cross join lateral aclexplode(d.defaclacl) acl
   where d.defaclobjtype = 'r' and d.defaclrole = (select oid from pg_roles where rolname = current_user)
     and d.defaclnamespace in (0, 'public'::regnamespace) and acl.privilege_type = 'SELECT'
)
select distinct r.table_name, v.name, r.grantee = v.oid
  from rights r
  join visitors v on case when r.grantee in (0, v.oid) then true
                          else pg_has_role(v.oid, r.grantee, 'USAGE') end
 where r.table_name <> '' or r.grantee <> v.oid
 order by 1, 2, 3
