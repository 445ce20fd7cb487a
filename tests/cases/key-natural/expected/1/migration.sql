-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 2 tables, 5 columns, 3 constraints, 1 index, 4 grants
-- The rollback restores everything exactly

-- create table cities
CREATE TABLE public.cities (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    name VARCHAR(80) NOT NULL,
    country_code VARCHAR(2) NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX idx_cities_country_code ON public.cities (country_code);
COMMENT ON TABLE public.cities IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.cities FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.cities TO authenticated, service_role;

-- create table countries
CREATE TABLE public.countries (
    code VARCHAR(2) NOT NULL,
    name VARCHAR(80) NOT NULL,
    PRIMARY KEY (code)
);
COMMENT ON TABLE public.countries IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public.countries FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.countries TO authenticated, service_role;

-- bring back the rows of cities that were kept, if any
-- bring back the rows of countries that were kept, if any
-- look for rows of cities that fk_cities_country_code would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'cities');
        PERFORM dbgen.restore_table(1, 'rollback', 'countries');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'cities', 'fk_cities_country_code', ARRAY['country_code'], 'public.countries', ARRAY['code']);
    END IF;
END
$dbgen$;

-- add foreign key cities (country_code) to countries (code)
ALTER TABLE public.cities
    ADD CONSTRAINT fk_cities_country_code FOREIGN KEY (country_code) REFERENCES public.countries (code);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
