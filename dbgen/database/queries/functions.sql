-- Functions of schema dbgen that are no part of the keeper, which has no comments, each with whether all that
-- there is to it can be said.
select f.proname::text,
       array(select concat_ws(' ', quote_ident(nullif(f.proargnames[a.place], '')), format_type(a.type, null),
                              'DEFAULT ' || pg_get_function_arg_default(f.oid, a.place::integer))
               from unnest(f.proargtypes::oid[]) with ordinality a (type, place) order by a.place),
       pg_get_function_result(f.oid), f.prosrc, l.lanname::text,
       case f.provolatile when 'i' then 'IMMUTABLE' when 's' then 'STABLE' else 'VOLATILE' end,
       f.prosecdef,
       array(select coalesce(r.rolname, 'PUBLIC')::text
               from aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) acl
               left join pg_roles r on r.oid = acl.grantee
              where acl.grantee <> f.proowner
              order by 1),
       said.description,
       f.prokind = 'f' and f.proconfig = array['search_path=""'] and f.prosqlbody is null
         and not f.proisstrict and not f.proleakproof and f.provariadic = 0
         and (f.proargmodes is null or f.proargmodes <@ array['i', 't']::"char"[])
  from pg_proc f
  join pg_namespace n on n.oid = f.pronamespace
  join pg_language l on l.oid = f.prolang
  join pg_description said
    on said.objoid = f.oid and said.classoid = 'pg_proc'::regclass and said.objsubid = 0
 where n.nspname = 'dbgen' and current_setting('dbgen.schema') = 'public'
 order by f.proname
