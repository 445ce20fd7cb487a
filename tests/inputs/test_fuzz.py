"""Whatever stands in the files, reading them ends in a schema or in one of dbgen's own errors."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dbgen.errors import InputError
from dbgen.model.snapshot import dumps, loads
from tests.inputs.workspaces import Workspace

WORDS = st.sampled_from(
    "id name type fields entities relationships enums from to Account account_id default values enum "
    "required primaryKey unique foreignKey uuid array items tableName constraints maxLength many-to-many "
    "one-to-one sql now() indexes where renames module phase A.id auth.users.id renamed_from '".split()
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 300)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
FIELD = st.dictionaries(WORDS, VALUES, max_size=5) | VALUES
ENTITY = st.fixed_dictionaries(
    {"fields": st.dictionaries(WORDS, FIELD, max_size=3) | VALUES},
    optional={
        "primaryKey": VALUES,
        "indexes": VALUES,
        "tableName": VALUES,
    },
)
BUSM = st.fixed_dictionaries(
    {"entities": st.dictionaries(WORDS, ENTITY, max_size=3)},
    optional={"relationships": VALUES, "enums": VALUES},
)
RELATIONSHIP = st.fixed_dictionaries(
    {"from": WORDS, "to": WORDS, "type": WORDS}, optional={"field": WORDS, "onDelete": VALUES}
)
MODULE = st.fixed_dictionaries(
    {"module": st.just("m")},
    optional={
        "entities": st.lists(WORDS, max_size=3),
        "fields": st.dictionaries(WORDS, st.lists(WORDS | FIELD, max_size=3), max_size=2),
        "relationships": st.lists(RELATIONSHIP | VALUES, max_size=2),
        "renames": st.fixed_dictionaries({"entities": st.dictionaries(WORDS, WORDS, max_size=2)}),
        "phase": st.integers(0, 3),
    },
)
BUILDER = st.fixed_dictionaries(
    {"module": st.dictionaries(WORDS, VALUES, max_size=3) | st.just({"id": "m"})},
    optional={
        "entity": ENTITY | VALUES,
        "entities": st.lists(ENTITY | VALUES, max_size=2),
        "businessRules": VALUES,
    },
)


@pytest.mark.parametrize("examples", [30, pytest.param(150, marks=pytest.mark.slow)])
def test_reading_ends_in_a_schema_or_an_input_error(examples: int, tmp_path: Path) -> None:
    @settings(max_examples=examples)
    @given(BUSM | VALUES, MODULE | BUILDER, MODULE)
    def law(busm: Any, one: Any, other: Any) -> None:
        with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
            _read(Path(folder), busm, (one, other))

    law()


def _read(folder: Path, busm: Any, modules: tuple[Any, ...]) -> None:
    workspace = Workspace(folder)
    workspace.busm(busm)
    for module in modules:
        (workspace.root / ".pipeline/modules").mkdir(parents=True, exist_ok=True)
        (workspace.root / ".pipeline/modules/m-phase1.yaml").write_text(json.dumps(module))
        try:
            wanted = workspace.generate()
        except InputError:
            continue
        assert loads(dumps(workspace.previous), "x") == workspace.previous
        json.dumps(wanted.busm_updates)
