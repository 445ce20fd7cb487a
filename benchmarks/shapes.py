"""The schemas that are measured, as plain values: every size and iteration is the same each time."""

from __future__ import annotations

from dataclasses import dataclass, replace

_NOUNS = "Invoice Order Product Supplier Location Contact Payment Shipment Contract Ticket".split()
#: Field, BUSM type and PostgreSQL's own, of which each entity takes as many as it needs to have 12.
_FIELDS = (
    ("name", "string", "varchar(120)"),
    ("status", "enum", "varchar(50)"),
    ("quantity", "integer", "integer"),
    ("notes", "text", "text"),
    ("amount", "decimal", "numeric(12,2)"),
    ("isActive", "boolean", "boolean"),
    ("dueOn", "date", "date"),
    ("email", "email", "varchar(255)"),
    ("updatedAt", "datetime", "timestamptz"),
    ("details", "json", "jsonb"),
)
_COUNT = 12


@dataclass(frozen=True, slots=True)
class Field:
    """`type` is BUSM's word, `sql` PostgreSQL's; `target` the entity that a foreign key points to."""

    name: str
    type: str
    sql: str
    target: str | None = None

    @property
    def column(self) -> str:
        """The column's name."""
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in self.name)


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity with its table's name."""

    name: str
    table: str
    fields: tuple[Field, ...]


def entities(size: int, iteration: int) -> tuple[Entity, ...]:
    """The entities of an iteration (1 or 2): 12 fields and 1.2 foreign keys each, with self references and
    cycles. The second adds 5% entities, two columns on 10%, changes types on 2% and drops a column on 1%.
    """
    first = tuple(_entity(number, size) for number in range(size))
    if iteration == 1:
        return first
    grown = range(size, size + -(-size // 20))
    return (*(_changed(one, i) for i, one in enumerate(first)), *(_entity(i, size) for i in grown))


def _name(number: int) -> str:
    return f"{_NOUNS[number % len(_NOUNS)]}{number:04d}"


def _table(number: int) -> str:
    return f"{_NOUNS[number % len(_NOUNS)].lower()}s_{number:04d}"


def _entity(number: int, size: int) -> Entity:
    keys = [Field("parentId", "uuid", "uuid", _name(_first_target(number, size)))]
    if number % 5 == 4:
        keys.append(Field("relatedId", "uuid", "uuid", _name((number * 13 + 1) % size)))
    own = [Field(*said) for said in _FIELDS][: _COUNT - 1 - len(keys)]
    return Entity(_name(number), _table(number), (Field("id", "uuid", "uuid"), *own, *keys))


def _first_target(number: int, size: int) -> int:
    match number % 10:
        case 0:
            return number % size
        case 1:
            return (number + 1) % size
        case 2:
            return (number - 1) % size
    return (number * 7 + 3) % size


def _changed(entity: Entity, number: int) -> Entity:
    fields = entity.fields
    if number % 10 == 3:
        fields = (*fields, Field("priority", "smallint", "smallint"), Field("remark", "text", "text"))
    if number % 50 == 7:
        fields = tuple(
            replace(one, type="bigint", sql="bigint") if one.name == "quantity" else one for one in fields
        )
    if number % 100 == 8:
        fields = tuple(one for one in fields if one.name != "notes")
    return replace(entity, fields=fields)
