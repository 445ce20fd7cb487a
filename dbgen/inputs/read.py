"""The whole way from the workspace's files to the schema that they ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path as FilePath
from typing import Any

from dbgen.errors import InputError, Place
from dbgen.inputs.assemble import Before, assemble
from dbgen.inputs.busm import Busm, load_busm
from dbgen.inputs.carried import carried
from dbgen.inputs.config import Config
from dbgen.inputs.modules import ModuleFile, load_modules
from dbgen.inputs.phases import Module, add_up, by_module
from dbgen.inputs.problems import Path, Problems, Source, did_you_mean
from dbgen.inputs.renames import Renames, find_renames
from dbgen.inputs.resolve import Resolved, resolve_module
from dbgen.inputs.rules.declared import policy_places
from dbgen.inputs.union import unite
from dbgen.inputs.updates import Updates
from dbgen.inputs.value_renames import value_renames
from dbgen.inputs.world import World, short
from dbgen.model.requests import Conversion, Decisions, ModuleRequest, Notice
from dbgen.model.schema import Schema, Table
from dbgen.model.snapshot import Snapshot
from dbgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the inputs ask for. `decisions`: renames still to be done and how changed columns are filled;
    `notices`: warnings first; `busm_updates`: in BUSM's own shape, {} when none; `module_names`: those
    renewed in this run; `declared_iterations`: what modules' files say about their iteration.
    """

    schema: Schema
    modules: tuple[ModuleRequest, ...]
    decisions: Decisions
    notices: tuple[Notice, ...]
    busm_updates: dict[str, Any]
    module_names: tuple[str, ...]
    phase: int
    declared_iterations: tuple[tuple[str, int], ...] = ()
    _sources: Mapping[tuple[str, str], tuple[Source, Path]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _policies: Mapping[tuple[str, str], tuple[Source, Path]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def policy_place(self, table: str, names: Sequence[str]) -> Place | None:
        """Where a file declares one of a table's policies, else the first that any file declares."""
        own = sorted(self._policies, key=lambda at: (at[0] != table or at[1] not in names, at))
        return self.place(*own[0]) if own else None

    def declares_policies(self, table: str) -> bool:
        """Whether a file of this run declares a policy of the table."""
        return any(name == table for name, _ in self._policies)

    def place(self, table: str, name: str = "") -> Place | None:
        """Where a file asks for a table or one of its columns or policies; None for what no file of this run
        does.
        """
        found = self._policies.get((table, name)) or self._sources.get((table, name))
        found = found or self._sources.get((table, ""))
        return found[0].place(found[1]) if found else None


def read_inputs(
    root: FilePath,
    config: Config,
    previous: Snapshot,
    *,
    iteration: int,
    module: str | None = None,
    drop_modules: Sequence[str] = (),
    phase: int | None = None,
    renames: Sequence[str] = (),
) -> Wanted:
    """What the workspace's files ask for, next to the previous snapshot.

    `module` renews that module's part only; `phase` reads no higher phase; `renames` are `--rename` flags
    (`accounts.name=display_name`, `clients=accounts`). Raises `InputError` INPUT_INVALID with every mistake
    found.
    """
    problems = Problems()
    files: list[ModuleFile] = []
    others: list[str] = []
    busm: list[Busm] = []

    def read_modules() -> None:
        found, rest = load_modules(root, config.paths.modules)
        files.extend(found)
        others.extend(rest)

    problems.attempt(read_modules)
    problems.attempt(lambda: busm.append(load_busm(root, config.paths.busm)))
    problems.check()
    chosen = _chosen(files, previous, config, module, drop_modules, phase)
    modules = [add_up(own, problems) for own in chosen.values()]
    problems.check()
    stale = [one for one in previous.modules if one.module not in chosen and one.module not in drop_modules]
    world = World(busm[0], config.rules, modules, stale, problems, rule_places=config.rule_places)
    _file_notices(world, others, modules, iteration)
    return _wanted(world, modules, stale, previous, iteration, phase, renames)


def _wanted(
    world: World,
    modules: Sequence[Module],
    stale: Sequence[ModuleRequest],
    previous: Snapshot,
    iteration: int,
    phase: int | None,
    flags: Sequence[str],
) -> Wanted:
    updates = Updates(world)
    resolved = [resolve_module(one, world, updates) for one in modules]
    world.problems.check()
    found = find_renames(resolved, previous, flags, world)
    requests = [*(one.request for one in resolved), *(carried(one, found) for one in stale)]
    requests.sort(key=lambda one: one.module)
    sources = {(one.request.module, *at): place for one in resolved for at, place in one.sources.items()}
    origins = {(one.request.module, *at): place for one in resolved for at, place in one.origins.items()}
    fresh = {one.name for one in modules}
    united = unite(requests, fresh, sources, world.problems)
    tables = {table.name: table for table in previous.schema.tables}
    backfilled = {
        (one.table, one.column) for r in resolved for one in r.conversions if one.backfill is not None
    }
    before = Before(tables, found, backfilled)
    schema = assemble(united, before, world, sources, iteration, origins)
    conversions = _conversions(resolved, before, schema, world)
    world.problems.check()
    moved, renamed = found.decisions()
    return Wanted(
        schema,
        tuple(requests),
        Decisions(moved, renamed, conversions, values=value_renames(united, found, previous)),
        _ordered(world.notices),
        updates.found(),
        tuple(sorted(fresh)),
        phase or max((one.phase for one in modules), default=1),
        tuple((one.name, said) for one in modules if (said := one.files[-1].iteration) is not None),
        {(table, column): place for (_, table, column), place in (*sources.items(), *origins.items())},
        policy_places(united, world) if world.rules.include_rls else {},
    )


def _chosen(
    files: Sequence[ModuleFile],
    previous: Snapshot,
    config: Config,
    module: str | None,
    drop_modules: Sequence[str],
    phase: int | None,
) -> dict[str, list[ModuleFile]]:
    """The files of the modules to renew, by module."""
    present = by_module(files)
    recorded = {one.module for one in previous.modules}
    for name in drop_modules:
        if name not in present and name not in recorded:
            raise _unknown(f"--drop-module {name}: there is no such module", name, [*present, *recorded])
    if module is not None and module not in present:
        if module in recorded and module not in drop_modules:
            raise _vanished([module])
        raise _unknown(
            f"--module {module}: no file of {config.paths.modules} is called so", module, [*present]
        )
    vanished = sorted(recorded - set(present) - set(drop_modules))
    if module is None and vanished:
        raise _vanished(vanished)
    kept = {name: own for name, own in present.items() if name not in drop_modules and module in (None, name)}
    upto = {name: [one for one in own if phase is None or one.phase <= phase] for name, own in kept.items()}
    found = {name: own for name, own in upto.items() if own}
    if not found and not drop_modules:
        what = (
            f"No module has a phase up to {phase}"
            if kept
            else f"There is no module in {config.paths.modules}"
        )
        hint = "A module file is called {module}-phase{n}.yaml; `dbgen init` makes an example."
        raise InputError("INPUT_INVALID", what, hint=hint, place=Place(config.paths.modules))
    return found


def _unknown(message: str, name: str, known: Sequence[str]) -> InputError:
    return InputError("INPUT_INVALID", message, hint=did_you_mean(name, sorted(set(known))))


def _vanished(modules: Sequence[str]) -> InputError:
    flags = " ".join(f"--drop-module {name}" for name in modules)
    what = "file of the module" if len(modules) == 1 else "files of the modules"
    return InputError(
        "INPUT_INVALID",
        f"The {what} {', '.join(modules)} {'is' if len(modules) == 1 else 'are'} gone",
        hint=f"Bring it back, or drop what it asked for with {flags}.",
    )


def _file_notices(world: World, others: Sequence[str], modules: Sequence[Module], iteration: int) -> None:
    for name in others:
        message = f"{name} is not read: a module file is called {{module}}-phase{{n}}.yaml"
        world.notices.append(Notice(message, "warning", "UNREAD_FILE", name))
    for message, where in world.busm.warnings:
        world.notices.append(Notice(message, "warning", "MISSING_TARGET", short(where)))
    for one in modules:
        for file in one.files:
            for message, path in file.remarks:
                world.warn(message, file.source, path, "PHASE")
        said = one.files[-1].iteration
        if said is not None and said != iteration:
            source = one.files[-1].source
            message = f"{source.file} says iteration {said}; this is iteration {iteration}"
            place = short(source.place(("iteration",)))
            world.notices.append(Notice(message, "notice", "ITERATION", place))


def _ordered(notices: Sequence[Notice]) -> tuple[Notice, ...]:
    def rank(one: Notice) -> tuple[object, ...]:
        file, _, line = (one.place or "").partition(":")
        return (one.level != "warning", file, int(line) if line.isdigit() else 0, one.message)

    return tuple(sorted(set(notices), key=rank))


def _conversions(
    resolved: Sequence[Resolved], before: Before, schema: Schema, world: World
) -> tuple[Conversion, ...]:
    """Those of columns whose table was there and that are added or changed in this iteration."""
    tables = {table.name: table for table in schema.tables}
    found: dict[tuple[str, str], Conversion] = {}
    for one in resolved:
        for wish in one.conversions:
            at = (wish.table, wish.column)
            if not _changes(tables[wish.table], wish.column, before.renames, before.tables):
                continue
            if found.setdefault(at, wish) != wish:
                source, path = one.sources[at]
                message = f"Two modules give {wish.table}.{wish.column} different backfill or using"
                world.problems.add(message, source, path)
    return tuple(found[at] for at in sorted(found))


def _changes(table: Table, column: str, renames: Renames, previous: Mapping[str, Table]) -> bool:
    old = renames.old_table(table.name, previous)
    if old is None or not table.has(column):
        return False
    called = renames.old_column(old.name, column)
    if called is None or not old.has(called):
        return True
    was, now = old.column(called), table.column(column)
    return (was.type, was.nullable) != (now.type, now.nullable)
