"""Every story of `tests/cases` goes all the way, and every one of `tests/cases_bad` is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dbgen.commands import generate, preview
from dbgen.database import embedded as embedded_module
from dbgen.database.embedded import Embedded, create_throwaway, drop_throwaway
from dbgen.errors import DbgenError
from tests.runner import HERE, Story, begin, call_of, elided, iterations, lay, stories, world_of
from tests.sheets import compare, refused


@pytest.fixture
def root(tmp_path: Path, server: Embedded, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty workspace whose proofs run on the tests' server, so that not every story starts its own."""
    monkeypatch.setattr(embedded_module, "embedded", lambda _: server)
    begin(tmp_path)
    return tmp_path


@pytest.fixture
def databases(server_url: str) -> Iterator[tuple[str, str, str]]:
    """Three empty databases."""
    made = (create_throwaway(server_url), create_throwaway(server_url), create_throwaway(server_url))
    yield made
    for url in made:
        drop_throwaway(url)


#: Variations of what another story tells too; `.ci/run` goes them with the slow tests.
VARIATIONS = frozenset(
    """bigint-keys busm-lists cycle-of-three default-taken-back drop-required-column enum-native-array
    enum-native-inline enum-native-renamed enum-values-renamed grants index-predicate-renamed indexes-changed
    indexes-full key-identity key-natural key-type-widened modules-share-an-entity name-patterns
    rename-by-flag rename-chain rename-onto-dropped-name rename-table-name rename-tables-swapped
    required-later rules-audit rules-odd-names rules-policies rules-row-security rules-soft-delete
    target-later type-widened""".split()
)


def _all_stories() -> list[object]:
    names = stories("cases")
    assert VARIATIONS.issubset(names)
    return [pytest.param(n, marks=pytest.mark.slow) if n in VARIATIONS else n for n in names]


@pytest.mark.parametrize("name", _all_stories())
def test_story(
    name: str, root: Path, databases: tuple[str, str, str], request: pytest.FixtureRequest
) -> None:
    folder = HERE / "cases" / name
    story = Story(folder, root, *databases[:2])
    story.forward()
    for number, level in enumerate(story.levels[1:], 1):
        texts = {kind: elided(text) for kind, text in level.texts.items()}
        compare(folder / "expected" / str(number), texts, request.config.getoption("--update"))
    story.back()
    story.forward_again()
    story.judged()
    story.applied(databases[2])


@pytest.mark.parametrize("name", stories("cases_bad"))
def test_bad_input_is_refused(name: str, root: Path, request: pytest.FixtureRequest) -> None:
    folder = HERE / "cases_bad" / name
    *earlier, last = iterations(folder) or [folder / "inputs"]
    for step in earlier:
        lay(step, root)
        generate(world_of(root), yes=True, apply=False, verify=False)
    lay(last, root)
    before = _tree(root)
    arguments = {key: value for key, value in call_of(last).items() if key != "remove"}
    with pytest.raises(DbgenError) as raised:
        preview(world_of(root), prove=True, **arguments)
    assert _tree(root) == before
    text = refused(raised.value).replace(str(root), "WORKSPACE")
    compare(folder / "expected", {"error.txt": text}, request.config.getoption("--update"))


def _tree(root: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in root.rglob("*")}
