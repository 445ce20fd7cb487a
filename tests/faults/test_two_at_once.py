"""Two `generate` at the same moment: one wins, the other says so, and nothing of the two is mixed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.conftest import Count
from tests.faults.ground import WORKS, Ground, Place, files_of, variables
from tests.faults.proxy import Cut, Proxy
from tests.inputs.workspaces import MODULES

pytestmark = pytest.mark.faults
_ROUNDS = 20
_WORK = WORKS["generate"]
#: Both have everything loaded and wait for a line of input, so that they start together.
_TOGETHER = """
import sys
import os
import dbgen.cli.main, dbgen.commands.generation, dbgen.database.apply, dbgen.database.ledger, psycopg
print("ready", file=sys.stderr, flush=True)
os.read(0, 1)
sys.argv[0] = "dbgen"
dbgen.cli.main.main()
"""


def _waiting(place: Place) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", _TOGETHER, *place.words(*_WORK.words())[3:]]
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        words, cwd=place.root, env=variables(), stdin=pipe, stdout=pipe, stderr=pipe, text=True
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "ready\n"
    return process


def _both(one: Place, other: Place) -> list[str]:
    """The outcome of each: done, nothing to do, or the error's code."""
    processes = [_waiting(one), _waiting(other)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    outcomes = []
    for process in processes:
        output, errors = process.communicate(timeout=60)
        assert "Traceback" not in errors
        value = json.loads(output)
        done = "done" if value.get("changed") else "nothing to do"
        outcomes.append(done if value["ok"] else value["error"]["code"])
    return outcomes


def test_in_one_workspace(ground: Ground, count: Count) -> None:
    seen = set()
    for _ in range(_ROUNDS):
        with ground.place(_WORK) as place:
            outcomes = sorted(_both(place, place))
            assert outcomes in (["LOCKED", "done"], ["done", "nothing to do"])
            assert place.picture() == ground.clean(_WORK)[-1]
            assert not place.status().recovered
            seen.update(outcomes)
            count("two in one workspace", " and ".join(outcomes))
    assert "LOCKED" in seen


def test_from_two_clones_on_one_database(ground: Ground, tmp_path: Path, count: Count) -> None:
    """The clone that loses keeps the files that it had, and hears of the other's iteration afterwards."""
    before, after = ground.clean(_WORK)
    for number in range(_ROUNDS):
        with ground.place(_WORK) as place:
            clone = replace(place, root=tmp_path / f"clone-{number}")
            shutil.copytree(place.root, clone.root)
            outcomes = _both(place, clone)
            assert outcomes.count("done") == 1, outcomes
            winner, loser = (place, clone) if outcomes[0] == "done" else (clone, place)
            assert winner.picture() == after
            assert files_of(loser.root) == before.files
            assert set(outcomes) - {"done"} <= {
                "LOCKED",
                "INVALID_ITERATION",
                "STATE_MISMATCH",
                "TABLE_EXISTS",
            }
            later = json.loads(loser.run(*_WORK.words()).stdout)
            assert later["error"]["code"] == "STATE_MISMATCH"
            assert winner.picture() == after
            count("two clones on one database", " and ".join(sorted(outcomes)))


def test_a_clone_that_broke_off_at_the_same_second(ground: Ground, tmp_path: Path, count: Count) -> None:
    """Both iterations have one version; what the ledger holds is the other clone's, of other inputs."""
    before, after = ground.clean(_WORK)
    with ground.place(_WORK) as place:
        proxy = Proxy(place.url, Cut.BEFORE, gone=True)
        clone = Place(tmp_path / "clone", proxy.url)
        shutil.copytree(place.root, clone.root)
        module = clone.root / MODULES / "shop-phase1.yaml"
        text = module.read_text()
        module.write_text(text.replace(", city]", "]"))
        assert json.loads(clone.run(*_WORK.words()).stdout)["error"]["code"] == "CONNECTION_ERROR"
        module.write_text(text)
        _WORK.do(place)
        proxy.gone = False
        looked = json.loads(clone.run("status").stdout)
        assert len(looked["recovered"]) == 1
        assert files_of(clone.root) == before.files
        assert place.picture() == after
        proxy.close()
        count("two clones on one database", "broken off, undone")
