"""Tables of every kind that row level security tells apart, with rows in them, and what the README lets
whom do with each: worked out from the rows, not from the SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID, uuid5

Row = dict[str, Any]


def _id(name: str) -> str:
    return str(uuid5(UUID(int=0), name))


ANN, BOB, EVE = _id("Ann"), _id("Bob"), _id("Eve")
ANNS, BOBS, BOTH, NOBODYS = _id("Ann's"), _id("Bob's"), _id("both's"), _id("nobody's")
MEMBERS = {ANN: {ANNS, BOTH}, BOB: {BOBS, BOTH}}

_KEY = {"type": "uuid", "required": True, "primaryKey": True}
_USER = {"type": "uuid", "required": True, "foreignKey": "User.id"}
_TENANT = {"type": "uuid", "required": True, "foreignKey": "Organization.id"}


def _between(start: str, end: str) -> dict[str, str]:
    return {"type": "many-to-many", "from": start, "to": end}


_FIELDS: dict[str, dict[str, Any]] = {
    "User": {},
    "Organization": {},
    "Membership": {
        "organizationId": {**_TENANT, "primaryKey": True},
        "userId": {**_USER, "primaryKey": True},
    },
    "Note": {"authorId": _USER},
    "Item": {"noteId": {"type": "uuid", "required": True, "foreignKey": "Note.id", "owner": True}},
    "Post": {"authorId": _USER},
    "Comment": {"postId": {"type": "uuid", "required": True, "foreignKey": "Post.id", "owner": True}},
    "Project": {"organizationId": _TENANT},
    "Task": {"authorId": {**_USER, "owner": True}, "organizationId": {**_TENANT, "required": False}},
    "Report": {"authorId": {**_USER, "owner": True}, "organizationId": _TENANT},
    "Country": {},
    "Language": {},
    "Secret": {},
}
BUSM: dict[str, Any] = {
    "entities": {
        name: {"fields": fields if name == "Membership" else {"id": _KEY, **fields}}
        for name, fields in _FIELDS.items()
    },
    "relationships": {
        "a": _between("Note", "Country"),
        "b": _between("Country", "Language"),
        "c": _between("Note", "Secret"),
        "d": _between("Post", "Country"),
    },
}
MODULE = f"""
module: all
tenant: organization_id
entities: [{", ".join(_FIELDS)}]
access: {{Country: reference, Language: reference}}
policies:
  - {{entity: Post, name: everybody_reads, for: select, to: [anon, authenticated], using: true}}
"""


def _rows(table: str, **domain: tuple[str | None, ...]) -> list[Row]:
    """A row with a key of its own for each combination."""
    made = [dict(zip(domain, values, strict=True)) for values in product(*domain.values())]
    return [{"id": _id(f"{table} {sorted(row.items(), key=str)}"), **row} for row in made]


def _pairs(**domain: tuple[str, ...]) -> list[Row]:
    return [dict(zip(domain, values, strict=True)) for values in product(*domain.values())]


_NOTES = _rows("notes", author_id=(ANN, BOB))
_POSTS = _rows("posts", author_id=(ANN, BOB))
_SHARED = {"author_id": (ANN, BOB), "organization_id": (ANNS, BOBS, BOTH)}
_COUNTRIES, _LANGUAGES, _SECRETS = _rows("countries"), _rows("languages"), _rows("secrets")


def _keys(rows: list[Row]) -> tuple[str, ...]:
    return tuple(row["id"] for row in rows)


#: Parents first.
ROWS: dict[str, list[Row]] = {
    "users": [{"id": ANN}, {"id": BOB}],
    "organizations": [{"id": one} for one in (ANNS, BOBS, BOTH)],
    "memberships": [
        {"organization_id": tenant, "user_id": user}
        for user, own in MEMBERS.items()
        for tenant in sorted(own)
    ],
    "notes": _NOTES,
    "items": _rows("items", note_id=_keys(_NOTES)),
    "posts": _POSTS,
    "comments": _rows("comments", post_id=_keys(_POSTS)),
    "projects": _rows("projects", organization_id=(ANNS, BOBS, BOTH)),
    "tasks": _rows("tasks", author_id=(ANN, BOB), organization_id=(ANNS, BOBS, BOTH, None)),
    "reports": _rows("reports", **_SHARED),
    "countries": _COUNTRIES,
    "languages": _LANGUAGES,
    "secrets": _SECRETS,
    "note_countries": _pairs(note_id=_keys(_NOTES), country_id=_keys(_COUNTRIES)),
    "post_countries": _pairs(post_id=_keys(_POSTS), country_id=_keys(_COUNTRIES)),
    "country_languages": _pairs(country_id=_keys(_COUNTRIES), language_id=_keys(_LANGUAGES)),
    "note_secrets": _pairs(note_id=_keys(_NOTES), secret_id=_keys(_SECRETS)),
}


def news(table: str) -> list[Row]:
    """The rows that are tried as new ones, and as what a row is changed to."""
    match table:
        case "users":
            return [{"id": ANN}, {"id": BOB}, {"id": EVE}]
        case "organizations":
            return [{"id": ANNS}, {"id": BOBS}, {"id": NOBODYS}]
        case "memberships":
            return _pairs(organization_id=(ANNS, BOBS, BOTH), user_id=(ANN, BOB))
    return ROWS[table]


def key_of(table: str, row: Row) -> Row:
    """The columns of the row's key."""
    return {"id": row["id"]} if "id" in row and table != "memberships" else row


