DECLARE
    _actor CONSTANT uuid := dbgen.actor();
    _caller CONSTANT name := coalesce(nullif(current_setting('role', true), 'none'), session_user);
    -- Whoever owns the table may say when and by whom, as imports do; so may the server's own key.
    _trusted CONSTANT boolean := _caller = 'service_role'
        OR pg_has_role(_caller, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE');
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT _trusted THEN
            NEW.{{created_at}} := NULL;
            NEW.{{created_by}} := NULL;
            NEW.{{updated_at}} := NULL;
            NEW.{{updated_by}} := NULL;
        END IF;
        IF NEW.{{created_at}} IS NULL THEN NEW.{{created_at}} := now(); END IF;
        IF NEW.{{created_by}} IS NULL THEN NEW.{{created_by}} := _actor; END IF;
        IF NEW.{{updated_at}} IS NULL THEN NEW.{{updated_at}} := now(); END IF;
        IF NEW.{{updated_by}} IS NULL THEN NEW.{{updated_by}} := _actor; END IF;
        RETURN NEW;
    END IF;
    IF NOT _trusted THEN
        NEW.{{created_at}} := OLD.{{created_at}};
        NEW.{{created_by}} := OLD.{{created_by}};
    END IF;
    IF NOT _trusted OR NEW.{{updated_at}} IS NOT DISTINCT FROM OLD.{{updated_at}} THEN
        NEW.{{updated_at}} := now();
    END IF;
    IF NOT _trusted OR NEW.{{updated_by}} IS NOT DISTINCT FROM OLD.{{updated_by}} THEN
        NEW.{{updated_by}} := _actor;
    END IF;
    RETURN NEW;
END
