"""The types against `supabase gen types`, oxfmt, tsc and supabase-js."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from dbgen.model.schema import Column, Schema, Table
from dbgen.model.snapshot import loads
from dbgen.render.typescript import typescript
from dbgen.render.typescript_layout import HEADER
from tests import npm
from tests.render import samples
from tests.render.conftest import Build
from tests.runner import HERE, iterations, stories
from tests.strategies import schemas

#: How many random schemas are compared each time; in .ci/run MANY too, in PARTS so that few databases are
#: there at once.
EXAMPLES = 3
MANY = int(os.environ.get("DBGEN_TYPES_EXAMPLES", "200"))
PARTS = 8
PROGRAM = Path(__file__).parent / "supabase_js_program.ts"
SAMPLES: dict[str, Callable[[], Schema]] = {
    "empty": Schema,
    "accounts": samples.accounts,
    "all types": samples.all_types,
    "odd names": samples.odd_names,
    "borrowed names": samples.borrowed_names,
    "only enums": samples.only_enums,
}


def described(text: str) -> str:
    """Json, Database and Constants of a formatted file; the helper types between them are our own."""
    start = text.index("export type Json")
    end = text.index("\n};\n", text.index("export type Database")) + 4
    return text[start:end] + text[text.index("export const Constants") :]


def assert_like_the_cli(found: list[Schema], build: Build, folder: Path) -> None:
    """Compares byte for byte what oxfmt makes of both texts, for many schemas with one call of oxfmt."""
    npm.modules()
    with ThreadPoolExecutor(2) as pool:
        theirs = list(pool.map(npm.cli_types, [build(schema) for schema in found]))
    both = npm.formatted(folder / "both", [*theirs, *map(typescript, found)])
    for cli, ours in zip(both[: len(found)], both[len(found) :], strict=True):
        assert described(ours) == described(cli)


#: Those whose every turn the random schemas take too.
_TAKEN = {"accounts", "empty", "only enums"}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in _TAKEN else name for name in SAMPLES]
)
def test_samples_equal_the_cli(name: str, build: Build, tmp_path: Path) -> None:
    assert_like_the_cli([SAMPLES[name]()], build, tmp_path)


@cache
def drawn(number: int, seed_number: int = 1) -> list[Schema]:
    """Random schemas, the same ones every time; the larger half of twice as many."""
    found: list[Schema] = []

    @seed(seed_number)
    @settings(
        max_examples=2 * number,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(schemas())
    def collect(schema: Schema) -> None:
        found.append(schema)

    collect()
    return sorted(found, key=lambda s: sum(len(t.columns) for t in s.tables))[-number:]


def test_random_schemas_equal_the_cli(build: Build, tmp_path: Path) -> None:
    assert_like_the_cli(drawn(EXAMPLES), build, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_many_random_schemas_equal_the_cli(part: int, build: Build, tmp_path: Path) -> None:
    assert_like_the_cli(drawn(MANY, seed_number=2)[part::PARTS], build, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_story_equals_the_cli(part: int, build: Build, tmp_path: Path) -> None:
    """The last iteration of each, whose types are in the story too."""
    found = []
    for name in stories("cases")[part::PARTS]:
        last = iterations(HERE / "cases" / name / "expected")[-1]
        found.append(loads((last / "schema.json").read_text("utf-8"), name).schema)
        assert typescript(found[-1]) == (last / "types.ts").read_text("utf-8")
    assert found
    assert_like_the_cli(found, build, tmp_path)


def test_types_of_extensions_and_of_other_schemas(build: Build, tmp_path: Path) -> None:
    """A type that the model does not know is judged by its bare name, as the CLI does."""
    schema = Schema()
    url = build(schema)
    with psycopg.connect(url) as connection:
        connection.execute("CREATE SCHEMA elsewhere")
        for name in ("vector", "citext", "geometry"):
            connection.execute(f"CREATE TYPE elsewhere.{name} AS RANGE (subtype = integer)")
        connection.execute(
            "CREATE TABLE items (a elsewhere.vector, b elsewhere.citext[], c elsewhere.geometry)"
        )
    kinds = {"a": "elsewhere.vector(3)", "b": "elsewhere.citext[]", "c": "elsewhere.geometry(Point,4326)"}
    table = Table("items", tuple(Column(name, kind) for name, kind in kinds.items()))
    expected, actual = npm.formatted(tmp_path / "both", [npm.cli_types(url), typescript(Schema((table,)))])
    assert described(actual) == described(expected)


def test_the_formatter_finds_nothing_to_change(tmp_path: Path) -> None:
    text = typescript(samples.accounts())
    assert npm.formatted(tmp_path / "out", [text]) == [text]


def test_text_is_the_same_for_equal_schemas() -> None:
    schema = samples.accounts()
    turned = Schema(tuple(reversed(schema.tables)), tuple(reversed(schema.enums)))
    assert typescript(schema) == typescript(turned)
    assert typescript(schema).startswith(HEADER)
    assert HEADER.count("\n") == 1
    assert "\r" not in typescript(schema)


TINY = """\
      items: {
        Row: {
          "a b": unknown;
          data: NonNullable<Json>;
          id: number;
        };
        ComputedFields: never;
        Insert: {
          "a b"?: unknown;
          data: NonNullable<Json>;
          id?: number;
        };
        Update: {
          "a b"?: unknown;
          data?: NonNullable<Json>;
          id?: number;
        };
        Relationships: [];
      };
