-- Triggers, each with whether it is one for rows that calls a function of schema dbgen, and nothing more.
with parts as (
  select c.relname, n.nspname, g.tgname, g.tgenabled, g.tgargs, g.tgtype::integer as kind,
         f.proname, fn.nspname as function_schema,
         pg_get_triggerdef(g.oid) as definition,
         substring(pg_get_triggerdef(g.oid) from ' FOR EACH ROW WHEN \((.*)\) EXECUTE FUNCTION ') as condition,
         substring(pg_get_triggerdef(g.oid) from ' EXECUTE FUNCTION (.*)$') as call
    from pg_trigger g
    join pg_class c on c.oid = g.tgrelid
    join pg_namespace n on n.oid = c.relnamespace
    join pg_proc f on f.oid = g.tgfoid
    join pg_namespace fn on fn.oid = f.pronamespace
   where n.nspname = current_setting('dbgen.schema') and c.relkind in ('r', 'v', 'm', 'p', 'f')
     and not c.relispartition and not g.tgisinternal
), words as (
  select *, case when kind & 2 > 0 then 'BEFORE' when kind & 64 > 0 then 'INSTEAD OF' else 'AFTER' end as timing,
         array_remove(array[case when kind & 4 > 0 then 'INSERT' end, case when kind & 8 > 0 then 'DELETE' end,
                            case when kind & 16 > 0 then 'UPDATE' end], null) as events
    from parts
)
select relname::text, tgname::text, timing, events, proname::text, encode(tgargs, 'hex'), condition,
       definition || case tgenabled when 'O' then '' else ' (tgenabled = ' || tgenabled::text || ')' end,
       function_schema = 'dbgen' and tgenabled = 'O' and timing <> 'INSTEAD OF' and coalesce(definition =
         'CREATE TRIGGER ' || quote_ident(tgname) || ' ' || timing || ' ' || array_to_string(events, ' OR ')
         || ' ON ' || quote_ident(nspname) || '.' || quote_ident(relname) || ' FOR EACH ROW '
         || coalesce('WHEN (' || condition || ') ', '') || 'EXECUTE FUNCTION ' || call, false)
  from words
 order by relname, tgname
