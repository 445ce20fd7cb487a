"""A translated pattern matches in PostgreSQL what JavaScript's own engine matches, text by text."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException

from dbgen.database.connection import Connection, connect
from dbgen.inputs.patterns import BadPattern, Untranslatable, translate
from dbgen.sql import literal

HERE = Path(__file__).parent
PATTERNS = (HERE / "patterns.txt").read_text("utf-8").splitlines()
#: What each pattern is tried against, whether it should match or not.
TEXTS = (
    *("", " ", "\n", "\t", "a", "A", "b", "z", "_", "-", "0", "7", "10", "99", "100", "255", "256", "007"),
    *("abc", "Abc", "ABC", "abc-def", "abc_def", "abc.def", "a b", " a", "a ", "a\n", "\na", "a\r\nb", "aa"),
    *("ann@example.org", "ann@example", "ANN@EXAMPLE.ORG", "@example.org", "ann@@example.org", "ann @e.org"),
    *("+493012345678", "030 1234567", "(555) 123-4567", "555-123-4567", "5551234567", "+1 555.123.4567"),
    *("https://example.org", "http://example.org/a/b?c=d#e", "ftp://x.y", "www.example.org", "javascript:x"),
    *("2024-02-29", "2024-13-01", "2024-02-29T12:00:00Z", "29/02/2024", "12:00", "24:00", "9:05 PM"),
    *("192.0.2.1", "256.1.1.1", "2001:db8:0:0:0:0:0:1", "::1", "08:00:2b:01:02:03", "08-00-2b-01-02-03"),
    *("00000001-0000-4000-8000-000000000001", "DE89370400440532013000", "4111111111111111", "12345-6789"),
    *("1.0.0", "v1.2.3-rc.1+b5", "1,234.56", "-1.5", "+1e10", ".5", "1.", "#fff", "#FFF0", "rgb(1, 2, 3)"),
    *("café", "Müller", "é", "É", "ß", "ſ", "K", "漢字", "ひらがな", "Привет", "مرحبا", "😀", "😀😃", "a😀b"),
    *("\u00a0", "\u2028", "\u2029", "\ufeff", "\u3000", "\u180e", "\u0085", "\u200b", "٣", "Ⅷ", "１２３"),
    *("cat", "concat", "a cat.", "écat", "cat_", "cat\u00e9", "'quoted'", "\"quoted'", "<b>x</b>", "<a />"),
    *("a{,3}", "{{ name }}", "{1}", "xxyyz", "[]", "]", "\\", "C:\\a\\b.txt", "a/b", "/a/b/", "x.PNG", "***"),
    *("x" * 255, "x" * 256, "x" * 500, "x" * 501, "x" * 1000, "x" * 1001, "Passw0rd!", "password", "_-azZA"),
    *(
        "\b",
        "\x0b",
        "\x0c",
        "\x1f",
        "\x7f",
        "\x85",
        "AB\n",
        "123-45-6789",
        "xcats",
        "baa",
        "123-45-6789",
        "xcats",
        "tick tick",
        "abcd",
        "c",
        "ac",
        "bc",
        "true",
        "TRUE",
    ),
)


@pytest.fixture(scope="module")
def postgres(server_url: str) -> Iterator[Connection]:
    with connect(server_url) as connection:
        yield connection


def javascript(jobs: Sequence[tuple[str, Sequence[str]]]) -> list[list[bool | None] | None]:
    """What node says of each pattern's texts; None for a pattern that it refuses."""
    node = shutil.which("node")
    assert node is not None, "the tests of patterns need Node.js"
    done = subprocess.run([node, str(HERE / "patterns.js")], input=json.dumps(jobs), capture_output=True,
                          text=True, timeout=120, check=True)  # fmt: skip
    found: list[list[bool | None] | None] = json.loads(done.stdout)
    return found


def matches(connection: Connection, pattern: str, texts: Sequence[str]) -> list[bool]:
    """What PostgreSQL says, with the pattern written as a CHECK has it."""
    said = literal(pattern).replace("%", "%%")
    query = f"SELECT t ~ {said} FROM unnest(%s::text[]) WITH ORDINALITY u(t, n) ORDER BY n"
    return [row[0] for row in connection.rows(query, (list(texts),))]


def examples(pattern: str, count: int = 12) -> list[str]:
    """Texts that Python's engine draws from the pattern, and each with one small thing changed."""
    match = re.fullmatch(r"/(.+)/[a-z]*", pattern)
    found: list[str] = []

    @settings(max_examples=count, database=None)
    @given(st.from_regex(match[1] if match else pattern), st.integers(0, 50), st.sampled_from("aZ9 _-.\né😀"))
    def draw(text: str, at: int, other: str) -> None:
        place = at % (len(text) + 1)
        found.extend(
            (text, text[:place] + text[place + 1 :], text[:place] + other + text[place:], text + "\n")
        )

    # Python reads some patterns otherwise, or not at all.
    with contextlib.suppress(HypothesisException, re.error):
        draw()
    return [text for text in found if "\0" not in text and not re.search("[\ud800-\udfff]", text)]


def translated(patterns: Sequence[str]) -> dict[str, str]:
    """The patterns that can be translated."""
    found = {}
    for pattern in patterns:
        try:
            found[pattern] = translate(pattern)
        except Untranslatable:
            continue
    return found


