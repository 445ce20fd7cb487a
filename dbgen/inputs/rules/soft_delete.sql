BEGIN
    EXECUTE format(
        'UPDATE %I.%I AS t SET %I = now() WHERE t.%I IS NULL AND %s',
        TG_TABLE_SCHEMA, TG_TABLE_NAME, {{'deleted_at'}}, {{'deleted_at'}},
        (SELECT string_agg(format('t.%1$I = ($1).%1$I', name), ' AND ') FROM unnest(TG_ARGV) AS name)
    ) USING OLD;
    RETURN NULL;
END
