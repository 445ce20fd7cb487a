from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from dbgen.errors import InputError
from dbgen.inputs import dotenv
from dbgen.inputs.config import Config, Paths, every_key, load_config
from dbgen.model.requests import Rules
from tests.inputs.workspaces import CONFIG, write

REPOSITORY = Path(__file__).parents[2]
EXAMPLE = REPOSITORY / "dbgen/workspace/example"


def config(root: Path, text: str, env: str | None = None, **environment: str) -> Config:
    write(root, CONFIG, text)
    return load_config(root, environment, env)


def refused(root: Path, text: str, env: str | None = None, **environment: str) -> InputError:
    with pytest.raises(InputError) as raised:
        config(root, text, env, **environment)
    assert raised.value.code == "CONFIG_INVALID"
    return raised.value


def test_without_a_file_every_default_applies(tmp_path: Path) -> None:
    assert load_config(tmp_path, {}) == Config()


def test_the_example_has_every_key_with_its_default_and_a_comment() -> None:
    text = (EXAMPLE / CONFIG).read_text()
    block = yaml.safe_load(text)["prototype"]
    defaults = Config()
    homes: dict[str, Any] = {"paths": defaults.paths, "rules": defaults.rules}
    for name, key in every_key().items():
        group, _, last = name.rpartition(".")
        assert last in (block[group] if group else block), f"{name} is missing"
        value = (block[group] if group else block)[last]
        default = getattr(homes.get(group, defaults), key.attribute)
        if value is not None and not str(value).startswith("${"):
            assert key.read(value, False) == default, f"{name} has another default"
        (line,) = [one for one in text.splitlines() if one.lstrip().startswith(f"{last}:")]
        assert " # " in line, f"{name} has no comment"
    assert load_config(EXAMPLE, {}) == defaults


def test_every_attribute_has_a_key() -> None:
    attributes = {key.attribute for key in every_key().values()}
    wanted = {f.name for kind in (Config, Paths, Rules) for f in fields(kind)}
    assert wanted - {"paths", "rules", "environment", "rule_places"} == attributes


def test_the_repository_holds_the_example() -> None:
    for path in sorted(EXAMPLE.rglob("*")):
        if path.is_file():
            assert (REPOSITORY / path.relative_to(EXAMPLE)).read_bytes() == path.read_bytes()


def test_names_come_from_the_environment_then_from_dotenv(tmp_path: Path) -> None:
    write(tmp_path, ".env", "A=file\nB=file # comment\n")
    text = "prototype: {projectId: '${A}', accessToken: '${B}', supabaseUrl: '${C:-none}'}"
    found = config(tmp_path, text, A="outside")
    assert (found.project_id, found.access_token, found.supabase_url) == ("outside", "file", "none")


def test_a_value_from_the_environment_has_its_type(tmp_path: Path) -> None:
    text = "prototype: {rules: {useUUIDs: '${U}', defaultStringLength: '${N:-80}'}}"
    found = config(tmp_path, text, U="false")
    assert (found.rules.use_uuids, found.rules.default_string_length) == (False, 80)


def test_an_environment_overrides(tmp_path: Path) -> None:
    text = """
prototype: {target: embedded, rules: {enumStyle: check, apiAccess: none}}
environments: {live: {target: postgres, rules: {apiAccess: anon}}, other: {databaseUrl: "${UNSET}"}}
"""
    found = config(tmp_path, text, "live")
    assert (found.target, found.environment) == ("postgres", "live")
    assert (found.rules.enum_style, found.rules.api_access) == ("check", "anon")


def test_an_unknown_environment_names_the_nearest(tmp_path: Path) -> None:
    assert refused(tmp_path, "environments: {staging: {}}", "stagin").hint == "Did you mean staging?"


