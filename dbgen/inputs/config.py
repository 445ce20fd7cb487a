"""`config/dbgen.yaml` as a frozen value, every key with its default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path as FilePath
from typing import Any

from dbgen.errors import InputError, Place
from dbgen.inputs import dotenv
from dbgen.inputs.config_keys import (
    ITERATION,
    PATHS,
    PROTOTYPE,
    RULES,
    TIMEOUTS,
    VARIABLES,
    BadValue,
    Key,
)
from dbgen.inputs.documents import Document, inside, read_text, read_yaml
from dbgen.inputs.linked import linked_url
from dbgen.inputs.problems import Path, Problems, did_you_mean
from dbgen.inputs.tried_rules import tried_rules
from dbgen.model.requests import Rules
from dbgen.values import dataclass, replace

CONFIG_FILE = "config/dbgen.yaml"


@dataclass(frozen=True, slots=True)
class Paths:
    """Where things lie, relative to the workspace."""

    modules: str = ".pipeline/modules/"
    busm: str = ".pipeline/factory-tools/busm-reader/busm-model.json"
    migrations: str = ".pipeline/database/migrations/prototype/"
    state: str = ".pipeline/database/state/prototype/"
    rollbacks: str = ".pipeline/database/rollbacks/prototype/"
    types: str = ".pipeline/database/types/"


@dataclass(frozen=True, slots=True)
class Config:
    """What the config file says, the environment's names in place. `lock_timeout` and `statement_timeout`
    are PostgreSQL's texts (`3s`, `0` for none).
    """

    supabase_url: str = ""
    supabase_anon_key: str = field(default="", repr=False)
    project_id: str = ""
    access_token: str = field(default="", repr=False)
    database_url: str = field(default="", repr=False)
    target: str = "auto"
    paths: Paths = field(default_factory=Paths)
    rules: Rules = field(default_factory=Rules)
    lock_timeout: str = "3s"
    statement_timeout: str = "0"
    allow_rollback: bool = True
    keep_history: bool = True
    max_history_count: int = 10
    environment: str | None = None
    rule_places: Mapping[str, Place] = field(default_factory=dict, repr=False, compare=False)

    def place(self, rule: str) -> Place:
        """Where the file says a rule, by its attribute; the file where it does not."""
        return self.rule_places.get(rule, Place(CONFIG_FILE))


class _Masked:
    """The config as a source of places that never show a value: it may be a password."""

    def __init__(self, document: Document) -> None:
        self.file = document.file
        self._document = document

    def place(self, path: Path) -> Place:
        return _without_value(self._document.place(path))


def _without_value(place: Place) -> Place:
    if place.text is None or ":" not in place.text:
        return replace(place, text=None)
    return replace(place, text=place.text.partition(":")[0] + ": …")


def load_config(
    root: FilePath,
    environment: Mapping[str, str],
    env_name: str | None = None,
    rules: Sequence[str] = (),
) -> Config:
    """The workspace's config; `env_name` picks an entry of `environments` to override `prototype`, `rules`
    (`includeRLS=true`) override both.

    Raises `InputError` CONFIG_INVALID with every unknown key, wrong value and undefined name.
    """
    tried = tried_rules(rules)
    data, source = _document(root)
    names = _names(root, environment)
    reader = _Reader(source, names)
    reader.known(data, ("prototype", "environments"), ())
    base = reader.block(data.get("prototype"), PROTOTYPE, ("prototype",))
    environments = reader.mapping(data.get("environments"), ("environments",))
    if env_name is not None and env_name not in environments:
        raise InputError(
            "CONFIG_INVALID",
            f"There is no environment {env_name} in {CONFIG_FILE}",
            hint=did_you_mean(env_name, environments),
            place=source.place(("environments",)) if source else Place(CONFIG_FILE),
        )
    if env_name is not None:
        chosen = reader.block(environments[env_name], PROTOTYPE, ("environments", env_name))
        base = _over(base, chosen)
    base = _over(base, {"rules": tried})
    reader.problems.check()
    config = _config(root, {**_from_names(names), **base}, env_name)
    if not config.database_url:
        config = replace(config, database_url=linked_url(root, names))
    _refuse_outside(root, config, reader)
    _refuse_contradictions(config.rules, reader)
    reader.problems.check()
    return replace(config, rule_places=reader.rule_places())


def _document(root: FilePath) -> tuple[dict[str, Any], _Masked | None]:
    if not (root / CONFIG_FILE).exists() and not (root / CONFIG_FILE).is_symlink():
        return {}, None
    try:
        document = read_yaml(root, CONFIG_FILE, "CONFIG_INVALID")
    except InputError as error:
        problems = [replace(p, place=_without_value(p.place) if p.place else None) for p in error.problems]
        if not problems:
            raise
        raise InputError.of("CONFIG_INVALID", problems) from None
    if document.data is not None and not isinstance(document.data, dict):
        raise InputError(
            "CONFIG_INVALID", f"{CONFIG_FILE}: expected a mapping", place=_Masked(document).place(())
        )
    return document.data or {}, _Masked(document)


def _names(root: FilePath, environment: Mapping[str, str]) -> dict[str, str]:
    if not (root / ".env").exists():
        return dict(environment)
    return {**dotenv.parse(read_text(root, ".env", "CONFIG_INVALID")), **environment}


def _from_names(names: Mapping[str, str]) -> dict[str, str]:
    """The defaults of keys that are `${NAME:-}` where the config leaves them out."""
    return {key: names[name] for key, name in VARIABLES.items() if names.get(name)}


class _Reader:
    """Reads blocks of the config, their keys checked and `${NAME}` in place."""

    def __init__(self, source: _Masked | None, names: Mapping[str, str]) -> None:
        self.source = source
        self.problems = Problems("CONFIG_INVALID")
        self._names = names
        self.places: dict[str, Path] = {}

    def known(self, block: Mapping[str, Any], keys: Any, path: Path) -> None:
        for name in block:
            if name not in keys:
                where = ".".join(map(str, (*path, name)))
                self.problems.add(
                    f"Unknown key {where}", self.source, (*path, name), did_you_mean(name, list(keys))
                )

    def mapping(self, value: Any, path: Path) -> dict[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.problems.add(f"{'.'.join(map(str, path))}: expected a mapping", self.source, path)
            return {}
        return value

    def block(self, value: Any, keys: Mapping[str, Any], path: Path) -> dict[str, Any]:
        """The values of a block by attribute, nested blocks as dicts, keys that say nothing left out."""
        block = self.mapping(value, path)
        self.known(block, keys, path)
        found: dict[str, Any] = {}
        for name, key in keys.items():
            if name not in block:
                continue
            if isinstance(key, dict):
                found[name] = self.block(block[name], key, (*path, name))
            elif block[name] is not None:
                self._one(found, block[name], key, (*path, name))
        return found

    def rule_places(self) -> dict[str, Place]:
        """Where the file says each rule, by attribute."""
        if self.source is None:
            return {}
        rules = {key.attribute for key in RULES.values()}
        return {name: self.source.place(path) for name, path in self.places.items() if name in rules}

    def _one(self, found: dict[str, Any], value: Any, key: Key, path: Path) -> None:
        try:
            expanded = dotenv.expand(value, self._names) if isinstance(value, str) else value
            found[key.attribute] = key.read(expanded, expanded is not value and expanded != value)
            self.places[key.attribute] = path
        except (dotenv.Undefined, BadValue) as error:
            self.problems.add(f"{'.'.join(map(str, path))}: {error}", self.source, path, key.hint)


def _over(base: dict[str, Any], chosen: dict[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for name, value in chosen.items():
        result[name] = {**base.get(name, {}), **value} if isinstance(value, dict) else value
    return result


def _config(root: FilePath, values: dict[str, Any], env_name: str | None) -> Config:
    plain = {name: value for name, value in values.items() if not isinstance(value, dict)}
    defaults = Paths()
    if (root / "supabase" / "config.toml").is_file():
        defaults = replace(defaults, migrations="supabase/migrations/")
    return Config(
        **plain,
        **values.get("iteration", {}),
        **values.get("timeouts", {}),
        paths=replace(defaults, **values.get("paths", {})),
        rules=Rules(**values.get("rules", {})),
        environment=env_name,
    )


def _refuse_outside(root: FilePath, config: Config, reader: _Reader) -> None:
    for name, key in PATHS.items():
        path = getattr(config.paths, key.attribute)
        if FilePath(path).is_absolute() or not inside(root, path):
            reader.problems.add(
                f"prototype.paths.{name}: {path} leads out of the workspace",
                reader.source,
                reader.places.get(key.attribute, ()),
                "Paths are relative to the workspace.",
            )


def _refuse_contradictions(rules: Rules, reader: _Reader) -> None:
    if rules.include_rls and rules.rls_identity == "app.user_id" and rules.api_access == "anon":
        reader.problems.add(
            "prototype.rules.rlsIdentity: app.user_id is set by your application, which anonymous visitors "
            "of the Data API do not pass",
            reader.source,
            reader.places.get("rls_identity", ()),
            "Set apiAccess to authenticated or none, or rlsIdentity to auth.uid.",
        )


def every_key() -> dict[str, Key]:
    """Each key of `prototype` by its dotted name, with its attribute."""
    result = {name: key for name, key in PROTOTYPE.items() if isinstance(key, Key)}
    for group, keys in (("paths", PATHS), ("rules", RULES), ("iteration", ITERATION), ("timeouts", TIMEOUTS)):
        result |= {f"{group}.{name}": key for name, key in keys.items()}
    return result
