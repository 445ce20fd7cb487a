"""Advice before the fact: what Supabase's advisor will find in a schema, by its names, numbers and levels.

The rules are those of `supabase db advisors` 3.1.0, as far as a Schema decides them
(https://supabase.com/docs/guides/database/database-advisors).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import attrgetter

from dbgen.model.requests import Notice
from dbgen.model.schema import Index, Policy, Schema, Table
from dbgen.sql import ident, idents, qualified
from dbgen.values import dataclass

#: Column names that the advisor takes for sensitive, in lower case, `-` written as `_`.
SENSITIVE = frozenset(
    "password passwd pwd passphrase secret secret_key private_key api_key apikey auth_key token jwt "
    "access_token refresh_token oauth_token session_token bearer_token auth_code session_id session_key "
    "session_secret recovery_code backup_code verification_code otp two_factor 2fa_secret 2fa_code ssn "
    "social_security social_security_number driver_license drivers_license license_number "
    "passport_number passport_id national_id tax_id credit_card card_number cvv cvc cvn bank_account "
    "account_number routing_number iban swift_code bic health_record medical_record patient_id "
    "insurance_number health_insurance medical_insurance treatment mac_address macaddr imei device_uuid "
    "pgp_key gpg_key ssh_key certificate license_key activation_key facial_recognition".split()
)
#: The roles under which visitors of an app come, signed in or not.
VISITORS = ("anon", "authenticated")
#: A notice names this many; its details hold all.
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Lint:
    """A rule of the advisor. `level` is its own word: INFO, WARN or ERROR; `says` is what a notice says
    before it names the places.
    """

    number: str
    name: str
    level: str
    says: str


UNINDEXED_FOREIGN_KEYS = Lint(
    "0001", "unindexed_foreign_keys", "INFO", "foreign keys without an index that begins with their columns"
)
AUTH_RLS_INITPLAN = Lint(
    "0003",
    "auth_rls_initplan",
    "WARN",
    "tables with policies that look up who asks for each row, not once as `(select auth.uid())` does",
)
RLS_ENABLED_NO_POLICY = Lint(
    "0008",
    "rls_enabled_no_policy",
    "INFO",
    "tables that row level security closes to all but the service role, because no policy fits",
)
DUPLICATE_INDEX = Lint("0009", "duplicate_index", "WARN", "tables with identical indexes")
RLS_DISABLED_IN_PUBLIC = Lint(
    "0013",
    "rls_disabled_in_public",
    "ERROR",
    "tables that visitors can read through the Data API, without row level security",
)
SENSITIVE_COLUMNS_EXPOSED = Lint(
    "0023",
    "sensitive_columns_exposed",
    "ERROR",
    "tables with columns that sound sensitive, open to visitors without row level security",
)
RLS_POLICY_ALWAYS_TRUE = Lint(
    "0024",
    "rls_policy_always_true",
    "WARN",
    "tables with policies that let every visitor write every row",
)
#: Functions that the advisor wants looked up once, and what it takes for that, wherever it stands.
_PER_ROW = tuple(
    (re.compile(call, re.IGNORECASE), re.compile(rf"\bselect\s+{call}", re.IGNORECASE))
    for call in (
        *(rf"auth\s*\.\s*{name}\s*\(\s*\)" for name in ("uid", "jwt", "role", "email")),
        r"(?:pg_catalog\s*\.\s*)?current_setting\s*\(",
    )
)
#: What PostgreSQL prints as `true` or `(1 = 1)`, without blanks and parentheses around it, in lower case.
_ALWAYS_TRUE = re.compile(r"(?:true|1=1|'(?:t|tr|tru|true|y|ye|yes|on|1)')(?:::bool(?:ean)?)?")


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that a lint finds. `objects`: the foreign key, the identical indexes, the roles that can
    read the table, the sensitive columns, or the policy; sorted.
    """

    lint: Lint
    table: str
    objects: tuple[str, ...]


def advice(schema: Schema) -> tuple[Finding, ...]:
    """What the advisor will find in the schema, sorted by lint and table."""
    found = [finding for table in schema.tables for rule in _RULES for finding in rule(table)]
    return tuple(sorted(found, key=lambda finding: (finding.lint.number, finding.table, finding.objects)))


def notices(findings: tuple[Finding, ...]) -> tuple[Notice, ...]:
    """One notice a lint, its name as code. INFO is a notice, all else a warning; details hold each place."""
    result = []
    for lint, group in groupby(findings, key=attrgetter("lint")):
        places = tuple(_place(finding) for finding in group)
        named = ", ".join(f"{table} ({objects})" if objects else table for table, objects in places[:_NAMED])
        more = f" and {len(places) - _NAMED} more" if len(places) > _NAMED else ""
        result.append(
            Notice(
                f"{lint.says} (advisor lint {lint.number}, {lint.level}): {named}{more}",
                "notice" if lint.level == "INFO" else "warning",
                lint.name,
                details=places,
            )
        )
    return tuple(result)


