"""Secrets out of texts that dbgen did not write itself: the command line, and what other packages say."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_HIDDEN = "***"
_IN_URL = re.compile(r"([A-Za-z][\w+.\-]*://[^\s:/@'\"]*):[^\s'\"]*@")
_PAIR = re.compile(
    r"(\b(?:password|sslpassword|pgpassword|access_?token|api_?key|anon_?key|secret)\s*=\s*)"
    r"('(?:[^'\\]|\\.)*'?|[^\s&'\"]+)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\b(?:sbp_[0-9a-f]{16,}|sb_secret_\w{8,}|eyJ[\w\-]{8,}\.[\w\-]{8,}\.[\w\-]+)")
_NAME = re.compile(r"PASSWORD|PASSWD|SECRET|TOKEN|_KEY\Z|DB_URL|DATABASE_URL", re.IGNORECASE)
_SHORTEST = 8


def hidden(text: str, known: Iterable[str] = ()) -> str:
    """The text without the known secrets, passwords in URLs and `password=…`, and keys of Supabase."""
    for secret in known:
        text = text.replace(secret, _HIDDEN)
    text = _IN_URL.sub(rf"\1:{_HIDDEN}@", text)
    return _TOKEN.sub(_HIDDEN, _PAIR.sub(rf"\1{_HIDDEN}", text))


def all_hidden(value: Any, known: Sequence[str] = ()) -> Any:
    """The JSON value with every text in it made clean."""
    if isinstance(value, str):
        return hidden(value, known)
    if isinstance(value, Mapping):
        return {hidden(str(key), known): all_hidden(item, known) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [all_hidden(item, known) for item in value]
    return value


def known_secrets(environment: Mapping[str, str], db_url: str | None) -> tuple[str, ...]:
    """What may be shown nowhere, longest first: the URL given, and what the environment keeps under
    names that speak of keys. Short values are left out: they would hide words that are none.
    """
    values = {value for name, value in environment.items() if _NAME.search(name)}
    found = {value for value in values if len(value) >= _SHORTEST} | ({db_url} if db_url else set())
    return tuple(sorted(found, key=lambda value: (-len(value), value)))


def shown_command(arguments: Sequence[str]) -> str:
    """The call in words, without what `--db-url` gave."""
    words: list[str] = []
    hide = False
    for argument in arguments:
        words.append(_HIDDEN if hide else _shown_word(argument))
        hide = argument == "--db-url"
    return " ".join(["dbgen", *(word if word == _HIDDEN else shlex.quote(word) for word in words)])


def _shown_word(argument: str) -> str:
    option, equals, _ = argument.partition("=")
    return f"{option}={_HIDDEN}" if equals and option == "--db-url" else hidden(argument)
