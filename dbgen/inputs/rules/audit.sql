DECLARE
    _key CONSTANT text[] := TG_ARGV[0];
    _masked CONSTANT text[] := TG_ARGV[1];
    _column text;
    _old jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    _new jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    _operation text := TG_OP;
BEGIN
    IF TG_OP = 'UPDATE' AND _old ->> {{'deleted_at'}} IS NULL AND _new ->> {{'deleted_at'}} IS NOT NULL THEN
        _operation := 'SOFT_DELETE';
    ELSIF TG_OP = 'UPDATE' AND _old ->> {{'deleted_at'}} IS NOT NULL AND _new ->> {{'deleted_at'}} IS NULL THEN
        _operation := 'RESTORE';
    END IF;
    FOREACH _column IN ARRAY _masked LOOP
        IF _old ->> _column IS NOT NULL THEN
            _old := _old || jsonb_build_object(_column, '***');
        END IF;
        IF _new ->> _column IS NOT NULL THEN
            _new := _new || jsonb_build_object(_column, '***');
        END IF;
    END LOOP;
    INSERT INTO {{audit_log}} (
        {{table_name}}, {{row_key}}, {{operation}}, {{old_row}}, {{new_row}}, {{actor}}, {{db_role}}, {{transaction_id}}
    )
    SELECT TG_TABLE_NAME, jsonb_object_agg(name, coalesce(_old, _new) -> name), _operation, _old, _new,
        dbgen.actor(), coalesce(nullif(current_setting('role', true), 'none'), session_user),
        pg_current_xact_id()::text::bigint
    FROM unnest(_key) AS name;
    RETURN NULL;
END
