"""The stories on Supabase's own image, where a Docker engine answers."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dbgen.database.connection import connect
from dbgen.database.embedded import Embedded
from dbgen.database.throwaway import with_database
from tests.runner import HERE, Story, begin, stories

IMAGE = "supabase/postgres:17.6.1.111"
PASSWORD = "postgres"

pytestmark = pytest.mark.docker


def _why_not() -> str:
    """Why there is no engine; "" where one answers."""
    if shutil.which("docker") is None:
        return "no Docker here: the program docker is not installed"
    done = subprocess.run(["docker", "info"], capture_output=True, text=True, timeout=30, check=False)
    return "" if done.returncode == 0 else f"no Docker engine answers: {done.stderr.strip()[:200]}"


@pytest.fixture(scope="module")
def image_url() -> Iterator[str]:
    """A running server of the image, as role postgres."""
    if why := _why_not():
        pytest.skip(why)
    from testcontainers.core.container import DockerContainer
    from testcontainers.core.waiting_utils import wait_for_logs

    container: Any = DockerContainer(IMAGE).with_env("POSTGRES_PASSWORD", PASSWORD).with_exposed_ports(5432)
    with container:
        wait_for_logs(container, "database system is ready to accept connections", timeout=120)
        host, port = container.get_container_host_ip(), container.get_exposed_port(5432)
        yield f"postgresql://postgres:{PASSWORD}@{host}:{port}/postgres"


@pytest.mark.parametrize("name", stories("cases"))
def test_story(
    name: str, image_url: str, server: Embedded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dbgen.database.embedded.embedded", lambda _: server)
    begin(tmp_path)
    urls = [with_database(image_url, f"story_{number}") for number in range(3)]
    with connect(image_url) as connection:
        for number in range(3):
            connection.rows(f"DROP DATABASE IF EXISTS story_{number} WITH (FORCE)")
            connection.rows(f"CREATE DATABASE story_{number} TEMPLATE postgres")
    story = Story(HERE / "cases" / name, tmp_path, *urls[:2])
    story.forward()
    story.back()
    story.forward_again()
    story.judged()
    story.applied(urls[2])
