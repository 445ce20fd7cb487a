"""The npm tools that tests use as judges: where they are, and running them.

`tests/supabase_cli/node_modules` (after `npm ci` there), else what DBGEN_NPM_MODULES names.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "supabase_cli"
MISSING = "run npm ci in tests/supabase_cli"
TSC = ("--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext")


def modules() -> Path:
    """The node_modules folder; without one the test is skipped, in CI it fails."""
    places = [HERE / "node_modules", *map(Path, filter(None, [os.environ.get("DBGEN_NPM_MODULES")]))]
    for place in places:
        if (place / ".bin" / "supabase").exists() and shutil.which("node"):
            return place.resolve()
    if os.environ.get("CI"):
        pytest.fail(MISSING)
    pytest.skip(MISSING)


def tool(name: str, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs a tool of node_modules and gives what it printed; its exit status is the caller's to judge."""
    return subprocess.run(
        [str(_program(name)), *arguments], cwd=cwd, capture_output=True, text=True, timeout=120
    )


def _program(name: str) -> Path:
    """The program itself where npm's script only starts another, as it does for the Supabase CLI."""
    own = list(modules().glob(f"@supabase/cli-*/bin/{name}"))
    return own[0] if len(own) == 1 else modules() / ".bin" / name


def cli_types(url: str) -> str:
    """What `supabase gen types` gives for schema `public` of a database."""
    # Without this the CLI puts a warning about TLS in front of the types.
    plain = url + ("&" if "?" in url else "?") + "sslmode=disable"
    done = tool("supabase", "gen", "types", f"--remote={plain}", "--schema", "public")
    assert done.returncode == 0, done.stderr
    return done.stdout


def formatted(folder: Path, texts: Iterable[str]) -> list[str]:
    """TypeScript texts as oxfmt lays them out, in one call."""
    folder.mkdir()
    files = []
    for index, text in enumerate(texts):
        files.append(folder / f"{index}.ts")
        files[-1].write_text(text, encoding="utf-8")
    done = tool("oxfmt", *map(str, files), cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return [file.read_text(encoding="utf-8") for file in files]


def compile_errors(folder: Path, *files: str) -> str:
    """What `tsc --strict` has to say about files of the folder; "" when nothing."""
    link = folder / "node_modules"
    if not link.exists():
        link.symlink_to(modules())
    (folder / "package.json").write_text('{"type": "module"}\n', encoding="utf-8")
    done = tool("tsc", *TSC, *files, cwd=folder)
    return done.stdout if done.returncode else ""
