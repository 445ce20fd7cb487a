-- Functions that can be called: no procedures, aggregates or triggers.
select p.oid::bigint, p.proname::text, p.proargmodes::text[], p.proargnames,
       coalesce(p.proallargtypes, p.proargtypes::oid[])::bigint[],
       p.pronargs::integer, p.pronargdefaults::integer,
       pg_get_function_arguments(p.oid), pg_get_function_result(p.oid),
       p.prorettype::bigint, nullif(t.typrelid, 0)::bigint, p.proretset, p.prorows::float8
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  join pg_type t on t.oid = p.prorettype
 where n.nspname = current_setting('dbgen.schema') and p.prokind = 'f'
   and t.typname not in ('trigger', 'event_trigger')
