-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 2 columns, 2 constraints
-- The rollback restores everything exactly

-- drop foreign key cities (country_code) to countries (code)
ALTER TABLE public.cities DROP CONSTRAINT fk_cities_country_code;

-- bring back the rows of cities that fk_cities_country_code had refused, if any
-- mark the values of cities.country_code that nobody has edited
-- mark the values of countries.code that nobody has edited
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mark_values') IS NOT NULL AND to_regproc('dbgen.unmend') IS NOT NULL THEN
        PERFORM dbgen.unmend(2, 'rollback', 'cities', 'cities.fk_cities_country_code');
        PERFORM dbgen.mark_values(2, 'rollback', 'cities', 'country_code');
        PERFORM dbgen.mark_values(2, 'rollback', 'countries', 'code');
    END IF;
END
$dbgen$;

-- alter column cities.country_code: VARCHAR(2) to VARCHAR(3)
ALTER TABLE public.cities ALTER COLUMN country_code TYPE VARCHAR(3);

-- alter column countries.code: VARCHAR(2) to VARCHAR(3)
ALTER TABLE public.countries ALTER COLUMN code TYPE VARCHAR(3);

-- bring back the original values of cities.country_code, if any were changed
-- bring back the original values of countries.code, if any were changed
-- look for rows of cities that fk_cities_country_code would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.after_cast') IS NOT NULL AND to_regproc('dbgen.mend_foreign_key') IS NOT NULL THEN
        PERFORM dbgen.after_cast(2, 'rollback', 'cities', 'country_code');
        PERFORM dbgen.after_cast(2, 'rollback', 'countries', 'code');
        PERFORM dbgen.mend_foreign_key(2, 'forward', 'cities', 'fk_cities_country_code', ARRAY['country_code'], 'public.countries', ARRAY['code']);
    END IF;
END
$dbgen$;

-- add foreign key cities (country_code) to countries (code)
ALTER TABLE public.cities
    ADD CONSTRAINT fk_cities_country_code FOREIGN KEY (country_code) REFERENCES public.countries (code);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
