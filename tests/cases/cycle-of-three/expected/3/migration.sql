-- Iteration 3 of shop, made by dbgen 0.1.0
-- Touches 1 table, 1 constraint
-- Not exact: drop table alphas (data-kept)

-- what keeps rows: dbgen's own functions, the same in every migration that needs them

-- dbgen.archive
-- dbgen.belongings
-- dbgen.enter
-- dbgen.leave
-- dbgen.discarding
-- dbgen.has_rows
-- dbgen.is_shared
-- dbgen.refuse_dependents
-- dbgen.reserve
-- dbgen.seal
-- dbgen.types_of
-- dbgen.keep_table

-- drop foreign key alphas (bond_id) to bonds (id)
ALTER TABLE public.alphas DROP CONSTRAINT fk_alphas_bond_id;

-- keep the rows of alphas in dbgen_archive
DO $dbgen$
BEGIN
    PERFORM dbgen.keep_table(3, 'forward', 'alphas');
END
$dbgen$;

-- drop table alphas
DROP TABLE public.alphas;

-- let the Data API see the change
NOTIFY pgrst, 'reload schema';
