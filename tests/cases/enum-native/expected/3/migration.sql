-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 1 enum
-- The rollback restores everything exactly

-- alter enum order_status: add draft, checked
ALTER TYPE public.order_status ADD VALUE 'draft' BEFORE 'new';
ALTER TYPE public.order_status ADD VALUE 'checked' BEFORE 'paid';

-- bring back the rows of orders whose status the enum order_status had lost, if any
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.unmend_enum') IS NOT NULL THEN
        PERFORM dbgen.unmend_enum(3, 'rollback', 'orders', 'status', 'order_status');
    END IF;
END
$dbgen$;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
