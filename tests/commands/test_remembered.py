"""A plan that was worked out before is given again for the same files, and for no others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from dbgen.commands import World, planning, preview, status
from dbgen.commands.questions import Questions
from dbgen.commands.results import Generated, Status
from dbgen.errors import InputError, WorkError
from dbgen.plan import Ambiguity
from tests.commands.conftest import Shop

CACHE = ".pipeline/database/.cache"
CHANGES: dict[str, Callable[[Shop], object]] = {
    "a field": lambda shop: shop.entity("Account", city="string"),
    "a type": lambda shop: shop.entity("Account", email="text"),
    "an entity": lambda shop: shop.entity("Note", body="text"),
    "a rule": lambda shop: shop.rules(includeIndexes="full"),
    "a path": lambda shop: (shop.root / "config/dbgen.yaml").write_text(
        "prototype: {paths: {modules: .pipeline/others/}}"
    ),
    "a second module": lambda shop: (shop.root / ".pipeline/modules/b-phase1.yaml").write_text(
        "module: b\nentities: [Account]\nfields: {Account: [id, fax]}\n"
    ),
    "a file that is not read": lambda shop: (shop.root / ".pipeline/modules/c.yaml").touch(),
    "a comment's line": lambda shop: _moved_down(shop),
    "an iteration": lambda shop: shop.generate(),
}


def _moved_down(shop: Shop) -> None:
    module = shop.root / ".pipeline/modules/shop-phase1.yaml"
    module.write_text(f"# a comment\n{module.read_text()}  # unknown fields come below\n")


def never(*_: object) -> NoReturn:
    raise AssertionError("planned again")


@pytest.fixture
def made(shop: Shop) -> Shop:
    shop.entity("Account", name={"type": "text", "required": True}, email="email")
    shop.generate()
    shop.entity("Account", phone="phone", owner={"type": "uuid", "foreignKey": "Nobody.id"})
    return shop


def seen(shop: Shop) -> list[Generated | Status | str]:
    """What both commands give, which may be a mistake in the inputs."""
    found: list[Generated | Status | str] = []
    for command in (preview, status):
        try:
            found.append(command(shop.world))
        except InputError as error:
            found.append(str(error))
    return found


def afresh(shop: Shop) -> list[Generated | Status | str]:
    for name in ("preview", "pending"):
        (shop.root / CACHE / f"{name}.json").unlink(missing_ok=True)
    return seen(shop)


def test_the_same_files_are_planned_once(made: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    planned, found = preview(made.world), status(made.world)
    monkeypatch.setattr(planning, "plan_next", never)
    assert (preview(made.world), status(made.world)) == (planned, found)
    assert planned.warnings
    assert planned.operations
    assert found.pending


@pytest.mark.parametrize("change", CHANGES)
def test_other_files_are_planned_anew(made: Shop, change: str) -> None:
    seen(made)
    CHANGES[change](made)
    assert seen(made) == afresh(made)


@pytest.mark.parametrize(
    "options", [{"iteration": 2}, {"module": "shop"}, {"rules": ("includeRLS=true",)}, {"no_renames": True}]
)
def test_another_call_is_another_plan(made: Shop, options: dict[str, object]) -> None:
    preview(made.world)
    found = preview(made.world, **options)  # type: ignore[arg-type]  # each has its own type
    (made.root / CACHE / "preview.json").unlink()
    assert preview(made.world, **options) == found  # type: ignore[arg-type]  # likewise


def test_an_answer_is_asked_for_each_time(made: Shop) -> None:
    class Person(Questions):
        asked = 0

        def rename(self, ambiguity: Ambiguity, others: Sequence[Ambiguity] = ()) -> str | None:
            del others
            self.asked += 1
            return ambiguity.candidates[0]

    made.entity("Account", email=None, phone=None, mail="email")
    person = Person()
    world: World = replace(made.world, questions=person)
    first = preview(world)
    assert preview(world) == first
    assert person.asked == 2
    assert not (made.root / CACHE / "preview.json").exists()


def test_an_edited_snapshot_is_refused_all_the_same(made: Shop) -> None:
    preview(made.world)
    status(made.world)
    snapshot = made.root / ".pipeline/database/state/prototype/iteration-1-schema.json"
    snapshot.write_text(snapshot.read_text().replace("email", "e_mail"))
    for command in (preview, status):
        with pytest.raises(WorkError) as caught:
            command(made.world)
        assert caught.value.code == "STATE_CORRUPT"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"key": 1}', "\xff"])
def test_a_damaged_cache_is_none(made: Shop, text: str) -> None:
    before = afresh(made)
    for name in ("preview", "pending"):
        (made.root / CACHE / f"{name}.json").write_bytes(text.encode("latin-1"))
    assert seen(made) == before


def test_nothing_is_kept_where_nothing_was_made(shop: Shop) -> None:
    shop.entity("Account", name="text")
    preview(shop.world)
    assert not (shop.root / ".pipeline/database").exists()


def test_what_cannot_be_kept_leaves_nothing(made: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    preview(made.world)
    assert [path.name for path in (made.root / CACHE).iterdir()] == [".gitignore"]
