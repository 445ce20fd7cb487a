"""Options that several commands share, declared once."""

from __future__ import annotations

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Go ahead without asking.")]
DbUrl = Annotated[
    str | None,
    typer.Option("--db-url", metavar="URL", help="The database; wins over config and environment."),
]
NoVerify = Annotated[bool, typer.Option("--no-verify", help="Skip the proof on a throwaway database.")]
OnConflict = Annotated[
    str,
    typer.Option(
        "--on-conflict",
        metavar="stop|fill|quarantine",
        show_default=False,
        help="What to do with rows that stand in the way; default: stop.",
    ),
]
DiscardData = Annotated[
    bool, typer.Option("--discard-data", help="Keep nothing of what goes; asks once more, writes a backup.")
]
NoBackup = Annotated[bool, typer.Option("--no-backup", help="With --discard-data: write no backup.")]
Iteration = Annotated[
    str | None, typer.Option("--iteration", metavar="N", help="The iteration; default: the next one.")
]
Module = Annotated[str | None, typer.Option("--module", metavar="M", help="Renew this module's part alone.")]
DropModule = Annotated[
    list[str] | None,
    typer.Option("--drop-module", metavar="M", help="Its file is gone and its tables may go; repeatable."),
]
Phase = Annotated[
    str | None, typer.Option("--phase", metavar="P", help="Up to this phase; default: the highest.")
]
Rename = Annotated[
    list[str] | None,
    typer.Option(
        "--rename",
        metavar="OLD=NEW",
        help="A table or column (table.column) that has another name now; repeatable.",
    ),
]
NoRenames = Annotated[
    bool, typer.Option("--no-renames", help="What is gone is dropped: nothing was renamed.")
]
