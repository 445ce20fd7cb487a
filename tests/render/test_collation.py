"""The order of names against JavaScript's own `Intl.Collator("en")`."""

from __future__ import annotations

import json
import random
import subprocess

import pytest

from dbgen.render.collation import sort_key
from tests import npm

#: Gives the names in order, those that compare as equal in one list.
SCRIPT = """
const collator = new Intl.Collator("en");
const groups = [];
for (const name of JSON.parse(require("fs").readFileSync(0, "utf8")).sort(collator.compare)) {
  const last = groups.at(-1);
  if (last && collator.compare(last[0], name) === 0) last.push(name);
  else groups.push([name]);
}
console.log(JSON.stringify(groups));
"""
ALPHABETS = {
    "ascii": "".join(map(chr, range(32, 127))),
    "latin": "aeosldzAEOSLDZ_ -" + "".join(map(chr, (*range(0xA1, 0x13F), *range(0x141, 0x180)))),
    "greek and cyrillic": "aA_" + "".join(map(chr, (*range(0x3B1, 0x3CA), *range(0x400, 0x460)))),
    "kana": "aA_漢字日本語" + "".join(map(chr, (*range(0x3041, 0x3097), *range(0x30A1, 0x30FB)))),
    "mixed": "aAbZz_ -1$éèÉßæøñ漢字가나각ΑαЖжЙאבعربあア😀→•€ÅåşİıĞłŁđþ²½ａ",
}


def names_of(alphabet: str) -> list[str]:
    chance = random.Random(alphabet)
    return sorted({"".join(chance.choices(alphabet, k=chance.randint(1, 5))) for _ in range(2000)})


@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_order_is_that_of_the_collator(alphabet: str) -> None:
    npm.modules()
    names = names_of(ALPHABETS[alphabet])
    command = ["node", "-e", SCRIPT]
    done = subprocess.run(command, input=json.dumps(names), capture_output=True, text=True, check=True)
    groups = json.loads(done.stdout)
    for group in groups:
        assert len({sort_key(name) for name in group}) == 1
    ordered = [group[0] for group in groups]
    assert sorted(random.Random(1).sample(ordered, len(ordered)), key=sort_key) == ordered


def test_letters_weigh_more_than_accents_and_those_more_than_case() -> None:
    assert sorted(["Ab", "ab", "aB", "a_b", "äb", "ac", "a b"], key=sort_key) == [
        *("a b", "a_b", "ab", "aB", "Ab", "äb", "ac"),
    ]


def test_scripts_without_a_table_come_after_those_with_one() -> None:
    assert sorted(["漢", "ᚠ", "ア", "z"], key=sort_key) == ["z", "ア", "ᚠ", "漢"]
