"""A host in a file, so that its bytes can be looked through, with one class."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook.cohort.erasing import ErasureService
from tests.cohort.people import Class, Host


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    made = Host(tmp_path / "cohorts.sqlite")
    yield made
    made.database.close()


@pytest.fixture
def erasing(host: Host) -> ErasureService:
    return ErasureService(*host.parts)


@pytest.fixture
def spring(host: Host) -> Class:
    return host.new_class(host.account("Ana"))
