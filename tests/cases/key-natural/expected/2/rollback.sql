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

-- drop foreign key cities (country_code) to countries (code)
ALTER TABLE public.cities DROP CONSTRAINT fk_cities_country_code;

-- bring back the rows of cities that fk_cities_country_code had refused, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'forward', 'cities', 'cities.fk_cities_country_code');
    END IF;
END
$dbgen$;

-- look for values of countries.code that the type change would not keep
-- look for values of cities.country_code that the type change would not keep
DO $dbgen$
BEGIN
    PERFORM dbgen.before_cast(2, 'rollback', 'countries', 'code', 'code::VARCHAR(2)', 'code::VARCHAR(3)', false);
    PERFORM dbgen.before_cast(2, 'rollback', 'cities', 'country_code', 'country_code::VARCHAR(2)', 'country_code::VARCHAR(3)', false);
END
$dbgen$;

-- alter column countries.code: VARCHAR(3) to VARCHAR(2)
ALTER TABLE public.countries ALTER COLUMN code TYPE VARCHAR(2);

-- alter column cities.country_code: VARCHAR(3) to VARCHAR(2)
ALTER TABLE public.cities ALTER COLUMN country_code TYPE VARCHAR(2);

-- bring back the original values of countries.code, if any were changed
-- bring back the original values of cities.country_code, if any were changed
-- look for rows of cities that fk_cities_country_code would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL AND to_regproc('dbgen.mend_foreign_key') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'forward', 'countries', 'code');
        PERFORM dbgen.after_cast(2, 'forward', 'cities', 'country_code');
        PERFORM dbgen.mend_foreign_key(2, 'rollback', 'cities', 'fk_cities_country_code', ARRAY['country_code'], 'public.countries', ARRAY['code']);
    END IF;
END
$dbgen$;

-- add foreign key cities (country_code) to countries (code)
ALTER TABLE public.cities
    ADD CONSTRAINT fk_cities_country_code FOREIGN KEY (country_code) REFERENCES public.countries (code);

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
