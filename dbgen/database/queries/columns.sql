-- Tables and their columns in order. A generated column's expression is no default, a type's own collation none.
-- Comments are joined: col_description() runs a query for each row.
select c.relname::text,
       said.description,
       a.attname::text,
       format_type(a.atttypid, a.atttypmod),
       format_type(a.atttypid, -1),
       a.attnotnull,
       case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end,
       a.attidentity <> '',
       told.description,
       row_number() over (partition by c.oid order by a.attnum)::integer,
       case when a.attcollation <> y.typcollation then a.attcollation::regcollation::text end,
       c.relrowsecurity
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_type y on y.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  left join pg_description said
         on said.objoid = c.oid and said.classoid = 'pg_class'::regclass and said.objsubid = 0
  left join pg_description told
         on told.objoid = c.oid and told.classoid = 'pg_class'::regclass and told.objsubid = a.attnum
 where n.nspname = current_setting('dbgen.schema')
   and c.relkind = 'r' and not c.relispartition
 order by c.relname, a.attnum
