"""One field as a column: its type, default and nullability, after the contract's order of who may say."""

from __future__ import annotations

from operator import attrgetter

from dbgen import names
from dbgen.inputs import expressions
from dbgen.inputs.columntypes import BadType, EnumSpec, Resolved, native, resolve, word_of
from dbgen.inputs.defaults import BadDefault, default_sql
from dbgen.inputs.fields import UNSAID, FieldSpec
from dbgen.inputs.limits import Limit
from dbgen.inputs.links import Link
from dbgen.inputs.phases import Module
from dbgen.inputs.problems import did_you_mean
from dbgen.inputs.rules.constraints import LeftOut, limits_of
from dbgen.inputs.world import World, merged
from dbgen.model import types
from dbgen.model.requests import FieldRequest, Limits
from dbgen.model.schema import Column, EnumType
from dbgen.values import dataclass

#: What a key that is nobody else's is filled with: its default, and whether it is an identity.
_OWN_KEY = {"uuid": ("gen_random_uuid()", False), "integer": (None, True), "bigint": (None, True)}
_TEXTS = frozenset({"text", "character varying", "character", "citext"})
#: Besides texts: what `to_tsvector` reads.
_SEARCHED = frozenset({"json", "jsonb"})
_SQL = ("backfill", "using", "using_back")
_sql_of = attrgetter(*_SQL)
_NO_SQL = (None,) * len(_SQL)


@dataclass(frozen=True, slots=True)
class Made:
    """A column asked for, the word for its type, and whether the key has it."""

    request: FieldRequest
    word: str
    primary: bool
    link: Link | None = None


class ColumnMaker:
    """Makes the columns of one entity."""

    def __init__(self, world: World, module: Module, entity: str, enums: dict[str, EnumType]) -> None:
        self._world = world
        self._module = module
        self._entity = entity
        self._enums = enums

    def make(
        self,
        column: str,
        own: FieldSpec,
        busm: FieldSpec | None,
        link: Link | None,
        key: list[str],
        position: int,
    ) -> Made | None:
        """The column, or None where a mistake was noted. `key`: the fields of the entity's key."""
        spec = merged(own, busm) or own
        try:
            word, found = self._world.type_of(spec, self._entity, self._module, link)
        except BadType as error:
            self._world.problems.add(f"{own.name}: {error}", spec.source, spec.path, error.hint)
            return None
        self._mismatch(own, busm, found)
        self._check_sql(own)
        primary = names.key(own.name) in key
        required = primary or self._required(own, busm, link)
        default, identity = self._default(spec, found, required), False
        alone = primary and len(key) == 1
        if alone and default is None and spec.default is UNSAID and link is None and not spec.foreign_key:
            default, identity = _OWN_KEY.get(found.type, (None, False))
        made = Column(column, found.type, not required, default, identity, spec.description or None, position)
        unique = (bool(spec.unique) or (link is not None and link.unique)) and not alone
        request = FieldRequest(
            made,
            unique,
            bool(spec.index),
            self._values(spec, found),
            own.renamed_from,
            bool(spec.owner),
            bool(spec.tenant),
            self._limits(own, spec, found),
            sensitive=bool(spec.sensitive),
            search=self._search(spec, found),
            renamed_values=self._renamed_values(found),
        )
        return Made(request, word, primary, link)

    def _mismatch(self, own: FieldSpec, busm: FieldSpec | None, found: Resolved) -> None:
        mine = word_of(own)
        theirs = word_of(busm) if busm is not None and mine is not None else None
        if theirs is None or busm is None or mine == theirs:
            return
        try:
            other = resolve(
                busm, theirs, self._world.enum_of(busm, self._entity, self._module), self._world.rules
            )
        except BadType:
            return
        if other.type != found.type:
            message = f"Field '{own.name}' type mismatch: module says {mine}, BUSM says {theirs}"
            self._world.warn(message, own.source, own.path, "TYPE_MISMATCH")

    def _check_sql(self, own: FieldSpec) -> None:
        said = _sql_of(own)
        if said == _NO_SQL:
            return
        for name, text in zip(_SQL, said, strict=True):
            why = expressions.refusal(text) if text is not None else None
            if why is not None:
                self._world.problems.add(f"{own.name}: {name}: {why}", own.source, (*own.path, name))

    @staticmethod
    def _required(own: FieldSpec, busm: FieldSpec | None, link: Link | None) -> bool:
        said = own.required
        if said is None and link is not None:
            said = link.required
        if said is None and busm is not None:
            said = busm.required
        return bool(said)

    def _default(self, spec: FieldSpec, found: Resolved, required: bool) -> str | None:
        value = spec.default
        if value is UNSAID:
            if found.enum is not None and found.enum.default is not None and not found.type.endswith("[]"):
                value = found.enum.default
            elif required and spec.system and found.type.startswith("timestamp"):
                return "now()"
            else:
                return None
        try:
            return default_sql(value, found.type, found.enum.values if found.enum else None)
        except BadDefault as error:
            self._world.problems.add(f"{spec.name}: {error}", spec.source, (*spec.path, "default"))
            return None

    def _values(self, spec: FieldSpec, found: Resolved) -> tuple[str, ...]:
        if found.enum is None:
            return ()
        if self._world.rules.enum_style == "native":
            self._native(found.enum, spec)
        return found.enum.values

    def _renamed_values(self, found: Resolved) -> tuple[tuple[str, str], ...]:
        if found.enum is None:
            return ()
        own = [one for one in self._module.value_renames if names.key(one.enum) == names.key(found.enum.name)]
        for one in own:
            if one.new not in found.enum.values:
                hint = did_you_mean(one.new, found.enum.values)
                message = f"The enum {found.enum.name} has no value {one.new} that {one.old} could become"
                self._world.problems.add(message, one.source, one.path, hint)
        return tuple(sorted((one.old, one.new) for one in own))

    def _search(self, spec: FieldSpec, found: Resolved) -> bool:
        if not spec.search or self._world.rules.include_indexes != "full" or found.type in _SEARCHED:
            return bool(spec.search)
        if types.base(found.type) in _TEXTS and not types.is_array(found.type):
            return True
        message = f"{spec.name}: search is for texts and JSON, and the field is {types.written(found.type)}"
        self._world.problems.add(message, spec.source, (*spec.path, "search"))
        return False

    def _limits(self, own: FieldSpec, spec: FieldSpec, found: Resolved) -> Limits | None:
        if spec.limits is None:
            return None
        overridden = own.type is not None

        def report(limit: Limit, error: ValueError) -> None:
            if not self._world.rules.include_constraints:
                return
            message = f"{own.name}: {limit.rule}: {error}"
            # BUSM's limits are for BUSM's type.
            if isinstance(error, LeftOut) or (overridden and limit.source is not own.source):
                self._world.warn(f"{message}; left out", limit.source, limit.path, "LEFT_OUT")
            else:
                self._world.problems.add(message, limit.source, limit.path)

        return limits_of(spec.limits, found.type, found.enum is not None, report)

    def _native(self, enum: EnumSpec, spec: FieldSpec) -> None:
        for value in (value for value in enum.values if not names.fits(value)):
            why = f"has a value of {len(value.encode())} bytes; PostgreSQL takes {names.MAX_BYTES}"
            self._world.problems.add(f"The enum {enum.name} {why}: {value[:20]}…", spec.source, spec.path)
        made = native(enum)
        other = self._enums.setdefault(made.name, made)
        if other != made:
            self._world.problems.add(f"Two enums are called {made.name}, with different values")
