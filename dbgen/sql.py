"""The only place where text becomes SQL: quoting, and statements with what is known about them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from dbgen.values import dataclass

#: Words that PostgreSQL 15 to 18 accept as a table or column name only in quotes
#: (`pg_get_keywords()`, categories R and T, all versions together).
RESERVED = frozenset(
    """all analyse analyze and any array as asc asymmetric authorization binary both case cast check
    collate collation column concurrently constraint create cross current_catalog current_date
    current_role current_schema current_time current_timestamp current_user default deferrable desc
    distinct do else end except false fetch for foreign freeze from full grant group having ilike in
    initially inner intersect into is isnull join lateral leading left like limit localtime
    localtimestamp natural not notnull null offset on only or order outer overlaps placing primary
    references returning right select session_user similar some symmetric system_user table
    tablesample then to trailing true union unique user using variadic verbose when where window
    with""".split()
)
_PLAIN = re.compile(r"[a-z_][a-z0-9_]*\Z")
_TOKEN = re.compile(
    r"""[eE]'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'|(?P<tag>\$\w*\$).*?(?P=tag)
        |"(?P<quoted>(?:[^"]|"")+)"|(?P<bare>(?<![.\w$])(?<!::)[^\W\d][\w$]*)(?!\s*[.(])""",
    re.DOTALL | re.VERBOSE,
)
_WORD = re.compile(
    r"""[eE]'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*'|(?P<tag>\$\w*\$).*?(?P=tag)
        |"(?P<quoted>(?:[^"]|"")+)"|(?P<bare>[^\W\d][\w$]*)""",
    re.DOTALL | re.VERBOSE,
)

#: PostgreSQL's table lock modes, weakest first
#: (https://www.postgresql.org/docs/current/explicit-locking.html).
LOCKS = (
    "",
    "ACCESS SHARE",
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
)


class Danger(Enum):
    """What a statement may do to people's data or to those who wait for it."""

    DATA_LOSS = "data-loss"
    DATA_KEPT = "data-kept"
    REWRITE = "rewrite"
    MAY_FAIL = "may-fail"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class Hazard:
    """A danger and the sentence that tells it."""

    danger: Danger
    message: str


#: What a call of one of dbgen's functions may be given.
Argument = str | int | bool | tuple[str, ...] | None
#: A statement that is longer starts its clause on a line of its own.
_LONG = 100


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL statement without its semicolon.

    `lock` is the strongest lock it takes on a table that is already there ("" for none). `table` and
    `clause` are set on an ALTER TABLE whose clause may share the statement with its neighbours; `calls`
    on a DO block of calls of dbgen's functions, `guarded` when it does nothing where they are not there.
    """

    sql: str
    hazards: tuple[Hazard, ...] = ()
    lock: str = ""
    table: str | None = None
    clause: str | None = None
    calls: tuple[str, ...] = ()
    guarded: bool = False

    @property
    def rewrites(self) -> bool:
        """Whether the whole table is written anew."""
        return any(hazard.danger is Danger.REWRITE for hazard in self.hazards)


def needs_quotes(name: str) -> bool:
    """Whether the name means something else, or nothing, when written bare."""
    return not _PLAIN.match(name) or name in RESERVED


def renamed(expression: str, old: str, new: str) -> str:
    """An SQL expression over a row with one of its columns under another name."""

    def one(token: re.Match[str]) -> str:
        quoted, bare = token["quoted"], token["bare"]
        named = (
            quoted.replace('""', '"') if quoted else bare.lower() if bare and not needs_quotes(old) else ""
        )
        return ident(new) if named == old else token[0]

    return _TOKEN.sub(one, expression)


def names_in(*expressions: str | None) -> frozenset[str]:
    """Every word outside of constants that may be a name: of a column, a table, a function."""
    return frozenset(
        token["quoted"].replace('""', '"') if token["quoted"] else token["bare"].lower()
        for expression in expressions
        for token in _WORD.finditer(expression or "")
        if token["quoted"] or token["bare"]
    )


def ident(name: str) -> str:
    """The name as SQL, in quotes only where PostgreSQL needs them."""
    return '"' + name.replace('"', '""') + '"' if needs_quotes(name) else name


def qualified(name: str, schema: str = "public") -> str:
    """`public.accounts`: the same object whatever the search_path."""
    return f"{ident(schema)}.{ident(name)}"


def idents(names: Iterable[str]) -> str:
    """`a, b, c`."""
    return ", ".join(ident(name) for name in names)


def literal(value: str) -> str:
    """A text as a string constant, the same under any `standard_conforming_strings`.

    A carriage return is escaped: checkouts change them in files.
    """
    quoted = value.replace("'", "''")
    if "\\" in quoted or "\r" in quoted:
        return "E'" + quoted.replace("\\", "\\\\").replace("\r", "\\r") + "'"
    return f"'{quoted}'"


def alter_table(
    table: str, clause: str, *hazards: Hazard, lock: str = "ACCESS EXCLUSIVE", alone: bool = False
) -> Statement:
    """`ALTER TABLE public.table clause`; `alone` when the clause cannot stand beside others (RENAME)."""
    sql = f"ALTER TABLE {qualified(table)} {clause}"
    if len(sql) > _LONG:
        sql = f"ALTER TABLE {qualified(table)}\n    {clause}"
    if alone:
        return Statement(sql, hazards, lock)
    return Statement(sql, hazards, lock, table=table, clause=clause)


def call(
    function: str, *arguments: Argument, guarded: bool, lock: str = "", hazards: tuple[Hazard, ...] = ()
) -> Statement:
    """A call of one of dbgen's functions, in a DO block; None is NULL, a tuple an array of texts."""
    written = ", ".join(_argument(argument) for argument in arguments)
    return _calls((f"dbgen.{function}({written})",), guarded, lock, hazards)


