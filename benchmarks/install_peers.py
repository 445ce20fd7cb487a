"""`python -m benchmarks.install_peers`: installs what dbgen is measured beside, in folders of their own.

The Supabase CLI is not among them: it comes with `npm ci` in tests/supabase_cli.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

#: migra still asks for pkg_resources, and for an SQLAlchemy that takes psycopg2 by itself.
_PYTHON = ("django", "alembic", "sqlalchemy<2.1", "psycopg2-binary", "migra", "setuptools<81")
_NPM = ("drizzle-kit", "drizzle-orm")


def home() -> Path:
    """DBGEN_PEERS, else build/peers."""
    named = os.environ.get("DBGEN_PEERS")
    return Path(named).resolve() if named else Path(__file__).parents[1] / "build/peers"


def install() -> None:
    """A virtual environment and an npm folder; what is there already is brought up to date."""
    base = home()
    base.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", base / "venv"], check=True)
    subprocess.run([base / "venv/bin/pip", "install", "-q", *_PYTHON], check=True)
    node = base / "npm"
    node.mkdir(exist_ok=True)
    (node / "package.json").write_text('{"private": true}\n')
    subprocess.run(["npm", "install", "--silent", *_NPM], cwd=node, check=True)


if __name__ == "__main__":
    install()