BAD = {
    "unknown key": ("prototype:\n  rules:\n    enumStile: check\n", "prototype.rules.enumStile", 3),
    "unknown block": ("prototyp: {}\n", "prototyp", 1),
    "wrong type": ("prototype:\n  rules:\n    useUUIDs: 1\n", "true or false", 3),
    "yaml 1.1 boolean": ("prototype:\n  rules:\n    useUUIDs: no\n", "true or false", 3),
    "no choice": ("prototype:\n  target: cloud\n", "auto, embedded", 2),
    "length zero": ("prototype:\n  rules:\n    defaultStringLength: 0\n", "whole number", 3),
    "pattern": ("prototype:\n  rules:\n    indexNamePattern: idx_{tabel}_{column}\n", "{table}", 3),
    "undefined name": ("prototype:\n  projectId: ${NOPE}\n", "${NOPE} is not defined", 2),
    "half a name": ("prototype:\n  projectId: ${NOPE\n", "expected ${NAME}", 2),
    "path outside": ("prototype:\n  paths:\n    types: ../types/\n", "leads out", 3),
    "absolute path": ("prototype:\n  paths:\n    types: /tmp/\n", "leads out", 3),
    "duplicate key": ("prototype:\n  target: auto\n  target: auto\n", "stands twice", 3),
    "no mapping": ("- a\n", "expected a mapping", 1),
    "contradiction": (
        "prototype:\n  rules: {includeRLS: true, apiAccess: anon,\n    rlsIdentity: app.user_id}\n",
        "anonymous visitors",
        3,
    ),
    "timeout": ("prototype:\n  timeouts: {lock: soon}\n", "3s, 500ms", 2),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_config_is_refused_with_its_line(tmp_path: Path, case: str) -> None:
    text, expected, line = BAD[case]
    error = refused(tmp_path, text)
    assert expected in error.message
    assert error.place is not None
    assert (error.place.file, error.place.line) == (CONFIG, line)


@pytest.mark.parametrize(
    "text",
    [
        "prototype:\n  databaseURL: postgresql://u:hunter2@h/d\n",
        "prototype:\n  accessToken: [hunter2]\n",
        "prototype:\n  accessToken: ${A}hunter2\n",
        'prototype:\n  accessToken: "hunter2\n',
    ],
)
def test_no_error_shows_a_secret(tmp_path: Path, text: str) -> None:
    error = refused(tmp_path, text)
    assert "hunter2" not in f"{error.message} {error.hint} {error.place!r} {error.problems!r}"


def test_no_config_shows_a_secret(tmp_path: Path) -> None:
    text = "prototype: {databaseUrl: hunter2, accessToken: hunter2, supabaseAnonKey: hunter2}"
    found = config(tmp_path, text)
    assert found.database_url == "hunter2"
    assert "hunter2" not in repr(found)


def test_supabase_keeps_its_migrations_where_its_cli_looks(tmp_path: Path) -> None:
    write(tmp_path, "supabase/config.toml", "")
    write(tmp_path, CONFIG, (EXAMPLE / CONFIG).read_text())
    assert load_config(tmp_path, {}).paths.migrations == "supabase/migrations/"
    assert config(tmp_path, "prototype: {paths: {migrations: m/}}").paths.migrations == "m/"


def test_dotenv_knows_quotes_comments_and_export() -> None:
    text = """
# a comment
export A = bare value # not this
B='single $x \\n # kept'
C="double\\n\\"quoted\\" # kept"  # not this
D=
E="two
lines"
F=a#b
not a line
G=last"""
    assert dotenv.parse(text) == {
        "A": "bare value",
        "B": "single $x \\n # kept",
        "C": 'double\n"quoted" # kept',
        "D": "",
        "E": "two\nlines",
        "F": "a#b",
        "G": "last",
    }


def test_rules_that_a_call_tries_win_over_the_file_and_the_environment(tmp_path: Path) -> None:
    text = "prototype: {rules: {includeRLS: false}}\nenvironments: {prod: {rules: {useUUIDs: true}}}\n"
    tried = (
        "include_rls=true",
        "useUUIDs = false",
        "defaultStringLength=80",
        "enumStyle=native",
        "rlsOwner=",
    )
    write(tmp_path, CONFIG, text)
    rules = load_config(tmp_path, {}, "prod", tried).rules
    assert rules.include_rls
    assert not rules.use_uuids
    assert (rules.default_string_length, rules.enum_style) == (80, "native")


@pytest.mark.parametrize(
    ("tried", "message", "hint"),
    [
        ("includeRSL=true", "there is no such rule", "Did you mean includeRLS?"),
        ("includeRLS", "expected NAME=VALUE", "For example"),
        ("includeRLS=yes", "expected true or false", None),
        ("enumStyle=nativ", "did you mean native?", None),
        ("defaultStringLength=0", "from 1 to 10485760", None),
        ("indexNamePattern={table}", "with {table} and {column}", None),
        ("includeIndexes=", "expected one of none, basic, full", None),
    ],
)
def test_a_rule_that_a_call_gets_wrong_is_refused(
    tmp_path: Path, tried: str, message: str, hint: str | None
) -> None:
    with pytest.raises(InputError) as raised:
        load_config(tmp_path, {}, None, (tried,))
    assert raised.value.code == "CONFIG_INVALID"
    assert f"--rule {tried}: " in raised.value.message
    assert message in raised.value.message
    assert (raised.value.hint or "").startswith(hint or "")
