DECLARE
    _same text := (SELECT string_agg(format('t.%1$I = k.%1$I', name), ' AND ') FROM jsonb_object_keys(key) AS name);
    _restored bigint;
BEGIN
    IF _same IS NULL THEN
        RAISE EXCEPTION 'The key names no column' USING ERRCODE = '22023', HINT = 'For example {"id": 1}.';
    END IF;
    EXECUTE format(
        'UPDATE %1$s AS t SET %2$I = NULL FROM jsonb_populate_record(NULL::%1$s, $1) AS k'
        ' WHERE t.%2$I IS NOT NULL AND %3$s', target, {{'deleted_at'}}, _same
    ) USING key;
    GET DIAGNOSTICS _restored = ROW_COUNT;
    RETURN _restored > 0;
END
