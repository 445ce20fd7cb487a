"""Schemas written by hand that hold everything that types depend on."""

from __future__ import annotations

from dbgen.model.schema import Column, EnumType, ForeignKey, Index, PrimaryKey, Schema, Table, Unique
from dbgen.sql import qualified
from tests.strategies import KEY_TYPES, ODD, OTHER_TYPES, RESERVED

STATUS = EnumType("account_status", ("Pending", "Active", "it's", 'a "quote"', "back\\slash", "", "é😀"))
LONG = EnumType("order_state", tuple(f"a rather long state of an order, number {n}" for n in range(9)))


def accounts() -> Schema:
    """A small application: defaults, identity, nullability, enums, relationships of every kind."""
    return Schema((_accounts(), _locations(), _profiles(), _visits()), (STATUS, LONG))


def _accounts() -> Table:
    return Table(
        "accounts",
        (
            Column("id", "uuid", False, "gen_random_uuid()"),
            Column("name", "character varying(255)", False),
            Column("status", "public.account_status", False, "'Pending'::public.account_status"),
            Column("statuses", "public.account_status[]"),
            Column("state", "public.order_state"),
            Column("settings", "jsonb", False),
            Column("note", "text"),
            Column("owner_id", "uuid"),
            Column("parent_id", "uuid"),
            Column("twin_id", "uuid"),
        ),
        PrimaryKey("pk_accounts", ("id",)),
        (Unique("uq_accounts_twin_id", ("twin_id",)),),
        foreign_keys=(
            ForeignKey("fk_accounts_owner_id", ("owner_id",), "users", ("id",), target_schema="auth"),
            ForeignKey("fk_accounts_parent_id", ("parent_id",), "accounts", ("id",)),
            ForeignKey("fk_accounts_twin_id", ("twin_id",), "accounts", ("id",)),
        ),
    )


def _locations() -> Table:
    return Table(
        "locations",
        (
            Column("account_id", "uuid", False, position=0),
            Column("number", "integer", False, position=1),
            Column("city", "text", False, position=2),
        ),
        PrimaryKey("pk_locations", ("account_id", "number")),
        foreign_keys=(ForeignKey("fk_locations_account_id", ("account_id",), "accounts", ("id",)),),
    )


def _profiles() -> Table:
    """One to one by its primary key; a unique index does not count."""
    return Table(
        "profiles",
        (
            Column("account_id", "uuid", False),
            Column("backup_id", "uuid"),
            Column("serial", "bigint", False, identity=True),
        ),
        PrimaryKey("pk_profiles", ("account_id",)),
        indexes=(Index("idx_profiles_backup_id", ("backup_id",), unique=True),),
        foreign_keys=(
            ForeignKey("fk_profiles_account_id", ("account_id",), "accounts", ("id",)),
            ForeignKey("fk_profiles_backup_id", ("backup_id",), "accounts", ("id",)),
            ForeignKey("B", ("backup_id",), "accounts", ("id",)),
            ForeignKey("a", ("backup_id",), "accounts", ("id",)),
        ),
    )


def _visits() -> Table:
    """Composite foreign keys: one to one in the order of the table, but not in another one."""
    columns = (Column("account_id", "uuid", position=0), Column("number", "integer", position=1))
    return Table(
        "visits",
        columns,
        uniques=(Unique("uq_visits", ("number", "account_id")),),
        foreign_keys=(
            ForeignKey("fk_visits", ("account_id", "number"), "locations", ("account_id", "number")),
            ForeignKey("fk_visits_turned", ("number", "account_id"), "locations", ("number", "account_id")),
        ),
    )


def all_types() -> Schema:
    """Every type, nullable and not, single and as an array."""
    kinds = [*KEY_TYPES, *OTHER_TYPES, '"char"', "txid_snapshot", "xid", "regtype", "nummultirange"]
    kinds += ["public.account_status", *(f"{kind}[]" for kind in kinds), "public.account_status[]"]
    columns = [
        Column(f"c{index}_{'null' if nullable else 'not_null'}", kind, nullable, position=index)
        for index, kind in enumerate(kinds)
        for nullable in (True, False)
    ]
    return Schema((Table("kinds", tuple(columns)),), (STATUS,))


def odd_names() -> Schema:
    """Names that JavaScript, PostgreSQL or an alphabet find hard, as tables, columns and enums."""
    pool = tuple(dict.fromkeys((*ODD, *RESERVED, "a b", "a_b", "ab", "aB", "a-b", "Ab", "äb", "_x", "$d")))
    columns = tuple(Column(name, "integer", position=index) for index, name in enumerate(pool))
    tables = tuple(Table(name, columns[:1]) for name in pool)
    enums = tuple(EnumType(f"{name[:20]} kind", (name,)) for name in pool)
    return Schema((*tables, Table("all of them", columns)), enums)


def borrowed_names() -> Schema:
    """Enums and tables that are called as built-in types are; the Supabase CLI mixes them up."""
    enums = [EnumType(name, ("x",)) for name in ("inet", "text", "_und", "foo", "void", "e" * 63)]
    kinds = ["inet", "inet[]", "text[]", "point", "point[]", "box", "money[]"]
    kinds += [qualified(enum.name) for enum in enums]
    kinds += [f"{qualified(enum.name)}[]" for enum in enums]
    columns = tuple(Column(f"c{index}", kind, position=index) for index, kind in enumerate(kinds))
    return Schema(
        (*(Table(name, ()) for name in ("point", "money", "_foo")), Table("uses", columns)), tuple(enums)
    )


def only_enums() -> Schema:
    """No table at all."""
    return Schema((), (STATUS,))
