"""Policies, row security, triggers, functions and indexes on expressions: from one schema to another, on a
server, with rows, and back.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from dbgen.database.connection import connect
from dbgen.model.requests import ColumnRename, Decisions, TableRename
from dbgen.model.schema import Column, Function, Index, Policy, PrimaryKey, Schema, Table, Trigger
from dbgen.plan import make_plan
from dbgen.render.migration import Heading, migration, rollback
from tests.proofs import prove

STAMP = Function(
    "stamp",
    "trigger",
    "\nBEGIN\n    NEW.note := coalesce(NEW.note, TG_ARGV[0]);\n    RETURN NEW;\nEND\n",
    comment="stamps",
)
MINE = Function(
    "mine",
    "SETOF uuid",
    "SELECT team_id FROM public.members WHERE user_id = auth.uid()",
    language="sql",
    volatility="STABLE",
    definer=True,
    execute=("authenticated",),
    tables=("members",),
    comment="the teams of who asks",
)
OWN = Policy(
    "docs_own", "SELECT", ("authenticated",), "(select auth.uid()) = owner_id", None, (("docs", "owner_id"),)
)
TEAM = Policy(
    "docs_team",
    "UPDATE",
    ("authenticated",),
    "team_id IN (SELECT dbgen.mine())",
    "EXISTS (SELECT FROM public.members m"
    " WHERE m.team_id = docs.team_id AND m.user_id = (select auth.uid()))",
    (("docs", "team_id"), ("members", "team_id"), ("members", "user_id")),
)
STAMPED = Trigger("docs_stamp", "BEFORE", ("INSERT", "UPDATE"), "stamp", ("it's",), "NEW.note IS NULL")
SEARCH = Index(
    "idx_docs_search", ("note",), method="gin", expression="to_tsvector('simple'::regconfig, note)"
)


def key(table: str) -> PrimaryKey:
    return PrimaryKey(f"{table}_pkey", ("id",))


ID = Column("id", "uuid", False, "gen_random_uuid()")
DOCS = Table(
    "docs",
    (
        ID,
        Column("owner_id", "uuid"),
        Column("team_id", "uuid"),
        Column("note", "text"),
        Column("extra", "text"),
    ),
    key("docs"),
)
MEMBERS = Table("members", (ID, Column("team_id", "uuid"), Column("user_id", "uuid")), key("members"))
PLAIN = Schema((DOCS, MEMBERS))
GUARDED_DOCS = replace(DOCS, row_security=True, policies=(OWN, TEAM), triggers=(STAMPED,), indexes=(SEARCH,))
GUARDED = Schema((GUARDED_DOCS, replace(MEMBERS, row_security=True)), functions=(STAMP, MINE))


def docs(table: Table, **changes: object) -> Schema:
    return GUARDED.with_table(replace(table, **changes))  # type: ignore[arg-type]  # any field of a Table


def column(table: Table, which: str, /, **changes: object) -> tuple[Column, ...]:
    """The columns, one of them changed."""
    return tuple(
        replace(c, **changes) if c.name == which else c  # type: ignore[arg-type]  # any field of a Column
        for c in table.columns
    )


def without(table: Table, name: str) -> tuple[Column, ...]:
    return tuple(c for c in table.columns if c.name != name)


BY_TEXT = replace(OWN, using="(select auth.uid())::text = owner_id")
RENAMED_OWN = replace(OWN, using="(select auth.uid()) = holder_id", reads=(("docs", "holder_id"),))
RENAMED_MINE = replace(
    MINE, body="SELECT team_id FROM public.people WHERE user_id = auth.uid()", tables=("people",)
)
PEOPLE = replace(MEMBERS, name="people", primary_key=PrimaryKey("people_pkey", ("id",)), row_security=True)
PAPERS_TEAM = replace(
    TEAM,
    name="papers_team",
    check=str(TEAM.check).replace("docs.", "papers."),
    reads=(("members", "team_id"), ("members", "user_id"), ("papers", "team_id")),
)
PAPERS = replace(
    GUARDED_DOCS,
    name="papers",
    primary_key=PrimaryKey("papers_pkey", ("id",)),
    indexes=(replace(SEARCH, name="idx_papers_search"),),
    policies=(replace(OWN, name="papers_own", reads=(("papers", "owner_id"),)), PAPERS_TEAM),
    triggers=(replace(STAMPED, name="papers_stamp"),),
)
PEOPLE_TEAM = replace(
    TEAM,
    check=str(TEAM.check).replace("members", "people"),
    reads=(("docs", "team_id"), ("people", "team_id"), ("people", "user_id")),
)
STEPS: dict[str, tuple[Schema, Schema, Decisions]] = {
    "all at once": (Schema(), GUARDED, Decisions()),
    "turned on": (PLAIN, GUARDED, Decisions()),
    "turned off": (GUARDED, PLAIN, Decisions()),
    "a guarded table goes": (GUARDED, replace(GUARDED.without_table("docs"), functions=()), Decisions()),
    "a policy changes": (GUARDED, docs(GUARDED_DOCS, policies=(replace(OWN, roles=()), TEAM)), Decisions()),
    "a column that is read goes": (
        GUARDED,
        docs(GUARDED_DOCS, columns=without(DOCS, "owner_id"), policies=(TEAM,)),
        Decisions(),
    ),
    "a column that is read changes its type": (
        GUARDED,
        docs(GUARDED_DOCS, columns=column(DOCS, "owner_id", type="text"), policies=(BY_TEXT, TEAM)),
        Decisions(),
    ),
    "a column that another table's policy reads changes its type": (
        replace(GUARDED, functions=(STAMP, replace(MINE, body="SELECT NULL::uuid", tables=()))),
        replace(GUARDED, functions=(STAMP, replace(MINE, body="SELECT NULL::uuid", tables=()))).with_table(
            replace(MEMBERS, columns=column(MEMBERS, "id", type="text", default="'x'"), row_security=True)
        ),
        Decisions(),
    ),
    "a column of a trigger's condition changes its type": (
        GUARDED,
        docs(GUARDED_DOCS, columns=column(DOCS, "note", type="character varying(90)")),
        Decisions(),
    ),
    "a column is renamed": (
        GUARDED,
        docs(GUARDED_DOCS, columns=column(DOCS, "owner_id", name="holder_id"), policies=(RENAMED_OWN, TEAM)),
        Decisions(columns=(ColumnRename("docs", "owner_id", "holder_id"),)),
    ),
    "an indexed column is renamed": (
        GUARDED,
        docs(
            GUARDED_DOCS,
            columns=column(DOCS, "note", name="remark"),
            indexes=(
                replace(SEARCH, columns=("remark",), expression="to_tsvector('simple'::regconfig, remark)"),
            ),
            triggers=(replace(STAMPED, when="NEW.remark IS NULL"),),
        ),
        Decisions(columns=(ColumnRename("docs", "note", "remark"),)),
    ),
    "a table is renamed": (
        GUARDED,
        GUARDED.without_table("docs").with_table(PAPERS),
        Decisions(tables=(TableRename("docs", "papers"),)),
    ),
    "a table that others read is renamed": (
        GUARDED,
        Schema((replace(GUARDED_DOCS, policies=(OWN, PEOPLE_TEAM)), PEOPLE), functions=(STAMP, RENAMED_MINE)),
        Decisions(tables=(TableRename("members", "people"),)),
    ),
    "a function is replaced": (
        GUARDED,
        replace(GUARDED, functions=(replace(STAMP, body="BEGIN RETURN NEW; END", execute=("anon",)), MINE)),
        Decisions(),
    ),
    "a function gets arguments": (
        GUARDED,
        replace(
            docs(GUARDED_DOCS, policies=(OWN, replace(TEAM, using="team_id IN (SELECT dbgen.mine(1))"))),
            functions=(STAMP, replace(MINE, arguments=("many integer",))),
        ),
        Decisions(),
    ),
    "a function that is called gets another result": (
        GUARDED,
        replace(
            GUARDED, functions=(replace(STAMP, comment="other"), replace(MINE, returns="TABLE(one uuid)"))
        ),
        Decisions(),
    ),
}


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_proven(database_url: str, name: str) -> None:
    """Forward, back and forward again give the catalogs that they should, and keep the rows."""
    old, new, decisions = STEPS[name]
    plan = make_plan(old, new, decisions, iteration=1)
    heading = Heading(1, "m", "dbgen", "iter1_m")
    with connect(database_url) as connection:
        proof = prove(connection, old, new, migration(plan, heading), rollback(plan, heading), decisions)
    assert proof.rows
    assert proof.after.functions == new.functions
    assert [len(t.policies) for t in proof.after.tables] == [len(t.policies) for t in new.tables]
    assert [len(t.triggers) for t in proof.after.tables] == [len(t.triggers) for t in new.tables]
    assert [t.row_security for t in proof.after.tables] == [t.row_security for t in new.tables]