def _argument(value: Argument) -> str:
    match value:
        case None:
            return "NULL"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case tuple():
            return f"ARRAY[{', '.join(literal(str(item)) for item in value)}]" if value else "'{}'"
        case _:
            return literal(str(value))


def _calls(calls: tuple[str, ...], guarded: bool, lock: str, hazards: tuple[Hazard, ...]) -> Statement:
    pad = "        " if guarded else "    "
    lines = "\n".join(f"{pad}PERFORM {one};" for one in calls)
    if guarded:
        # A migration brings the functions alone that it cannot do without.
        names = sorted({one.partition("(")[0] for one in calls})
        there = " AND ".join(f"to_regproc('{name}') IS NOT NULL" for name in names)
        lines = f"    IF {there} THEN\n{lines}\n    END IF;"
    tag = "$dbgen$" if not any("$dbgen$" in one for one in calls) else "$dbgen_calls$"
    sql = f"DO {tag}\nBEGIN\n{lines}\nEND\n{tag}"
    return Statement(sql, hazards, lock, calls=calls, guarded=guarded)


def joins(last: Statement, following: Statement) -> bool:
    """Whether two neighbours can be one statement: clauses for one table, or calls guarded alike."""
    if last.calls and following.calls:
        return last.guarded == following.guarded
    return last.clause is not None and following.clause is not None and last.table == following.table


def merged(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Neighbouring ALTER TABLEs of one table, and neighbouring calls, as one statement each."""
    runs: list[list[Statement]] = []
    for statement in statements:
        if runs and joins(runs[-1][-1], statement):
            runs[-1].append(statement)
        else:
            runs.append([statement])
    return tuple(run[0] if len(run) == 1 else _joined(run) for run in runs)


def _joined(run: list[Statement]) -> Statement:
    first = run[0]
    lock = strongest(statement.lock for statement in run)
    hazards = tuple(hazard for statement in run for hazard in statement.hazards)
    if first.calls:
        return _calls(
            tuple(one for statement in run for one in statement.calls), first.guarded, lock, hazards
        )
    assert first.table is not None
    clause = ",\n    ".join(str(statement.clause) for statement in run)
    sql = f"ALTER TABLE {qualified(first.table)}\n    {clause}"
    return Statement(sql, hazards, lock, first.table, clause)


def dropping(kept: bool, what: str) -> Hazard:
    """The hazard of a drop, after what goes was kept or not."""
    if kept:
        return Hazard(Danger.DATA_KEPT, f"drops {what}, which dbgen_archive keeps")
    return Hazard(Danger.DATA_LOSS, f"drops {what}")


def strongest(locks: Iterable[str]) -> str:
    """The strongest of some lock modes, "" of none."""
    return max(locks, key=LOCKS.index, default="")
