"""A file in which some bytes changed on the disk: SQLite does not see it, and people are told."""

import pytest

from playbook.model import StoreError
from playbook.store import Operation, Set, SqliteStore

NO_JSON, NO_UTF8 = b"\x01", b"\xff"


@pytest.mark.parametrize(
    ("found", "damage"),
    [(b'"yes"', NO_JSON), (b'"yes"', NO_UTF8), (b"+00:00", NO_JSON), (b"CREATE", NO_UTF8)],
)
def test_what_cannot_be_read_any_more_is_one_sentence(path, found, damage):
    store = SqliteStore(path)
    worksheet = store.create("catalyst", "Catalyst").id
    store.commit(worksheet, Operation("op", "laptop", "set", 1, (Set("breaks", "yes", 0),)))
    whole = path.read_bytes()
    assert found in whole
    path.write_bytes(whole.replace(found, found[:1] + damage + found[2:]))
    for read in (store.load, store.history, lambda _: store.export()):
        with pytest.raises(StoreError, match="damaged") as error:
            read(worksheet)
        assert str(path) in str(error.value)
    path.write_bytes(whole)
    assert store.load(worksheet).fields["breaks"].value == "yes"
