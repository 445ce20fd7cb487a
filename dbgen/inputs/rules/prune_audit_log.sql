DECLARE
    _pruned bigint;
BEGIN
    DELETE FROM {{audit_log}} AS entry WHERE entry.{{occurred_at}} < before;
    GET DIAGNOSTICS _pruned = ROW_COUNT;
    RETURN _pruned;
END
