"""The schema written for other tools: Django models, a drizzle schema, SQLAlchemy tables."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.shapes import Entity, Field

DJANGO_SETTINGS = "INSTALLED_APPS = ['shop']\nDATABASES = {}\nUSE_TZ = True\nSECRET_KEY = 'none'\n"
#: The first migration without the optimizer, which takes minutes for a thousand models made at once.
DJANGO_FIRST = """from django.core.management import execute_from_command_line
from django.db.migrations.optimizer import MigrationOptimizer
MigrationOptimizer.optimize = lambda self, operations, app_label: operations
execute_from_command_line(["", "makemigrations", "shop", "--noinput", "--settings", "settings"])
"""
ALEMBIC_ENV = """import os
from alembic import context
from sqlalchemy import create_engine
from models import metadata
with create_engine(os.environ["URL"].replace("postgresql:", "postgresql+psycopg2:")).connect() as connection:
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()
"""
ALEMBIC_TEMPLATE = """revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
from alembic import op
import sqlalchemy as sa
def upgrade():
    ${upgrades if upgrades else "pass"}
def downgrade():
    ${downgrades if downgrades else "pass"}
"""
CREATE_ALL = """import os
from sqlalchemy import create_engine
from models import metadata
engine = create_engine(os.environ["URL"].replace("postgresql:", "postgresql+psycopg2:"))
metadata.create_all(engine)
"""
_DJANGO = {
    "varchar(120)": "CharField(max_length=120)",
    "varchar(50)": "CharField(max_length=50, default='Draft')",
    "varchar(255)": "CharField(max_length=255, null=True)",
    "integer": "IntegerField(null=True)",
    "bigint": "BigIntegerField(null=True)",
    "smallint": "SmallIntegerField(null=True)",
    "text": "TextField(null=True)",
    "numeric(12,2)": "DecimalField(max_digits=12, decimal_places=2, null=True)",
    "boolean": "BooleanField(null=True)",
    "date": "DateField(null=True)",
    "timestamptz": "DateTimeField(null=True)",
    "jsonb": "JSONField(null=True)",
    "uuid": "UUIDField(primary_key=True)",
}
_DRIZZLE = {
    "varchar(120)": "varchar('{0}', {{ length: 120 }}).notNull()",
    "varchar(50)": "varchar('{0}', {{ length: 50 }}).notNull().default('Draft')",
    "varchar(255)": "varchar('{0}', {{ length: 255 }})",
    "integer": "integer('{0}')",
    "bigint": "bigint('{0}', {{ mode: 'number' }})",
    "smallint": "smallint('{0}')",
    "text": "text('{0}')",
    "numeric(12,2)": "numeric('{0}', {{ precision: 12, scale: 2 }})",
    "boolean": "boolean('{0}')",
    "date": "date('{0}')",
    "timestamptz": "timestamp('{0}', {{ withTimezone: true }})",
    "jsonb": "jsonb('{0}')",
    "uuid": "uuid('{0}')",
}
_DRIZZLE_IMPORT = (
    "import { pgTable, uuid, varchar, text, integer, bigint, smallint, numeric, boolean, date, timestamp, "
    "jsonb, type AnyPgColumn } from 'drizzle-orm/pg-core'\n"
)
_SQLALCHEMY = {
    "varchar(120)": "s.String(120), nullable=False",
    "varchar(50)": "s.String(50), nullable=False, server_default='Draft'",
    "varchar(255)": "s.String(255)",
    "integer": "s.Integer",
    "bigint": "s.BigInteger",
    "smallint": "s.SmallInteger",
    "text": "s.Text",
    "numeric(12,2)": "s.Numeric(12, 2)",
    "boolean": "s.Boolean",
    "date": "s.Date",
    "timestamptz": "s.DateTime(timezone=True)",
    "jsonb": "JSONB",
    "uuid": "s.Uuid",
}


def django(wanted: Iterable[Entity]) -> str:
    """models.py."""
    lines = ["from django.db import models"]
    for one in wanted:
        lines.append(f"class {one.name}(models.Model):")
        lines += [f"    {_django_field(field)}" for field in one.fields]
        lines.append(f"    class Meta:\n        db_table = '{one.table}'")
    return "\n".join(lines) + "\n"


def _django_field(field: Field) -> str:
    if field.target is None:
        return f"{field.column} = models.{_DJANGO[field.sql]}"
    name = field.column.removesuffix("_id")
    return (
        f"{name} = models.ForeignKey('shop.{field.target}', models.DO_NOTHING, null=True, related_name='+')"
    )


def drizzle(wanted: Iterable[Entity]) -> str:
    """schema.ts."""
    lines = [_DRIZZLE_IMPORT]
    for one in wanted:
        fields = ", ".join(f"{field.column}: {_drizzle_field(field)}" for field in one.fields)
        lines.append(f"export const {one.name} = pgTable('{one.table}', {{ {fields} }})")
    return "\n".join(lines) + "\n"


def _drizzle_field(field: Field) -> str:
    text = _DRIZZLE[field.sql].format(field.column)
    if field.target is not None:
        return f"{text}.references((): AnyPgColumn => {field.target}.id)"
    return f"{text}.primaryKey().defaultRandom()" if field.name == "id" else text


def sqlalchemy(wanted: Iterable[Entity]) -> str:
    """models.py, with `metadata`."""
    whole = tuple(wanted)
    tables = {one.name: one.table for one in whole}
    lines = [
        "import sqlalchemy as s",
        "from sqlalchemy.dialects.postgresql import JSONB",
        "metadata = s.MetaData()",
    ]
    for one in whole:
        columns = ", ".join(_sqlalchemy_column(field, tables) for field in one.fields)
        lines.append(f"s.Table('{one.table}', metadata, {columns})")
    return "\n".join(lines) + "\n"


def _sqlalchemy_column(field: Field, tables: dict[str, str]) -> str:
    if field.target is not None:
        return f"s.Column('{field.column}', s.Uuid, s.ForeignKey('{tables[field.target]}.id'))"
    key = ", primary_key=True" if field.name == "id" else ""
    return f"s.Column('{field.column}', {_SQLALCHEMY[field.sql]}{key})"
