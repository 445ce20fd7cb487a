-- Iteration 2 of shop, made by dbgen 0.1.0
-- Touches 1 enum
-- The rollback restores everything exactly

-- alter enum order_status: add it's sent
ALTER TYPE public.order_status ADD VALUE 'it''s sent';

-- bring back the rows of orders whose status the enum order_status had lost, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend_enum') IS NOT NULL THEN
        PERFORM dbgen.unmend_enum(2, 'rollback', 'orders', 'status', 'order_status');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
