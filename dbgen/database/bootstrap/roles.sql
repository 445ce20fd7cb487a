-- Roles of a Supabase project, with the attributes and memberships that its own images give them.
-- The superuser supabase_admin is made by initdb.

create role anon nologin inherit;
create role authenticated nologin inherit;
create role service_role nologin inherit bypassrls;
create role authenticator login noinherit;
create role supabase_auth_admin login noinherit createrole;
create role postgres login inherit createdb createrole replication bypassrls;

grant anon, authenticated, service_role to authenticator;
grant pg_monitor, pg_read_all_data, pg_signal_backend to postgres with admin option;

-- Before 16, CREATEROLE alone lets a role grant and administer any role that is no superuser.
do $$
begin
  if current_setting('server_version_num')::integer >= 160000 then
    grant anon, authenticated, service_role, authenticator to postgres with admin option;
    grant pg_create_subscription to postgres;
  else
    grant anon, authenticated, service_role to postgres;
  end if;
end
$$;

-- A role's settings hold in every database, so throwaway databases need none of their own.
alter role supabase_admin set search_path to "$user", public, auth, extensions;
alter role supabase_auth_admin set search_path to auth;
alter role supabase_auth_admin set idle_in_transaction_session_timeout to 60000;
alter role postgres set search_path to "$user", public, extensions;
alter role anon set statement_timeout to '3s';
alter role authenticated set statement_timeout to '8s';
alter role authenticator set statement_timeout to '8s';
alter role authenticator set lock_timeout to '8s';
