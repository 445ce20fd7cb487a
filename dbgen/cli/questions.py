"""A person at a terminal, asked; and the steps of long work, told."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dbgen.cli.secrets import hidden
from dbgen.commands.questions import Progress, Questions

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dbgen.cli.screen import Screen
    from dbgen.commands.results import Generated, RolledBack, Step
    from dbgen.errors import WorkError
    from dbgen.plan import Ambiguity

_YES = frozenset({"y", "yes"})


class Terminal(Questions):
    """Asks at the terminal. The end of the input (Ctrl-D) is a no, and to a question that has no such
    answer the silent one.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def _yes(self, question: str) -> bool:
        answer = self._screen.prompt(f"{question} (y/N)")
        return answer is not None and answer.lower() in _YES

    def rename(self, ambiguity: Ambiguity, others: Sequence[Ambiguity] = ()) -> str | None:
        """Lists the candidates; the last choice is none of them."""
        from dbgen.cli.text import heading, item

        kind, verb = ("Column", "came to the table") if ambiguity.table else ("Table", "came")
        choices = list(ambiguity.candidates)
        lines = [f"it is called {name} now" for name in choices]
        lines.append(f"none: drop {ambiguity.old_name} and add what {verb}")
        self._screen.ask(heading(f"{kind} {ambiguity.old_name} is gone. Was it renamed?"))
        self._screen.ask(*(item(f"{number})", "cyan", line) for number, line in enumerate(lines, 1)))
        while True:
            answer = self._screen.prompt(f"Which? (1-{len(lines)})")
            if answer is None:
                return super().rename(ambiguity, others)
            if answer.isascii() and answer.isdigit() and 1 <= int(answer[:9]) <= len(lines):
                return [*choices, None][int(answer[:9]) - 1]
            if answer in choices:
                return answer

    def somebody(self, what: str) -> None:
        """Somebody is."""

    def proceed(self, plan: Generated) -> bool:
        """Shows the plan with its target first."""
        from dbgen.cli.show_plan import plan_parts

        self._show(*plan_parts(plan))
        self._screen.warned = plan.warnings
        return self._yes("Proceed?")

    def proceed_apply(self, steps: tuple[Step, ...], target: str) -> bool:
        """Shows the iterations first."""
        from dbgen.cli.show_work import step_parts
        from dbgen.cli.text import words

        to_do = words((f"To be applied to {target}:", "bold"))
        self._screen.ask(to_do, *step_parts(steps))
        return self._yes("Proceed?")

    def proceed_rollback(self, plan: RolledBack) -> bool:
        """Shows the iterations and what would be lost first."""
        from dbgen.cli.show_work import rollback_parts

        self._show(*rollback_parts(plan))
        return self._yes("Proceed?")

    def apply_first(self, behind: int, target: str) -> bool:
        """Asks to bring the database up."""
        from dbgen.cli.text import one, words

        ask = f"{target} is {behind} {one('iterations', behind)} behind the files."
        self._screen.ask(words(ask))
        return self._yes("Apply them first?")

    def conflict(self, error: WorkError) -> str:
        """Shows the rows that stand in the way, and asks what to do with them."""
        from dbgen.cli.text import heading, item

        self._screen.ask(heading("Rows stand in the way."))
        for problem in error.problems or (error,):
            self._screen.ask(item("!", "yellow", problem.message), item(" ", "", problem.hint or ""))
        choices = (
            "stop: change nothing",
            "fill: cut or cast the values to fit, else default, else NULL; the originals are kept",
            "quarantine: move the rows into dbgen_archive, with those that reference them",
        )
        self._screen.ask(*(item(f"{number})", "cyan", line) for number, line in enumerate(choices, 1)))
        answers = {"1": "stop", "2": "fill", "3": "quarantine"}
        while True:
            answer = self._screen.prompt("Which? (1-3)")
            chosen = "stop" if answer is None else answers.get(answer, answer.lower())
            if chosen == "stop":
                raise error
            if chosen in answers.values():
                return chosen

    def repair(self, steps: tuple[str, ...], target: str) -> bool:
        """Shows the way back first."""
        return self._agreed(f"To bring {target} back to what dbgen left:", steps, "Repair it?")

    def discard(self, what: tuple[str, ...]) -> bool:
        """Names what goes for good."""
        return self._agreed("This goes for good; no rollback brings it back:", what, "Let it go?")

    def restore(self, what: str) -> bool:
        """Names what comes back."""
        return self._yes(f"Bring back {what}?")

    def purge(self, what: tuple[str, ...]) -> bool:
        """Names what goes for good."""
        return self._agreed("This goes for good:", what, "Purge it?")

    def _agreed(self, title: str, lines: tuple[str, ...], question: str) -> bool:
        from dbgen.cli.text import heading, item

        self._screen.ask(heading(title), *(item("-", "dim", line) for line in lines))
        return self._yes(question)

    def add_scripts(self) -> bool:
        """Asks for package.json."""
        return self._yes("Add dbgen's scripts (db:generate and its like) to package.json?")

    def target_name(self, label: str, name: str) -> str:
        """Asks for the name to be typed."""
        from dbgen.cli.text import words

        self._screen.ask(words(f"{label} is not on this machine."))
        answer = self._screen.prompt(f"Type the name of its database ({name}) to go ahead:")
        return answer if answer is not None else super().target_name(label, name)

    def _show(self, *parts: RenderableType) -> None:
        self._screen.ask(*parts)
        self._screen.plan_shown = self._screen.seen is self._screen.out


class TextSteps(Progress):
    """A line a step on standard error; with --verbose the seconds since the start."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def step(self, text: str) -> None:
        """Says what begins."""
        from dbgen.cli.text import words

        screen = self._screen
        after = f"  {time.monotonic() - screen.began:.2f} s" if screen.verbose else ""
        screen.note(words(("> ", "cyan"), hidden(text, screen.known), (after, "dim")))


class LogSteps(Progress):
    """A JSON line a step on standard error."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def step(self, text: str) -> None:
        """Writes what begins."""
        self._screen.log("info", text)
