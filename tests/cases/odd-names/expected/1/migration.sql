-- Iteration 1 of shop, made by dbgen 0.1.0
-- Touches 3 tables, 13 columns, 5 constraints, 3 indexes, 6 grants
-- The rollback restores everything exactly

-- create table User
CREATE TABLE public."User" (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    "größe" INTEGER,
    "a""b" VARCHAR(5) DEFAULT '''',
    "semi;colon" VARCHAR(5),
    PRIMARY KEY (id)
);
CREATE INDEX "idx_User_größe" ON public."User" ("größe");
COMMENT ON TABLE public."User" IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public."User" FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public."User" TO authenticated, service_role;

-- create table order
CREATE TABLE public."order" (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    "select" VARCHAR(10),
    from_date DATE,
    "group" UUID,
    "user" VARCHAR(80),
    PRIMARY KEY (id),
    CONSTRAINT uq_order_select UNIQUE ("select")
);
CREATE INDEX idx_order_group ON public."order" ("group");
COMMENT ON TABLE public."order" IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public."order" FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public."order" TO authenticated, service_role;

-- create table we"ird ' $table$;--
CREATE TABLE public."we""ird ' $table$;--" (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    "1st" VARCHAR(9),
    "back\slash" VARCHAR(9),
    "percent%" VARCHAR(9),
    PRIMARY KEY (id)
);
CREATE INDEX "idx_we""ird ' $table$;--_1st" ON public."we""ird ' $table$;--" ("1st");
COMMENT ON TABLE public."we""ird ' $table$;--" IS 'Created in iteration 1 for shop module';
REVOKE ALL ON TABLE public."we""ird ' $table$;--" FROM anon, authenticated, service_role;
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public."we""ird ' $table$;--" TO authenticated, service_role;

-- bring back the rows of User that were kept, if any
-- bring back the rows of order that were kept, if any
-- bring back the rows of we"ird ' $table$;-- that were kept, if any
-- look for rows of order that fk_order_group would refuse
DO $dbgen$
BEGIN
    IF to_regproc('dbgen.mend_foreign_key') IS NOT NULL AND to_regproc('dbgen.restore_table') IS NOT NULL THEN
        PERFORM dbgen.restore_table(1, 'rollback', 'User');
        PERFORM dbgen.restore_table(1, 'rollback', 'order');
        PERFORM dbgen.restore_table(1, 'rollback', 'we"ird '' $table$;--');
        PERFORM dbgen.mend_foreign_key(1, 'forward', 'order', 'fk_order_group', ARRAY['group'], 'public."User"', ARRAY['id']);
    END IF;
END
$dbgen$;

-- add foreign key order (group) to User (id)
ALTER TABLE public."order"
    ADD CONSTRAINT fk_order_group FOREIGN KEY ("group") REFERENCES public."User" (id);

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
