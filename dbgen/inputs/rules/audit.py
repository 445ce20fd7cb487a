"""`includeAudit`: who made and changed each row, and a log of all changes that no API role can touch."""

from __future__ import annotations

from collections.abc import Mapping

from dbgen.inputs.naming import Namer
from dbgen.inputs.rules.templates import LOG, body, column, table
from dbgen.model.requests import Rules
from dbgen.model.schema import Column, Function, Index, Policy, PrimaryKey, Schema, Table, Trigger
from dbgen.names import derived, from_pattern
from dbgen.values import replace

#: Triggers of one kind run in the order of their names
#: (https://www.postgresql.org/docs/current/trigger-definition.html).
STAMP, AUDIT = "dbgen_stamp", "dbgen_audit"
_LOG_COMMENT = "Every change of a row, written by triggers; no API role can read or change it."


def stamps(rules: Rules) -> tuple[Column, ...]:
    """The columns that each entity's table gets. Their defaults fill the rows that are there."""
    made = (
        Column("created_at", "timestamp with time zone", False, "now()"),
        Column("updated_at", "timestamp with time zone", False, "now()"),
        Column("created_by", "uuid"),
        Column("updated_by", "uuid"),
    )
    return tuple(replace(one, name=column(one.name, rules)) for one in made)


def audited(schema: Schema, rules: Rules, masked: Mapping[str, tuple[str, ...]], namer: Namer) -> Schema:
    """The schema with the log, its functions and the triggers that write it.

    `masked`: by table, the columns whose values the log does not show. Tables of entities have the columns
    of `stamps`; those between two entities do not, and are only logged.
    """
    own = {one.name for one in stamps(rules)}

    def triggers(one: Table) -> tuple[Trigger, ...]:
        key = one.primary_key.columns if one.primary_key else ()
        arguments = (_array(key), _array(masked.get(one.name, ())))
        log = Trigger(AUDIT, "AFTER", ("INSERT", "UPDATE", "DELETE"), "audit", arguments)
        stamp = Trigger(STAMP, "BEFORE", ("INSERT", "UPDATE"), "stamp")
        return (log, stamp) if own <= {c.name for c in one.columns} else (log,)

    tables = [replace(one, triggers=(*one.triggers, *triggers(one))) for one in schema.tables]
    log = _log(rules, namer)
    return replace(schema, tables=(*tables, log), functions=(*schema.functions, *_functions(rules, log.name)))


def log_name(rules: Rules) -> str:
    """What the log is called."""
    return table(LOG, rules)


def _functions(rules: Rules, log: str) -> tuple[Function, ...]:
    return (
        # A function in SQL, for PostgreSQL looks into its body at once: without auth.uid() nothing is made.
        Function(
            "actor",
            "uuid",
            body("actor", rules),
            language="sql",
            volatility="STABLE",
            comment="Who acts, for the triggers.",
        ),
        Function(
            "stamp",
            "trigger",
            body("stamp", rules),
            definer=True,
            comment="Keeps when and by whom a row was made and changed; owner and service_role may say it.",
        ),
        Function(
            "audit",
            "trigger",
            body("audit", rules),
            definer=True,
            tables=(log,),
            comment="Writes the audit log. Arguments: the key's columns, and those whose values are masked.",
        ),
        Function(
            "prune_audit_log",
            "bigint",
            body("prune_audit_log", rules),
            arguments=("before timestamp with time zone",),
            tables=(log,),
            comment="Deletes what the audit log has from before a time, and says how many entries that were.",
        ),
    )


def _log(rules: Rules, namer: Namer) -> Table:
    name = log_name(rules)
    made = (
        Column("id", "bigint", False, identity=True),
        Column("occurred_at", "timestamp with time zone", False, "now()"),
        Column("table_name", "text", False),
        Column("row_key", "jsonb", False),
        Column("operation", "text", False, comment="INSERT, UPDATE, DELETE, SOFT_DELETE or RESTORE"),
        Column("old_row", "jsonb"),
        Column("new_row", "jsonb"),
        Column("actor", "uuid", comment="Who was signed in"),
        Column("db_role", "text", False, comment="The role in which the change was made"),
        Column("transaction_id", "bigint", False),
    )
    columns = (replace(one, name=column(one.name, rules), position=number) for number, one in enumerate(made))
    return Table(
        name,
        tuple(columns),
        PrimaryKey(namer.relation(f"{name}_pkey", name, f"{name} key"), (column("id", rules),)),
        indexes=_indexes(name, rules, namer),
        comment=_LOG_COMMENT,
        # It has no grants; the policy says that it is closed on purpose.
        policies=(Policy(derived(f"{name}_nobody"), "ALL", ("anon", "authenticated"), "false"),),
        row_security=True,
    )


def _indexes(name: str, rules: Rules, namer: Namer) -> tuple[Index, ...]:
    """For pruning, one that costs an entry nearly nothing; for a row's story, one that takes keys of any
    length.
    """
    if rules.include_indexes == "none":
        return ()
    wishes = (("occurred_at", "brin"), ("row_key", "hash"))
    found = []
    for wish, method in wishes:
        columns = (column(wish, rules),)
        called = namer.relation(from_pattern(rules.index_name_pattern, name, columns), name, f"{name} {wish}")
        found.append(Index(called, columns, method=method))
    return tuple(found)


def _array(names: tuple[str, ...]) -> str:
    """The names as PostgreSQL writes an array."""
    quoted = (name.replace("\\", "\\\\").replace('"', '\\"') for name in names)
    return "{" + ",".join(f'"{name}"' for name in quoted) + "}"
