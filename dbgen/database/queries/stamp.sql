-- One line that changes with every row that the other queries about a schema read: each row's xmin and place
-- change whenever it is written. The server's start is part of it, because two copies of a cluster may number
-- their transactions alike.
with shared as materialized (
  select hash_record_extended(row(oid, rolname, rolsuper, rolbypassrls), 0) as mark, 0 as part from pg_catalog.pg_roles
),
marks as (
  select part, mark from shared
  union all select 1, hash_record_extended(row(oid, xmin::text, ctid), 0) from pg_catalog.pg_namespace
  union all select 2, hash_record_extended(row(oid, xmin::text, ctid), 0) from pg_catalog.pg_class
  union all select 3, hash_record_extended(row(attrelid, attnum, xmin::text, ctid), 0) from pg_catalog.pg_attribute
  union all select 4, hash_record_extended(row(oid, xmin::text, ctid), 0) from pg_catalog.pg_attrdef
  union all select 5, hash_record_extended(row(oid, xmin::text, ctid), 0) from pg_catalog.pg_constraint
  union all select 6, hash_record_extended(row(indexrelid, xmin::text, ctid), 0) from pg_catalog.pg_index
  union all select 7, hash_record_extended(row(oid, xmin::text, ctid), 0) from pg_catalog.pg_trigger
  union all select 8, hash_record_extended(row(oid, xmin::text, ctid), 0) from pg_catalog.pg_policy
  union all select 9, hash_record_extended(row(oid, xmin::text, ctid), 0) from pg_catalog.pg_rewrite
  union all select 10, hash_record_extended(row(objoid, objsubid, xmin::text, ctid), 0) from pg_catalog.pg_description
  union all select 11, hash_record_extended(row(oid, xmin::text, ctid), 0) from pg_catalog.pg_type
  union all select 12, hash_record_extended(row(oid, xmin::text, ctid), 0) from pg_catalog.pg_enum
  union all select 13, hash_record_extended(row(oid, xmin::text, ctid), 0) from pg_catalog.pg_proc
  union all select 14, hash_record_extended(row(oid, xmin::text, ctid), 0) from pg_catalog.pg_operator
  union all select 15, hash_record_extended(row(oid, xmin::text, ctid), 0) from pg_catalog.pg_collation
  union all select 16, hash_record_extended(row(oid, xmin::text, ctid), 0) from pg_catalog.pg_publication
  union all select 17, hash_record_extended(row(oid, xmin::text, ctid), 0) from pg_catalog.pg_publication_rel
  union all select 18, hash_record_extended(row(oid, xmin::text, ctid), 0) from pg_catalog.pg_am
  union all select 19, hash_record_extended(row(oid, xmin::text, ctid), 0) from pg_catalog.pg_language
  union all select 20, hash_record_extended(row(oid, xmin::text, ctid), 0) from pg_catalog.pg_opclass
  union all select 21, hash_record_extended(row(iteration, version, xmin::text, ctid), 0) from dbgen.iterations
),
sums as (select part, count(*) as n, sum(mark) as total from marks group by part)
select md5(concat_ws(' ', version(), pg_postmaster_start_time(), current_user,
             (select oid from pg_catalog.pg_database where datname = current_database()),
             (select string_agg(format('%s:%s:%s', part, n, total), ' ' order by part) from sums)))