@pytest.mark.slow
def test_each_pattern_matches_the_same_texts_in_both_engines(postgres: Connection) -> None:
    known = translated(PATTERNS)
    assert len(known) > 200
    jobs = [(pattern, [*_fitting(pattern), *examples(pattern)]) for pattern in known]
    wrong, lopsided = [], []
    for (pattern, texts), theirs in zip(jobs, javascript(jobs), strict=True):
        assert theirs is not None, f"JavaScript refuses {pattern}"
        ours = matches(postgres, known[pattern], texts)
        for text, own, other in zip(texts, ours, theirs, strict=True):
            if other is not None and own != other:
                wrong.append((pattern, known[pattern], text, own))
        if len({*theirs} - {None}) == 1:
            lopsided.append(pattern)
    assert not wrong
    # These match every text, and the last none: JavaScript's é is no letter of a word.
    assert set(lopsided) <= {".*", "/^.*$/s", r"^\bé\b"}


def test_patterns_made_of_all_parts_match_the_same_texts_in_both_engines(postgres: Connection) -> None:
    found: list[str] = []

    @settings(max_examples=250, database=None)
    @given(_patterns())
    def draw(pattern: str) -> None:
        found.append(pattern)

    draw()
    known = translated([pattern for pattern in dict.fromkeys(found) if _valid(pattern)])
    texts = [
        "",
        "a",
        "b",
        "ab",
        "ba",
        "aab",
        "abb",
        "a b",
        "a1",
        "1",
        "_",
        "é",
        "aé",
        "-",
        "a\nb",
        "\n",
        "{",
        "B",
    ]
    jobs = [(pattern, texts) for pattern in known]
    wrong = []
    for (pattern, _), theirs in zip(jobs, javascript(jobs), strict=True):
        assert theirs is not None, f"JavaScript refuses {pattern}"
        ours = matches(postgres, known[pattern], texts)
        wrong += [(pattern, known[pattern], t) for t, o, j in zip(texts, ours, theirs, strict=True) if o != j]
    assert len(jobs) > 100
    assert not wrong


def _fitting(pattern: str) -> list[str]:
    """Long texts only where they matter: JavaScript's engine can take for ever over the others."""
    long = re.search(r"\d{3}\}", pattern) is not None
    return [text for text in TEXTS if long or len(text) < 100]


def _patterns() -> st.SearchStrategy[str]:
    plain = r"a b 1 . ^ $ \d \w \s \D \W \S \b \B é \u0061 - { {,2} ] } \/ \-"
    classes = r"[ab] [^a] [\w-] [^\d\s] [a-c1] [\b] [^] []"
    atoms = st.sampled_from([*plain.split(), *classes.split()])
    counts = st.sampled_from(["", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{1,}"])

    def more(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        around = st.sampled_from([("(", ")"), ("(?:", ")"), ("(?=", ")"), ("(?!", ")")])
        group = st.builds(lambda pair, text, count: f"{pair[0]}{text}{pair[1]}{count}", around, inner, counts)
        several = st.lists(inner, max_size=3)
        return st.one_of(
            group, several.map("".join), several.filter(lambda many: len(many) > 1).map("|".join)
        )

    single = st.builds(
        lambda atom, count: atom if atom in "^$" or atom in (r"\b", r"\B") else atom + count, atoms, counts
    )
    return st.recursive(single, more, max_leaves=8)


def test_a_character_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadPattern, match="no character"):
        translate(r"\u{110000}")


def _valid(pattern: str) -> bool:
    try:
        translate(pattern)
    except BadPattern:
        return False
    except Untranslatable:
        return True
    return True


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"^(?<=a)b", "a look-behind"),
        (r"(?<!a)b", "a look-behind"),
        (r"^(?<year>\d{4})$", "a named group"),
        (r"^\p{L}+$", r"\p{…}"),
        (r"^\P{Lu}+$", r"\P{…}"),
        ("/^a$/m", "the flag m"),
        ("/^a$/y", "the flag y"),
        ("/^é$/i", "the flag i with letters outside of ASCII"),
        (r"\07", "an octal escape"),
        (r"(a)|b\1", "a reference back to a group that need not match"),
        (r"(a)?\1", "a reference back to a group that need not match"),
        (r"\1(a)", "a reference to a group that is not closed yet"),
        (r"(a)(?=\1)", "a reference back in a look-ahead"),
        (r"^\uD83D$", "half of a surrogate pair"),
    ],
)
def test_what_cannot_be_said_the_same_is_left_out(pattern: str, why: str) -> None:
    with pytest.raises(Untranslatable, match=re.escape(why)):
        translate(pattern)
    assert javascript([(pattern, [])]) != [None]


_REFUSED = (
    r"( ) a) [a a** * +a ? {2} (?a) a{2,1} [b-a] \ /a/gg /a/k (?: a|* ^* $+ \b? x{3}{2} (?=a ()( a(?P<x>b)"
)


@pytest.mark.parametrize("pattern", _REFUSED.split())
def test_what_javascript_refuses_is_refused(pattern: str) -> None:
    assert javascript([(pattern, [])]) == [None]
    with pytest.raises(BadPattern):
        translate(pattern)


def test_a_long_repetition_keeps_postgresql_within_its_bounds(postgres: Connection) -> None:
    for pattern, low, high in [("^a{0,300}$", 0, 300), ("^a{300}$", 300, 300), ("^a{256,}$", 256, None),
                               ("^a{510}$", 510, 510), ("^a{3,5000}$", 3, 5000)]:  # fmt: skip
        counts = [0, 1, 2, 3, 255, 256, 257, 299, 300, 301, 509, 510, 511, 4999, 5000, 5001]
        expected = [low <= count and (high is None or count <= high) for count in counts]
        assert matches(postgres, translate(pattern), ["a" * count for count in counts]) == expected, pattern


def test_deep_nesting_is_refused_and_not_a_crash() -> None:
    with pytest.raises(BadPattern, match="nested too deeply"):
        translate("(" * 5000 + ")" * 5000)
