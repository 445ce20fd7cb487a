"""A journey of several iterations on PostgreSQL: up, all the way back, and up again, with rows and edits.

The laws stand here as assertions; all happens in one transaction that is undone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from dbgen.database.catalog import read_extras, read_schema
from dbgen.database.comparison import first_difference
from dbgen.database.connection import Connection
from dbgen.database.failures import Failure
from dbgen.database.fresh import fresh_catalog
from dbgen.database.recording import held
from dbgen.database.rows import Rows, fill_columns, insert_rows, read_rows
from dbgen.database.script import joined, locate
from dbgen.errors import WorkError
from dbgen.model.schema import Schema, Table
from dbgen.operations.base import Operation, sql_of
from dbgen.operations.enums import AlterEnum
from dbgen.plan import Plan, make_plan
from dbgen.sql import ident, literal, qualified
from tests.journeys import Journey, Leg
from tests.levels import Level, by_key, edits_are_kept

#: What PostgreSQL or the keeper says when rows stand in the way.
_REFUSALS = ("DG001", "22", "23")
_OTHERS = """
CREATE SCHEMA others;
CREATE FUNCTION others.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE PUBLICATION others"""
_PUBLISHED = "SELECT tablename::text FROM pg_publication_tables WHERE pubname = 'others' ORDER BY 1"


@dataclass(slots=True)
class Traveller:
    """Goes journeys, counts what it met: (step's kind, direction, whether the table had rows). The database
    has the keeper.
    """

    connection: Connection
    met: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    journeys: int = 0

    def go(self, journey: Journey) -> None:
        """Up, back and up again."""
        self.connection.batch(f"BEGIN;\n{_OTHERS}")
        try:
            self._go(journey)
            self.journeys += 1
        finally:
            self.connection.roll_back()

    def _go(self, journey: Journey) -> None:
        fresh = [fresh_catalog(self.connection, leg.schema) for leg in journey.legs]
        levels: list[Level] = [self._level()]
        plans: list[Plan] = []
        modes: list[str] = []
        for number, leg in enumerate(journey.legs, 1):
            plan = make_plan(
                journey.legs[number - 2].schema if number > 1 else Schema(),
                leg.schema,
                leg.decisions,
                iteration=number,
            )
            done = self._forward(plan, leg, levels[-1])
            if done is None:
                break
            mode, level = done
            expected = fresh[number - 1]
            assert expected is not None
            assert held(expected, level.catalog) == expected, number
            if number == 1:
                self._people_come(leg.schema, journey.others)
                level = self._level()
            elif self._edit(leg.schema, leg.edits, level.rows):
                level = self._level(edited=True)
            plans.append(plan)
            modes.append(mode)
            levels.append(level)
        lowest = self._back(levels, plans, journey)
        self._again(levels, plans, modes, lowest)

    def _level(self, edited: bool = False) -> Level:
        schema = read_schema(self.connection)
        rows = read_rows(self.connection, schema)
        published = [name for (name,) in self.connection.rows(_PUBLISHED)]
        return Level(schema, rows, read_extras(self.connection), published, edited)

    def _run(self, steps: tuple[Operation, ...], mode: str) -> Failure | None:
        script = joined(statement.sql for statement in sql_of(steps))
        self.connection.batch(f"SAVEPOINT leg; SET LOCAL dbgen.on_conflict = {literal(mode)}")
        failure = self.connection.script(script) if script else None
        if failure is not None:
            self.connection.batch("ROLLBACK TO SAVEPOINT leg")
            failure = locate(failure, script)
            assert failure.sqlstate.startswith(_REFUSALS), (failure, script)
        return failure

    def _forward(self, plan: Plan, leg: Leg, before: Level) -> tuple[str, Level] | None:
        """Runs the migration; where rows stand in its way, and that leaves all as it was, in other modes.

        Gives the mode in which it went through, and what is there then.
        """
        for mode in ("stop", leg.mode, "quarantine"):
            if self._run(plan.operations, mode) is None:
                return mode, self._arrived(plan.operations, "forward", before)
            self.refused[mode] += 1
        return None

    def _arrived(self, steps: tuple[Operation, ...], direction: str, before: Level) -> Level:
        """What is there after the steps, which are counted."""
        after = self._level()
        filled = {name for level in (before, after) for name, (_, rows) in level.rows.items() if rows}
        for step in steps:
            tables = {use.table for use in step.uses} if isinstance(step, AlterEnum) else {step.table}
            self.met[step.kind, direction, bool(tables & filled)] += 1
        return after

    def _people_come(self, schema: Schema, others: tuple[tuple[int, str], ...]) -> None:
        insert_rows(self.connection, schema, 6)
        self._count_on(schema)
        if schema.tables:
            places = {(number % len(schema.tables), what) for number, what in others}
            for number, what in sorted(places):
                self._put(schema.tables[number], what)

    def _count_on(self, schema: Schema) -> None:
        """Who writes numbers sets the sequences past them."""
        for table, column, sequence in _counters(schema):
            highest = f"greatest((SELECT max({ident(column)}) FROM {qualified(table)}), nextval({sequence}))"
            self.connection.rows(f"SELECT setval({sequence}, {highest})")

    def _numbers_are_free(self, schema: Schema) -> None:
        """The next row's number is one that no row has."""
        for table, column, sequence in _counters(schema):
            highest = f"SELECT max({ident(column)}) FROM {qualified(table)}"
            behind = f"SELECT ({highest}) >= nextval({sequence})"
            assert self.connection.rows(behind)[0][0] is not True, f"{table}.{column}"

    def _put(self, table: Table, what: str) -> None:
        name = qualified(table.name)
        statements = {
            "trigger": f"CREATE TRIGGER others BEFORE UPDATE OR DELETE ON {name} FOR EACH ROW "
            "EXECUTE FUNCTION others.refuse()",
            "policy": f"CREATE POLICY others ON {name} FOR SELECT TO anon USING (true)",
            "force": f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
            "publication": f"ALTER PUBLICATION others ADD TABLE ONLY {name}",
            "grant": f"GRANT TRIGGER ON {name} TO pg_monitor",
        }
        self.connection.batch(statements[what])

    def _edit(self, schema: Schema, edits: tuple[int, ...], rows: Rows) -> bool:
        """Writes, changes and deletes rows, as far as keys and others allow; says whether any."""
        if not edits:
            return False
        changed = False
        # The rows that made-up ones would collide with may only be away.
        away = {name for (name,) in self.connection.rows("SELECT DISTINCT table_name FROM dbgen.archive")}
        empty = frozenset(name for name, (_, found) in rows.items() if not found and name not in away)
        if empty and insert_rows(self.connection, schema, 6, empty):
            self._count_on(schema)
            changed = True
        for number in edits if schema.tables else ():
            table = schema.tables[number % len(schema.tables)]
            assert table.primary_key is not None
            name, key = qualified(table.name), ident(table.primary_key.columns[0])
            one = f"ctid = (SELECT ctid FROM {name} ORDER BY {key}::text LIMIT 1)"
            if number % 3 == 0:
                statement = f"DELETE FROM {name} WHERE {one}"
            elif number % 3 == 1:
                statement = f"INSERT INTO {name} ({key}) VALUES (DEFAULT)"
            else:
                column = table.in_order[number % len(table.columns)]
                changed |= self._fill(schema, table.name, column.name)
                continue
            self.connection.batch("SAVEPOINT edit")
            if self.connection.script(statement) is not None or self._orphans(schema):
                self.connection.batch("ROLLBACK TO SAVEPOINT edit")
            else:
                changed = True
        return changed

    def _fill(self, schema: Schema, table: str, column: str) -> bool:
        """Gives a column other values, unless that takes an enum's value of this very transaction."""
        self.connection.batch("SAVEPOINT edit")
        try:
            fill_columns(self.connection, schema, [(table, column)])
        except WorkError as error:
            if error.details["sqlstate"] != "55P04":
                raise
            self.connection.batch("ROLLBACK TO SAVEPOINT edit")
            return False
        self._count_on(schema)
        return True

    def _orphans(self, schema: Schema) -> bool:
        """Whether a row points to none: a trigger of others may have kept a foreign key from its work."""
        asked = []
        for table in schema.tables:
            for key in table.foreign_keys:
                pairs = list(zip(key.columns, key.target_columns, strict=True))
                there = " AND ".join(f"t.{ident(own)} IS NOT NULL" for own, _ in pairs)
                same = " AND ".join(f"t.{ident(own)} = r.{ident(other)}" for own, other in pairs)
                target = qualified(key.target, key.target_schema)
                none = f"NOT EXISTS (SELECT FROM {target} r WHERE {same})"
                asked.append(f"EXISTS (SELECT FROM {qualified(table.name)} t WHERE {there} AND {none})")
        return bool(asked) and bool(self.connection.rows(f"SELECT {' OR '.join(asked)}")[0][0])

    def _back(self, levels: list[Level], plans: list[Plan], journey: Journey) -> int:
        """All the way down: at each level its catalog and its rows, with the edits made above.

        Gives the level where it had to end, because rows written since cannot be moved.
        """
        exact, before = True, levels[-1]
        for number in range(len(plans), 0, -1):
            level = levels[number - 1]
            steps = plans[number - 1].backward
            exact = exact and not levels[number].edited
            failure = self._run(steps, "stop")
            moved = failure is not None
            if moved:
                assert not exact, f"a rollback needs no help where nobody has written: {failure}"
                self.refused["rollback"] += 1
                if self._run(steps, "quarantine") is not None:
                    return number
            found = self._arrived(steps, "rollback", before)
            assert found.catalog == level.catalog, number
            self._numbers_are_free(found.catalog)
            if exact:
                assert first_difference(level.rows, found.rows) is None, (
                    number,
                    first_difference(level.rows, found.rows),
                )
            else:
                edits_are_kept(level, before, found, journey.legs[number - 1].decisions, moved=moved)
            assert (found.extras, found.published) == (level.extras, level.published), number
            before = found
        return 0

    def _again(self, levels: list[Level], plans: list[Plan], modes: list[str], lowest: int) -> None:
        """Up again: the catalogs, and at the top the rows."""
        top, found = levels[-1], self._level()
        for number in range(lowest, len(plans)):
            failure = self._run(plans[number].operations, modes[number])
            assert failure is None, failure
            found = self._arrived(plans[number].operations, "forward", found)
            assert found.catalog == levels[number + 1].catalog
            self._numbers_are_free(found.catalog)
        if any(level.edited for level in levels) and set(modes) != {"stop"}:
            # Other rows stand in the way now than at first, so other ones are changed; none is missing.
            for table in top.catalog.tables:
                key = table.primary_key.columns if table.primary_key else ()
                missing = by_key(top.rows, table.name, key).keys() - by_key(found.rows, table.name, key)
                missing -= self._quarantined(table.name, key) if missing else set()
                assert not missing, f"rows of {table.name} are missing: {missing}"
        else:
            difference = first_difference(top.rows, found.rows)
            assert difference is None, difference
        assert (found.extras, found.published) == (top.extras, top.published)

    def _quarantined(self, table: str, key: tuple[str, ...]) -> set[tuple[str | None, ...]]:
        """The keys of a table's rows that are in the archive, because what they held is another's now."""
        found = self.connection.rows(
            "SELECT relation FROM dbgen.archive WHERE kind = 'rows' AND table_name = %s"
            " AND detail -> 'types' ?& %s AND to_regclass(format('dbgen_archive.%%I', relation)) IS NOT NULL",
            (table, list(key)),
        )
        listed = ", ".join(f"{ident(column)}::text" for column in key)
        reading = (f"SELECT {listed} FROM {qualified(str(name), 'dbgen_archive')}" for (name,) in found)
        return {tuple(row) for statement in reading for row in self.connection.rows(statement)}


def _counters(schema: Schema) -> list[tuple[str, str, str]]:
    """Tables with their identity columns and sequences, the last as SQL."""
    found = [(t.name, c.name) for t in schema.tables for c in t.columns if c.identity]
    return [(t, c, f"pg_get_serial_sequence({literal(qualified(t))}, {literal(c)})") for t, c in found]
