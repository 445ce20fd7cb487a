-- Rollback of iteration 2 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 2) THEN
            RAISE EXCEPTION 'iteration 2 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop foreign key pets (owner_id) to owners (id)
ALTER TABLE public.pets DROP CONSTRAINT fk_pets_owner_id;

-- bring back the rows of pets that fk_pets_owner_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'forward', 'pets', 'pets.fk_pets_owner_id');
    END IF;
END
$dbgen$;

-- look for values of pets.owner_id that the type change would not keep
-- look for values of owners.id that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(2, 'rollback', 'pets', 'owner_id', 'owner_id::INTEGER', 'owner_id::BIGINT', false);
    PERFORM dbgen.before_cast(2, 'rollback', 'owners', 'id', 'id::INTEGER', 'id::BIGINT', false);
END
$dbgen$;

-- alter column pets.owner_id: BIGINT to INTEGER
ALTER TABLE public.pets ALTER COLUMN owner_id TYPE INTEGER;

-- alter column owners.id: BIGINT to INTEGER
ALTER TABLE public.owners ALTER COLUMN id TYPE INTEGER;

-- bring back the original values of pets.owner_id, if any were changed
-- bring back the original values of owners.id, if any were changed
-- look for rows of pets that fk_pets_owner_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL AND to_regproc('dbgen.mend_foreign_key') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'forward', 'pets', 'owner_id');
        PERFORM dbgen.after_cast(2, 'forward', 'owners', 'id');
        PERFORM dbgen.mend_foreign_key(2, 'rollback', 'pets', 'fk_pets_owner_id', ARRAY['owner_id'], 'public.owners', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key pets (owner_id) to owners (id)
ALTER TABLE public.pets
    ADD CONSTRAINT fk_pets_owner_id FOREIGN KEY (owner_id) REFERENCES public.owners (id);

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 2;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter2_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
