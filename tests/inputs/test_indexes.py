"""No index repeats another, and every foreign key has one, on models of any shape."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbgen.inputs.indexes import indexes_of, without_deleted
from dbgen.inputs.naming import Namer
from dbgen.inputs.union import UnitedEntity
from dbgen.model.requests import FieldRequest, IndexRequest, Rules
from dbgen.model.schema import Column, ForeignKey, Index, PrimaryKey, Table, Unique

NAMES = ("a", "b", "c", "name", "data", "tags", "body")
KINDS = {"data": "jsonb", "tags": "text[]", "name": "text", "body": "text"}

columns = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True).map(tuple)
plain = st.lists(st.sampled_from("abc"), min_size=1, max_size=2, unique=True).map(tuple)
declared = st.builds(
    IndexRequest,
    columns,
    st.booleans(),
    st.sampled_from(["btree", "btree", "gin"]),
    st.sampled_from([None, "a > 1"]),
)


@st.composite
def models(draw: st.DrawFn) -> tuple[Table, UnitedEntity, Rules, list[tuple[str, ...]]]:
    """A table with its entity, the rules, and the columns that foreign keys of others point to."""
    rules = Rules(
        include_indexes=draw(st.sampled_from(["none", "basic", "full"])),
        include_soft_delete=draw(st.booleans()),
    )
    own = [Column(name, KINDS.get(name, "integer")) for name in NAMES]
    own += [Column("deleted_at", "timestamp with time zone")] if rules.include_soft_delete else []
    keys = draw(st.lists(plain, max_size=3, unique=True))
    uniques = [one for one in draw(st.lists(columns, max_size=2, unique=True)) if one != ("a",)]
    table = Table(
        "t",
        tuple(own),
        PrimaryKey("t_pkey", ("a", *draw(st.sampled_from([(), ("b",)])))),
        tuple(Unique(f"uq_{'_'.join(one)}", one) for one in uniques),
        foreign_keys=tuple(ForeignKey(f"fk_{'_'.join(one)}", one, "o", one) for one in keys),
    )
    fields: dict[str, tuple[FieldRequest, str]] = {}
    for column in own:
        search = column.type == "text" and draw(st.booleans())
        fields[column.name] = (FieldRequest(column, index=draw(st.booleans()), search=search), "m")
    united = UnitedEntity(
        "T", "t", ("a",), "m", fields=fields, indexes=set(draw(st.lists(declared, max_size=5)))
    )
    return table, united, rules, draw(st.lists(st.sampled_from(uniques), max_size=2)) if uniques else []


def made(model: tuple[Table, UnitedEntity, Rules, list[tuple[str, ...]]]) -> Table:
    table, united, rules, pointed = model
    kept, partial = without_deleted(table, pointed, rules)
    indexes = indexes_of(kept, united, partial, rules, Namer(["t"]))
    return Table(kept.name, kept.columns, kept.primary_key, kept.uniques, (), kept.foreign_keys, indexes)


def is_plain(index: Index) -> bool:
    return index.method == "btree" and index.where is None and index.expression is None


def covers(table: Table) -> list[tuple[str, ...]]:
    """The columns of all that orders every row, in their order."""
    own = [unique.columns for unique in table.uniques]
    own += [index.columns for index in table.indexes if is_plain(index)]
    return [*own, table.primary_key.columns] if table.primary_key else own


@given(models())
def test_no_index_repeats_another_or_the_beginning_of_one(model: Any) -> None:
    table = made(model)
    said = [(one.columns, one.method, one.where, one.expression) for one in table.indexes]
    assert len(said) == len(set(said))
    for index in table.indexes:
        if is_plain(index) and not index.unique:
            others = covers(table)
            others.remove(index.columns)
            assert not [one for one in others if one[: len(index.columns)] == index.columns]
    assert not {index.columns for index in table.indexes if is_plain(index)} & {
        u.columns for u in table.uniques
    }


@given(models())
def test_every_foreign_key_has_an_index_that_begins_with_it(model: Any) -> None:
    table = made(model)
    if model[2].include_indexes != "none":
        for key in table.foreign_keys:
            assert any(one[: len(key.columns)] == key.columns for one in covers(table)), key


@given(models())
def test_whatever_was_unique_stays_so_among_the_rows_that_are_not_deleted(model: Any) -> None:
    before, after = model[0], made(model)
    still = {one.columns for one in after.uniques}
    for unique in before.uniques:
        partial = [one for one in after.indexes if one.unique and one.columns == unique.columns]
        assert unique.columns in still or [one.where for one in partial] == ["deleted_at IS NULL"]
    assert set(model[3]) <= still


@given(models())
def test_what_is_declared_or_asked_for_is_there_or_covered(model: Any) -> None:
    table, (_, united, rules, _) = made(model), model
    indexed = [*covers(table), *(one.columns for one in table.indexes if one.unique)]
    for name, (wish, _) in united.fields.items():
        assert not wish.index or any(one[0] == name for one in indexed), name
    if rules.include_indexes == "full":
        for one in united.indexes:
            found = [i for i in table.indexes if (i.columns, i.method) == (one.columns, one.method)]
            begun = one.method == "btree" and any(c[: len(one.columns)] == one.columns for c in indexed)
            assert found or begun, one


@pytest.mark.parametrize(
    ("entity", "columns", "naming"),
    [
        ("Account", {"name": "text", "title": "text"}, "name"),
        ("Account", {"account_name": "character varying(80)", "title": "text"}, "account_name"),
        ("SalesOrder", {"sales_order_name": "text", "label": "text"}, "sales_order_name"),
        ("Post", {"label": "text", "title": "text"}, "title"),
        ("Post", {"name": "integer", "subject": "text"}, "subject"),
        ("Post", {"name": "text[]"}, None),
        ("Post", {"first_name": "text", "code": "text"}, None),
    ],
)
def test_the_column_that_names_a_row_is_found(
    entity: str, columns: dict[str, str], naming: str | None
) -> None:
    own = tuple(Column(name, kind) for name, kind in columns.items())
    fields = {column.name: (FieldRequest(column), "m") for column in own}
    united = UnitedEntity(entity, "t", ("id",), "m", fields=fields)
    found = indexes_of(Table("t", own), united, (), Rules(include_indexes="full"), Namer(["t"]))
    assert [(one.name, one.columns) for one in found if one.method == "btree"] == (
        [(f"idx_t_{naming}", (naming,))] if naming else []
    )
