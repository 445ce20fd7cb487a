-- Rollback of iteration 1 of shop, made by dbgen 0.1.0
-- Run it in one transaction: psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE

-- only the last iteration can be rolled back
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.archive') IS NULL THEN
        RAISE EXCEPTION 'dbgen''s functions, which keep rows, are not in this database: use dbgen rollback';
    END IF;
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        IF EXISTS (SELECT FROM dbgen.iterations WHERE iteration > 1) THEN
            RAISE EXCEPTION 'iteration 1 is not the last one: roll back the later ones first';
        END IF;
    END IF;
END
$dbgen$;

-- drop foreign key pets (owner_id) to owners (id)
-- drop foreign key pets (mother_id) to pets (id)
ALTER TABLE public.pets
    DROP CONSTRAINT fk_pets_owner_id,
    DROP CONSTRAINT fk_pets_mother_id;

-- bring back the rows of pets that fk_pets_owner_id had refused, if any
-- bring back the rows of pets that fk_pets_mother_id had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(1, 'forward', 'pets', 'pets.fk_pets_owner_id');
        PERFORM dbgen.unmend(1, 'forward', 'pets', 'pets.fk_pets_mother_id');
    END IF;
END
$dbgen$;

-- keep the rows of pets in dbgen_archive
-- keep the rows of owners in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(1, 'rollback', 'pets');
    PERFORM dbgen.keep_table(1, 'rollback', 'owners');
END
$dbgen$;

-- drop table pets
DROP TABLE public.pets;

-- drop table owners
DROP TABLE public.owners;

-- take the iteration out of dbgen's ledger and the Supabase CLI's
DO $dbgen$
BEGIN
    IF to_regclass('dbgen.iterations') IS NOT NULL THEN
        DELETE FROM dbgen.iterations WHERE iteration = 1;
    END IF;
    IF to_regclass('supabase_migrations.schema_migrations') IS NOT NULL THEN
        DELETE FROM supabase_migrations.schema_migrations WHERE name = 'iter1_shop';
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
