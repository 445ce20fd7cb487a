"""Laying out a workspace leaves everything that is there as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from dbgen.errors import InputError
from dbgen.workspace.init import init_workspace
from dbgen.workspace.paths import find_root
from dbgen.workspace.scripts import SCRIPTS, with_scripts

CONFIG = "config/dbgen.yaml"


def test_lays_out_the_example_once(tmp_path: Path) -> None:
    root = tmp_path / "a" / "shop"
    first = init_workspace(root, scripts=True)
    assert CONFIG in first.created
    assert ".pipeline/database/.gitignore" in first.created
    assert (first.kept, first.scripts) == ((), ())
    assert all((root / name).is_file() for name in first.created)
    assert find_root(root, None) == root
    (root / CONFIG).write_text("mine")
    second = init_workspace(root, scripts=True)
    assert (second.created, second.kept) == ((), first.created)
    assert (root / CONFIG).read_text() == "mine"


@pytest.mark.parametrize("supabase", [True, False])
def test_migrations_stay_where_the_supabase_cli_looks(tmp_path: Path, supabase: bool) -> None:
    if supabase:
        (tmp_path / "supabase").mkdir()
        (tmp_path / "supabase" / "config.toml").touch()
    init_workspace(tmp_path, scripts=False)
    paths = yaml.safe_load((tmp_path / CONFIG).read_text())["prototype"]["paths"]
    assert ("migrations" in paths) != supabase
    assert paths["state"] == ".pipeline/database/state/prototype/"


@pytest.mark.parametrize("name", ["config", ".pipeline", CONFIG])
def test_link_that_leads_out(tmp_path: Path, name: str) -> None:
    root, outside = tmp_path / "shop", tmp_path / "outside"
    (root / name).parent.mkdir(parents=True)
    (root / name).symlink_to(outside)
    with pytest.raises(InputError) as caught:
        init_workspace(root, scripts=False)
    assert caught.value.code == "INPUT_INVALID"
    assert not outside.exists()


def test_file_in_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "config").touch()
    with pytest.raises(InputError, match="laid out"):
        init_workspace(tmp_path, scripts=False)


def test_spoilt_package_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"name": ')
    with pytest.raises(InputError):
        init_workspace(tmp_path, scripts=True)
    assert [path.name for path in tmp_path.iterdir()] == ["package.json"]


def test_scripts_are_added_when_asked(tmp_path: Path) -> None:
    package = tmp_path / "package.json"
    package.write_text('{\n  "name": "x"\n}\n')
    assert init_workspace(tmp_path, scripts=False).scripts == ()
    assert "db:generate" not in package.read_text()
    assert init_workspace(tmp_path, scripts=True).scripts == tuple(SCRIPTS)
    assert json.loads(package.read_text()) == {"name": "x", "scripts": SCRIPTS}


ALL = ",\n".join(f'    "{key}": "{value}"' for key, value in SCRIPTS.items())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '{\n  "files": ["a", "b"],\n  "scripts": {\n    "test": "x"\n  },\n  "z": 1\n}\n',
            '{\n  "files": ["a", "b"],\n  "scripts": {\n    "test": "x",\n' + ALL + '\n  },\n  "z": 1\n}\n',
        ),
        ('{\n  "name": "x"\n}', '{\n  "name": "x",\n  "scripts": {\n' + ALL + "\n  }\n}"),
        ('{\n  "scripts": {}\n}\n', '{\n  "scripts": {\n' + ALL + "\n  }\n}\n"),
        ("{}\n", '{\n  "scripts": {\n' + ALL + "\n  }\n}\n"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("indent", ["  ", "\t", "    "])
def test_looks_are_kept(before: str, after: str, newline: str, indent: str) -> None:
    if before == "{}\n" and (newline, indent) != ("\n", "  "):
        newline, indent = "\n" if newline == "\n" else newline, "  "

    def dressed(text: str) -> bytes:
        return text.replace("  ", indent).replace("\n", newline).encode()

    changed, added = with_scripts(dressed(before), "package.json")
    assert changed == dressed(after)
    assert added == tuple(SCRIPTS)
    assert with_scripts(changed, "package.json") == (changed, ())


def test_own_scripts_win_and_one_line_stays_one_line() -> None:
    data = b'\xef\xbb\xbf{"scripts": {"db:types": "mine", "db:status": "mine"}}'
    changed, added = with_scripts(data, "package.json")
    assert added == ("db:generate", "db:preview", "db:rollback")
    assert changed.startswith(b"\xef\xbb\xbf{")
    assert b"\n" not in changed
    assert json.loads(changed.decode("utf-8-sig"))["scripts"]["db:types"] == "mine"


@pytest.mark.parametrize("data", [b"", b"[]", b'{"scripts": 1}', b"\xff", b'{"a": 1,}', b"[" * 100_000])
def test_spoilt_package(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        with_scripts(data, "package.json")
    assert caught.value.code == "INPUT_INVALID"
