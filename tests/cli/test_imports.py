"""What `--help` may load. It is the shortest run there is, and every other one begins with the same."""

from __future__ import annotations

import sys

from tests.cli.processes import dbgen

_OURS = set(
    """
    dbgen dbgen.cli dbgen.errors dbgen.values dbgen.cli.app dbgen.cli.archive dbgen.cli.begin
    dbgen.cli.calls dbgen.cli.generate dbgen.cli.look dbgen.cli.main dbgen.cli.move dbgen.cli.options
    dbgen.cli.run dbgen.cli.screen dbgen.cli.secrets dbgen.cli.show_error dbgen.cli.values
    """.split()
)
_OTHERS = {"annotated_doc", "click", "shellingham", "typer"}
#: Of the standard library, what takes long and belongs to a database, the network or other processes.
_HEAVY = {"asyncio", "ssl", "sqlite3", "http", "email", "multiprocessing", "concurrent", "xml", "yaml"}


def _loaded() -> set[str]:
    """The modules that are there at the end."""
    prelude = "import atexit, sys\natexit.register(lambda: print(*sys.modules, file=sys.stderr))"
    return set(dbgen("--help", prelude=prelude).stderr.decode().split())


def test_help_loads_what_is_listed_here() -> None:
    loaded = _loaded()
    assert {name for name in loaded if name.partition(".")[0] == "dbgen"} - _OURS == set()
    roots = {name.partition(".")[0] for name in loaded}
    # What Python loads by itself, site's own files among them, is not dbgen's.
    assert roots & _HEAVY == set()
    assert {name for name in roots if _installed(name)} - _OTHERS - {"dbgen"} == set()


def _installed(name: str) -> bool:
    """Whether the module comes from a package that was installed."""
    return name.isidentifier() and not name.startswith("_") and name not in sys.stdlib_module_names | _SITE


_SITE = {"sitecustomize", "usercustomize"}
