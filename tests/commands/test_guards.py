"""Policies, row security, triggers and functions in words, and as what hangs on something."""

from __future__ import annotations

from dataclasses import replace

from dbgen.commands.dependents import dependents_of
from dbgen.commands.drift import drift_in_words
from dbgen.commands.words import changes_in_words
from dbgen.database.catalog import Extra, read_schema
from dbgen.database.connection import connect
from dbgen.database.recording import held
from dbgen.database.script import joined
from dbgen.model.schema import Column, Function, Policy, Schema, Table, Trigger
from dbgen.operations.base import sql_of
from dbgen.plan import make_plan

NOTE = Function("note", "trigger", "BEGIN RETURN NEW; END", execute=("authenticated",), comment="notes")
OWN = Policy("own", "SELECT", ("authenticated",), "(owner_id = auth.uid())", None, (("docs", "owner_id"),))
NOTED = Trigger("noted", "BEFORE", ("UPDATE",), "note", (), "(old.title IS DISTINCT FROM new.title)")
PLAIN = Table("docs", (Column("owner_id", "uuid"), Column("title", "text", position=1)))
GUARDED = replace(PLAIN, policies=(OWN,), triggers=(NOTED,), row_security=True)
RECORDED = Schema((GUARDED,), functions=(NOTE,))


def test_drift_that_is_missing() -> None:
    assert drift_in_words(RECORDED, Schema((PLAIN,))) == (
        "docs.own: policy is missing",
        "docs.noted: trigger is missing",
        "docs: row level security is off, should be on",
        "dbgen.note: function is missing",
    )


def test_a_function_that_no_schema_can_hold_is_not_missing() -> None:
    changed = (Extra("dbgen", "function", "note", ""),)
    assert drift_in_words(RECORDED, Schema((GUARDED,)), changed) == (
        "dbgen.note: function is no longer what dbgen made",
    )


def test_drift_that_differs() -> None:
    own = replace(OWN, command="ALL", roles=(), reads=(("docs", "owner_id"), ("docs", "title")))
    note = replace(NOTE, body="BEGIN RETURN OLD; END", execute=())
    live = Schema(
        (replace(GUARDED, policies=(own,), triggers=(replace(NOTED, when=None),)),), functions=(note,)
    )
    assert drift_in_words(RECORDED, live) == (
        "docs.own: policy command is ALL, should be SELECT",
        "docs.own: policy roles is nothing, should be authenticated",
        "docs.own: policy reads is docs.owner_id, docs.title, should be docs.owner_id",
        f"docs.noted: trigger when is nothing, should be {NOTED.when}",
        "dbgen.note: body is BEGIN RETURN OLD; END, should be BEGIN RETURN NEW; END",
        "dbgen.note: execute is nothing, should be authenticated",
    )


def test_a_body_of_several_lines_is_not_shown() -> None:
    live = Schema((GUARDED,), functions=(replace(NOTE, body="BEGIN\n    RETURN OLD;\nEND"),))
    assert drift_in_words(RECORDED, live) == ("dbgen.note: body is no longer what dbgen made",)


def test_what_others_added_is_no_drift() -> None:
    """Neither guards on a table that has none of dbgen's, nor further ones."""
    theirs = replace(GUARDED, policies=(OWN, Policy("theirs")), triggers=(NOTED, replace(NOTED, name="t")))
    live = Schema((theirs,), functions=(replace(NOTE, execute=("anon", "authenticated")),))
    assert held(RECORDED, live) == RECORDED
    bare = Schema((PLAIN,))
    assert held(bare, live) == bare


def test_changes_in_words() -> None:
    other = replace(
        GUARDED,
        policies=(replace(OWN, using="true", reads=()),),
        triggers=(replace(NOTED, events=("INSERT", "UPDATE")),),
    )
    after = Schema((other,), functions=(replace(NOTE, body="BEGIN RETURN OLD; END"),))
    assert changes_in_words(RECORDED, after) == (
        "docs: policy own: reads changed from docs.owner_id to nothing",
        "docs: policy own: using changed from (owner_id = auth.uid()) to true",
        "docs: trigger noted: events changed from UPDATE to INSERT, UPDATE",
        "note: body changed",
    )
    assert changes_in_words(Schema((PLAIN,)), RECORDED) == (
        "docs: policy own added",
        "docs: row security changed from off to on",
        "docs: trigger noted added",
        "note: function added",
    )


def test_only_what_others_built_hangs_on_a_column(database_url: str) -> None:
    after = Schema((Table("docs", (Column("id", "integer"),)),))
    plan = make_plan(RECORDED, after)
    with connect(database_url) as connection:
        connection.batch(joined(s.sql for s in sql_of(make_plan(Schema(), RECORDED).operations)))
        assert read_schema(connection) == RECORDED
        assert dependents_of(connection, plan.operations, RECORDED) == ()
        connection.batch("create policy theirs on docs using (title = 'x')")
        (found,) = dependents_of(connection, plan.operations, RECORDED)
        assert (found.what, found.on) == ("policy theirs on table docs", "docs.title")
