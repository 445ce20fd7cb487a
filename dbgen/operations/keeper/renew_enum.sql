-- makes an enum anew with the values that it has, and gives it to the columns that had it
CREATE OR REPLACE FUNCTION dbgen.renew_enum(_iteration integer, _direction text, _enum text) RETURNS void
LANGUAGE plpgsql SET search_path = '' SET row_security = off AS $dbgen$
DECLARE
    _old regtype := format('public.%I', _enum)::regtype;
    _aside text := 'dbgen_' || md5(_enum);
    _uses jsonb;
    _use record;
BEGIN
    SELECT coalesce(jsonb_agg(jsonb_build_object('relation', a.attrelid::regclass, 'name', a.attname,
        'array', CASE WHEN t.oid = _old THEN '' ELSE '[]' END, 'value', pg_get_expr(d.adbin, d.adrelid))), '[]')
    INTO _uses
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_attribute a ON a.atttypid = t.oid AND NOT a.attisdropped
    JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE _old IN (t.oid, t.typelem);
    EXECUTE format('ALTER TYPE %s RENAME TO %I', _old, _aside);
    EXECUTE format('CREATE TYPE public.%I AS ENUM (%s)', _enum,
        (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
         FROM pg_catalog.pg_enum e WHERE e.enumtypid = _old));
    FOR _use IN SELECT x.relation, x.name, x."array", x.value
                FROM jsonb_to_recordset(_uses) x (relation text, name text, "array" text, value text) LOOP
        EXECUTE format('ALTER TABLE %s ALTER COLUMN %I DROP DEFAULT', _use.relation, _use.name);
        EXECUTE format('ALTER TABLE %1$s ALTER COLUMN %2$I TYPE public.%3$I%4$s USING %2$I::text%4$s::public.%3$I%4$s',
            _use.relation, _use.name, _enum, _use."array");
        IF _use.value IS NOT NULL THEN
            EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT %s', _use.relation, _use.name, _use.value);
        END IF;
    END LOOP;
    PERFORM dbgen.keep_type(_iteration, _direction, _aside);
    EXECUTE format('DROP TYPE public.%I', _aside);
END
$dbgen$;
