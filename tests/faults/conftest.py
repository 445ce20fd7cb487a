"""What must survive: a share by `-m "faults and not long"`, all of it by `-m faults`; outcomes counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from dbgen.database.embedded import Embedded
from tests.faults.ground import Ground

Count = Callable[[str, str], None]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many faults there were, and how each kind ended."""
    counts: Counter[tuple[str, str]] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()) if _is_call(report) else ():
                if name == "fault":
                    counts[value[0], value[1]] += 1
    if counts:
        terminalreporter.section(f"faults: {counts.total()}")
    for (kind, outcome), number in sorted(counts.items()):
        terminalreporter.write_line(f"{number:6} {kind}: {outcome}")


def _is_call(report: object) -> bool:
    return getattr(report, "when", None) == "call"


@pytest.fixture
def count(record_property: Callable[[str, object], None]) -> Count:
    """Takes down one fault, by kind and outcome."""
    return lambda kind, outcome: record_property("fault", [kind, outcome])


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory, server: Embedded) -> Iterator[Ground]:
    """The states that faults start from."""
    made = Ground(tmp_path_factory.mktemp("faults"), server)
    yield made
    made.clear()
