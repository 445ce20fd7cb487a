-- The main database belongs to postgres, who so may create schemas in it and objects in public.
-- Throwaway databases are made from dbgen_template, a second copy of the same empty project; roles
-- that may create databases may copy a template, whoever owns it.

create database dbgen_template template postgres is_template true allow_connections false;

alter database postgres owner to postgres;
alter database dbgen_template owner to postgres;
alter database postgres set search_path to "$user", public, extensions;
grant create on database postgres to supabase_auth_admin;
