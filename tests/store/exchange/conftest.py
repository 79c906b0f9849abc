"""An export of a workspace in which everything has happened, and how it is refused."""

import json
from functools import cache

import pytest

from playbook.model import InputError
from playbook.store import Operation, Set, SqliteStore


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.soak)])
def make_store(request):
    return request.getfixturevalue(f"make_{request.param}_store")


def well_used(store):
    """Two worksheets in which everything has happened that can happen."""
    worksheet = store.create("catalyst", "Jos\u00e9's 👩🏽‍🚒 sheet").id

    def commit(op_id, device, base_rev, **values):
        sets = tuple(Set(key.replace("__", "/"), value, base_rev) for key, value in values.items())
        store.commit(worksheet, Operation(op_id, device, "set", 1, sets))

    commit("a1", "laptop", 0, breaks="yes", likes=["red", "A$$B"], candidates__r1=1.0)
    commit("a2", "phone", 0, breaks="no", hopes="fewer calls")  # breaks is kept aside
    commit("a3", "laptop", None, breaks="partly", candidates__r1__name="secret")
    commit("a4", "phone", 0, breaks="dont_know", likes=[])  # both are kept aside
    store.resolve(worksheet, 4, True, "a5", "laptop")
    commit("a6", "phone", None, breaks="yes")
    store.undo(worksheet, "phone", "a7")
    store.erase_field(worksheet, "candidates/r1", "laptop")
    store.rename(worksheet, "Another name")
    commit("a8", "laptop", None, breaks="yes", candidates__r2=2.0)
    commit("a9", "laptop", None, breaks="yes")  # changes nothing
    store.duplicate(worksheet, "A copy")
    return worksheet


@cache
def well_used_export():
    """The id of that worksheet, and the text of an export."""
    store = SqliteStore(None)
    worksheet, text = well_used(store), json.dumps(store.export(), allow_nan=False)
    store.close()
    return worksheet, text


@pytest.fixture
def worksheet():
    """The id of the first worksheet in the export."""
    return well_used_export()[0]


@pytest.fixture
def export():
    """An export as it comes back from a file."""
    return json.loads(well_used_export()[1])


@pytest.fixture
def other(make_store):
    """Another, empty store."""
    return make_store()


def refused(store, data):
    """The sentence with which an import is refused; nothing of it stays."""
    before = store.export()
    with pytest.raises(InputError) as refusal:
        store.import_(data)
    assert store.export() == before
    text = str(refusal.value)
    assert text.endswith(".")
    assert "\n" not in text
    assert len(text) < 300
    assert text.isprintable()
    assert "function" not in text
    return text
