"""A file with one answer, and where its backup goes."""

import pytest

from playbook.store import SqliteStore
from tests.maintain.backups.files import commit


@pytest.fixture
def to(tmp_path):
    return tmp_path / "backups" / "one.sqlite"


@pytest.fixture
def store(path):
    return SqliteStore(path)


@pytest.fixture
def worksheet(store):
    made = store.create("catalyst", "Catalyst").id
    commit(store, made, 1, "yes")
    return made