def readers(table: Table) -> tuple[str, ...]:
    """The roles that can read the whole table through the Data API."""
    return tuple(grant.role for grant in table.grants if "SELECT" in grant.privileges)


def _visitors(table: Table) -> tuple[str, ...]:
    return tuple(role for role in readers(table) if role in VISITORS)


def _place(finding: Finding) -> tuple[str, str]:
    return finding.table, ", ".join(finding.objects)


def _unindexed_foreign_keys(table: Table) -> Iterator[Finding]:
    """Any valid index counts, whatever its method or predicate, when it begins with the key's columns in
    their order.
    """
    keys = [table.primary_key.columns] if table.primary_key else []
    covered = (
        keys + [unique.columns for unique in table.uniques] + [_indexed(index) for index in table.indexes]
    )
    for key in table.foreign_keys:
        if not any(columns[: len(key.columns)] == key.columns for columns in covered):
            yield Finding(UNINDEXED_FOREIGN_KEYS, table.name, (key.name,))


def _duplicate_index(table: Table) -> Iterator[Finding]:
    """Indexes whose definitions are the same text once their own name is taken out of it, wherever it
    stands: the advisor overlooks a pair of which one name needs quotes, and so does this.
    """
    by_text: dict[str, list[str]] = {}
    for index in _all_indexes(table):
        by_text.setdefault(_definition(table.name, index).replace(index.name, ""), []).append(index.name)
    for names in by_text.values():
        if len(names) > 1:
            yield Finding(DUPLICATE_INDEX, table.name, tuple(sorted(names)))


def _all_indexes(table: Table) -> Iterator[Index]:
    """The table's indexes, with those that its key and unique constraints own."""
    if table.primary_key is not None:
        yield Index(table.primary_key.name, table.primary_key.columns, unique=True)
    for unique in table.uniques:
        yield Index(unique.name, unique.columns, unique=True)
    yield from table.indexes


def _indexed(index: Index) -> tuple[str, ...]:
    return index.columns if index.expression is None else ()


def _definition(table: str, index: Index) -> str:
    """The index as PostgreSQL's `pg_get_indexdef` writes it."""
    kind = "UNIQUE INDEX" if index.unique else "INDEX"
    where = f" WHERE ({index.where})" if index.where else ""
    indexed = idents(index.columns) if index.expression is None else index.expression
    on = f"{qualified(table)} USING {index.method} ({indexed})"
    return f"CREATE {kind} {ident(index.name)} ON {on}{where}"


def _rls_disabled(table: Table) -> Iterator[Finding]:
    if not table.row_security and (roles := _visitors(table)):
        yield Finding(RLS_DISABLED_IN_PUBLIC, table.name, roles)


def _sensitive_columns(table: Table) -> Iterator[Finding]:
    names = tuple(c.name for c in table.columns if c.name.lower().replace("-", "_") in SENSITIVE)
    if names and not table.row_security and _visitors(table):
        yield Finding(SENSITIVE_COLUMNS_EXPOSED, table.name, names)


def _no_policy(table: Table) -> Iterator[Finding]:
    if table.row_security and not table.policies:
        yield Finding(RLS_ENABLED_NO_POLICY, table.name, ())


def _looked_up_per_row(table: Table) -> Iterator[Finding]:
    for policy in table.policies if table.row_security else ():
        texts = [text for text in (policy.using, policy.check) if text is not None]
        if any(call.search(text) and not once.search(text) for text in texts for call, once in _PER_ROW):
            yield Finding(AUTH_RLS_INITPLAN, table.name, (policy.name,))


def _always_true_policies(table: Table) -> Iterator[Finding]:
    for policy in table.policies if table.row_security else ():
        reached = not policy.roles or set(policy.roles) & set(VISITORS)
        if reached and _is_always_true(policy):
            yield Finding(RLS_POLICY_ALWAYS_TRUE, table.name, (policy.name,))


def _is_always_true(policy: Policy) -> bool:
    """Whether it lets everything be written: a policy that only reads may be meant so."""
    using = policy.using is None or _says_true(policy.using)
    if policy.check is None:
        checked = using if policy.command != "INSERT" else True
        return policy.command != "SELECT" and checked
    return _says_true(policy.check) or (policy.command in ("UPDATE", "ALL", "DELETE") and using)


def _says_true(expression: str) -> bool:
    text = re.sub(r"\s+", "", expression).lower()
    while text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    return _ALWAYS_TRUE.fullmatch(text) is not None


_RULES: tuple[Callable[[Table], Iterator[Finding]], ...] = (
    _unindexed_foreign_keys,
    _duplicate_index,
    _rls_disabled,
    _sensitive_columns,
    _no_policy,
    _looked_up_per_row,
    _always_true_policies,
)
