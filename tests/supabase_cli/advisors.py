"""Supabase's own advisor, run on a database, with its findings as dbgen's."""

from __future__ import annotations

import json
from typing import Any

from dbgen.plan import advice
from dbgen.plan.advice import Finding, Lint
from tests.npm import tool

LINTS: dict[str, Lint] = {
    lint.name: lint
    for lint in (
        advice.UNINDEXED_FOREIGN_KEYS,
        advice.DUPLICATE_INDEX,
        advice.RLS_DISABLED_IN_PUBLIC,
        advice.SENSITIVE_COLUMNS_EXPOSED,
        advice.RLS_ENABLED_NO_POLICY,
        advice.AUTH_RLS_INITPLAN,
        advice.RLS_POLICY_ALWAYS_TRUE,
    )
}


def advisor_findings(url: str) -> set[tuple[str, ...]]:
    """What the advisor finds of the lints that dbgen knows: level, lint, table and, where it names any, the
    foreign key, indexes, columns or policy.
    """
    found = set()
    for one in advisor_results(url):
        if one["name"] in LINTS:
            said = one["metadata"]
            single = (said.get("fkey_name"), said.get("policy_name"))
            names = said.get("indexes") or said.get("sensitive_columns") or filter(None, single)
            assert f"lint={LINTS[one['name']].number}_" in one["remediation"]
            found.add((one["level"], one["name"], said["schema"], said["name"], *sorted(names)))
    return found


def advisor_results(url: str) -> list[dict[str, Any]]:
    """All that the advisor has to say, whatever the level."""
    asked = ("--level", "info", "--output-format", "json")
    done = tool("supabase", "db", "advisors", f"--remote={url}?sslmode=disable", *asked)
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    assert isinstance(results, list)
    return results


def as_advisor(findings: tuple[Finding, ...]) -> set[tuple[str, ...]]:
    """dbgen's findings as `advisor_findings` gives the advisor's, which names neither roles nor each
    policy that looks up who asks.
    """
    return {
        (f.lint.level, f.lint.name, "public", f.table, *(() if _is_unnamed(f) else sorted(f.objects)))
        for f in findings
    }


def _is_unnamed(finding: Finding) -> bool:
    return finding.lint in (advice.RLS_DISABLED_IN_PUBLIC, advice.AUTH_RLS_INITPLAN)
