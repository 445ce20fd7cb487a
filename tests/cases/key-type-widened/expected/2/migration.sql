-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 2 columns, 2 constraints
-- The rollback restores everything exactly

-- drop foreign key pets (owner_id) to owners (id)
ALTER TABLE public.pets DROP CONSTRAINT fk_pets_owner_id;

-- bring back the rows of pets that fk_pets_owner_id had refused, if any
-- mark the values of owners.id that nobody has edited
-- mark the values of pets.owner_id that nobody has edited
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mark_values') IS NOT NULL AND to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'rollback', 'pets', 'pets.fk_pets_owner_id');
        PERFORM dbgen.mark_values(2, 'rollback', 'owners', 'id');
        PERFORM dbgen.mark_values(2, 'rollback', 'pets', 'owner_id');
    END IF;
END
$dbgen$;

-- alter column owners.id: INTEGER to BIGINT
ALTER TABLE public.owners ALTER COLUMN id TYPE BIGINT;

-- alter column pets.owner_id: INTEGER to BIGINT
ALTER TABLE public.pets ALTER COLUMN owner_id TYPE BIGINT;

-- bring back the original values of owners.id, if any were changed
-- bring back the original values of pets.owner_id, if any were changed
-- look for rows of pets that fk_pets_owner_id would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL AND to_regproc('dbgen.mend_foreign_key') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'rollback', 'owners', 'id');
        PERFORM dbgen.after_cast(2, 'rollback', 'pets', 'owner_id');
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'pets', 'fk_pets_owner_id', ARRAY['owner_id'], 'public.owners', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key pets (owner_id) to owners (id)
ALTER TABLE public.pets
    ADD CONSTRAINT fk_pets_owner_id FOREIGN KEY (owner_id) REFERENCES public.owners (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