@dataclass(frozen=True, slots=True)
class May:
    """What a user may do: see a row, insert one, leave one as it is after a change, change one, delete one.
    `open_to_all`: who is not signed in sees as much.
    """

    see: Callable[[str | None, Row], bool]
    insert: Callable[[str | None, Row], bool]
    leave: Callable[[str | None, Row], bool]
    change: Callable[[str | None, Row], bool]
    delete: Callable[[str | None, Row], bool]
    open_to_all: bool = False


Test = Callable[[str | None, Row], bool]


def _never(_me: str | None, _row: Row) -> bool:
    return False


def _signed_in(_me: str | None, _row: Row) -> bool:
    return True


def _mine(column: str) -> Test:
    return lambda me, row: me is not None and row[column] == me


def _whole(test: Test) -> May:
    return May(test, test, test, test, test)


def _read(test: Test) -> May:
    return May(test, _never, _never, _never, _never)


def _shared(our: Test) -> May:
    own = _mine("author_id")

    def either(me: str | None, row: Row) -> bool:
        return own(me, row) or our(me, row)

    def stays(me: str | None, row: Row) -> bool:
        return our(me, row) or (row["organization_id"] is None and own(me, row))

    def insert(me: str | None, row: Row) -> bool:
        return own(me, row) and stays(me, row)

    return May(either, insert, stays, either, either)


def _told(table: str, row: Row) -> str:
    return f"{table} {sorted(key_of(table, row).items())}"


#: Rows that were deleted softly, where the rule is on.
DELETED = {
    table: [row for number, row in enumerate(ROWS[table]) if number % 2]
    for table in ("memberships", "notes", "projects", "tasks", "reports")
}
_GONE = frozenset(_told(table, row) for table, rows in DELETED.items() for row in rows)


def _may(gone: frozenset[str]) -> dict[str, May]:
    """By table, as the README says it of its kind."""

    def is_member(me: str | None, tenant: str | None) -> bool:
        own = {"organization_id": tenant, "user_id": me}
        return tenant in MEMBERS.get(me or "", ()) and _told("memberships", own) not in gone

    def ours(column: str) -> Test:
        return lambda me, row: is_member(me, row[column])

    def of_my_note(me: str | None, row: Row) -> bool:
        return any(
            note["id"] == row["note_id"] and note["author_id"] == me and _told("notes", note) not in gone
            for note in _NOTES
        )

    def of_my_post(me: str | None, row: Row) -> bool:
        return any(post["id"] == row["post_id"] and post["author_id"] == me for post in _POSTS)

    own_tenant, my_post = ours("id"), _mine("author_id")
    around_posts = May(_signed_in, of_my_post, of_my_post, of_my_post, of_my_post)
    return {
        "users": _whole(_mine("id")),
        "organizations": May(own_tenant, _never, own_tenant, own_tenant, _never),
        "memberships": _read(ours("organization_id")),
        "notes": _whole(_mine("author_id")),
        "items": _whole(of_my_note),
        "posts": May(_signed_in, my_post, my_post, my_post, my_post, open_to_all=True),
        "comments": around_posts,
        "post_countries": around_posts,
        "projects": _whole(ours("organization_id")),
        "tasks": _shared(ours("organization_id")),
        "reports": _shared(ours("organization_id")),
        "countries": _read(_signed_in),
        "languages": _read(_signed_in),
        "secrets": _read(_never),
        "note_countries": _whole(of_my_note),
        "country_languages": _read(_signed_in),
        "note_secrets": _read(_never),
    }


_MAY, _MAY_STILL = _may(frozenset()), _may(_GONE)

#: What is tried: the command, the row, and what it becomes.
Trial = tuple[str, str, Row, Row]


def trials() -> Iterator[Trial]:
    """Every command on every row, and every change of every row."""
    for table, rows in ROWS.items():
        for row in rows:
            yield table, "select", row, {}
            yield table, "delete", row, {}
            for new in news(table):
                yield table, "update", row, {**row, **{k: v for k, v in new.items() if _moves(table, k)}}
        for new in news(table):
            fresh = {**new, "id": _id(f"new {new}")} if "id" in new and table not in _OWN_KEYS else new
            yield table, "insert", fresh, {}


_OWN_KEYS = ("users", "organizations")


def _moves(table: str, column: str) -> bool:
    """Whether a change of the row may change the column."""
    return column != "id" or table in _OWN_KEYS


def expected(
    trial: Trial, me: str | None, *, signed_in: bool, all_rights: bool, soft_delete: bool = False
) -> str:
    """`done`, `nothing` where no row is met, or `refused`."""
    table, command, row, new = trial
    gone = soft_delete and _told(table, row) in _GONE
    if all_rights:
        return "nothing" if gone and command == "delete" else "done"
    may = (_MAY_STILL if soft_delete else _MAY)[table]
    if command == "insert":
        return "done" if signed_in and may.insert(me, row) else "refused"
    test = {"select": may.see, "update": may.change, "delete": may.delete}[command]
    if gone or not (signed_in or (may.open_to_all and command == "select")) or not test(me, row):
        return "nothing"
    return "done" if command != "update" or may.leave(me, new) else "refused"
