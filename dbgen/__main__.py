"""`python -m dbgen`."""

from __future__ import annotations

from dbgen.cli.main import main

if __name__ == "__main__":
    main()