"""


def test_a_table_in_full() -> None:
    identity = Column("id", "bigint", nullable=False, identity=True)
    table = Table("items", (identity, Column("data", "jsonb", nullable=False), Column("a b", "inet")))
    assert TINY in typescript(Schema((table,)))


def _equalities(schema: Schema) -> list[str]:
    """Pairs of types that must be mutually assignable, through both forms of the parameters."""
    pairs = []
    for helper in ("Tables", "TablesInsert", "TablesUpdate"):
        for name in map(json.dumps, (table.name for table in schema.tables)):
            pairs += [f"{helper}<{name}>", f'{helper}<{{ schema: "public" }}, {name}>']
    for name in map(json.dumps, (enum.name for enum in schema.enums)):
        pairs += [f"Enums<{name}>", f'Enums<{{ schema: "public" }}, {name}>']
    return pairs


EQUAL = """
import type * as cli from "./cli.js";
import type * as ours from "./ours.js";
import { Constants as cliConstants } from "./cli.js";
import { Constants as ourConstants } from "./ours.js";
type Mutual<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
export const constants: Same<typeof cliConstants, typeof ourConstants> = true;
export const database: Same<cli.Database, ours.Database> = true;
export const json: Mutual<cli.Json, ours.Json> = true;
"""
WRONG = [
    'Tables<"nowhere">',
    'TablesInsert<{ schema: "public" }, "nowhere">',
    'TablesUpdate<{ schema: "nowhere" }, "accounts">',
    'Enums<"accounts">',
    'CompositeTypes<"accounts">',
]


def test_helper_types_mean_what_the_cli_s_mean(build: Build, tmp_path: Path) -> None:
    schema = samples.accounts()
    (tmp_path / "cli.ts").write_text(npm.cli_types(build(schema)), encoding="utf-8")
    (tmp_path / "ours.ts").write_text(typescript(schema), encoding="utf-8")
    lines = []
    for index, pair in enumerate(_equalities(schema)):
        lines.append(f"export const m{index}: Mutual<ours.{pair}, cli.{pair}> = true;")
        lines.append(f"export const s{index}: Same<ours.{pair}, cli.{pair}> = true;")
        lines.append(f"// @ts-expect-error\nexport const n{index}: Mutual<ours.{pair}, never> = true;")
    both = 'Tables<"accounts" | "locations">', 'TablesUpdate<{ schema: "public" }, "accounts" | "visits">'
    lines += [f"export const b{n}: Same<ours.{t}, cli.{t}> = true;" for n, t in enumerate(both)]
    for side in ("ours", "cli"):
        lines += [f"// @ts-expect-error\nexport type {side}W{n} = {side}.{w};" for n, w in enumerate(WRONG)]
    (tmp_path / "equal.ts").write_text(EQUAL + "\n".join(lines) + "\n", encoding="utf-8")
    assert npm.compile_errors(tmp_path, "equal.ts") == ""


def test_supabase_js_takes_the_types(tmp_path: Path) -> None:
    (tmp_path / "database.ts").write_text(typescript(samples.accounts()), encoding="utf-8")
    (tmp_path / "program.ts").write_text(PROGRAM.read_text(encoding="utf-8"), encoding="utf-8")
    assert npm.compile_errors(tmp_path, "program.ts") == ""


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_compiles(name: str, tmp_path: Path) -> None:
    (tmp_path / "types.ts").write_text(typescript(SAMPLES[name]()), encoding="utf-8")
    assert npm.compile_errors(tmp_path, "types.ts") == ""
