-- Plans every command under the policies that read tables, as one of their roles: only then PostgreSQL sees that
-- a policy leads back to the table that it guards, which is DG003 here. What else goes wrong is nothing of theirs.
do $dbgen$
declare
  one record;
  command text;
begin
  for one in
    select distinct c.relname, c.oid::regclass as target,
           coalesce((select min(r.rolname) from pg_roles r where r.oid = any (p.polroles)), 'authenticated') as role,
           (select quote_ident(a.attname) from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum limit 1) as field
      from pg_policy p
      join pg_class c on c.oid = p.polrelid
     where c.relnamespace = 'public'::regnamespace
       and concat(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) ~ '\mFROM\M'
     order by c.relname
  loop
    foreach command in array array['select from %1$s', 'delete from %1$s', 'insert into %1$s default values',
                                   'update %1$s set %2$s = %2$s']
    loop
      begin
        execute format('set local role %I', one.role);
        execute format('explain ' || command, one.target, one.field);
      exception
        when invalid_object_definition then
          raise exception using errcode = 'DG003', message = sqlerrm, table = one.relname;
        when others then null;
      end;
      execute 'set local role none';
    end loop;
  end loop;
end
$dbgen$
