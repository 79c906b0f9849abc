"""What the store refuses, on either transport: one sentence each, and nothing changed."""

import pytest

from playbook.model import InputError, StoreError
from playbook.store import GoneError, Operation, Set, UndoError


@pytest.fixture
def make_store(make_memory_store):
    return make_memory_store


def refused(store, worksheet, **changed):
    """An operation with one wrong part, and the refusal it meets."""
    parts = {"op_id": "op", "device": "laptop", "kind": "set", "version": 1} | changed
    sets = parts.pop("sets", (Set("breaks", "yes", 0),))
    with pytest.raises(InputError) as refusal:
        store.commit(worksheet, Operation(**parts, sets=sets))
    text = str(refusal.value)
    assert text[0].isupper()
    assert text.endswith(".")
    assert "\n" not in text
    assert len(text) < 200
    assert store.load(worksheet).seq == 0
    return refusal.value


@pytest.mark.parametrize(
    "given", ["", "a b", "x" * 65, "é", "\ud800", "a\n", None, 7, "../x", b"x"]
)
@pytest.mark.parametrize("part", ["op_id", "device"])
def test_ids_that_are_no_ids_are_refused(store, worksheet, part, given):
    assert "1 to 64" in str(refused(store, worksheet, **{part: given}))


@pytest.mark.parametrize("given", ["", "Set", "two words", "__proto__", None])
def test_kinds_that_are_no_words_are_refused(store, worksheet, given):
    refused(store, worksheet, kind=given)


@pytest.mark.parametrize("kind", ["undo", "resolve", "erased", "duplicate"])
def test_what_only_the_store_does_cannot_be_claimed(store, worksheet, kind):
    assert "store" in str(refused(store, worksheet, kind=kind))


@pytest.mark.parametrize("given", [0, -1, True, 1.0, "1", None, 2**60])
def test_versions_that_are_no_versions_are_refused(store, worksheet, given):
    refused(store, worksheet, version=given)


@pytest.mark.parametrize(
    "field",
    ["", "a/", "/a", "a/b/c/d", "A", "a/B", "__proto__", "../x", "a b", "a\n", "x" * 61, None, 3],
)
def test_fields_of_no_known_form_are_refused(store, worksheet, field):
    refused(store, worksheet, sets=(Set(field, "yes", 0),))


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        float("-inf"),
        10**400,
        True,
        b"bytes",
        {"a": 1},
        ("a",),
        ["a", 1],
        ["a", None],
        [["a"]],
        "lone \ud800 surrogate",
        ["lone \udfff surrogate"],
        "NUL \x00",
        "x" * 100_001,
        ["x" * 60_000, "x" * 60_000],
        ["x"] * 1001,
        object(),
    ],
)
def test_values_of_no_known_kind_are_refused(store, worksheet, value):
    assert refused(store, worksheet, sets=(Set("breaks", value, 0),)).field == "breaks"


@pytest.mark.parametrize("base_rev", [-1, True, 1.0, "1", 2**60])
def test_revisions_that_are_no_revisions_are_refused(store, worksheet, base_rev):
    assert refused(store, worksheet, sets=(Set("breaks", "yes", base_rev),)).field == "breaks"


def test_a_field_twice_in_one_operation_is_refused(store, worksheet):
    twice = (Set("breaks", "yes", 0), Set("breaks", "no", 0))
    assert refused(store, worksheet, sets=twice).field == "breaks"


@pytest.mark.parametrize("name", ["", "x" * 201, "lone \ud800", "NUL \x00", None, 7])
def test_names_that_are_no_names_are_refused(store, worksheet, name):
    for request in (
        lambda: store.create("catalyst", name),
        lambda: store.rename(worksheet, name),
        lambda: store.duplicate(worksheet, name),
    ):
        with pytest.raises(InputError, match="name is 1 to 200"):
            request()
    assert [info.name for info in store.worksheets()] == ["Catalyst"]


@pytest.mark.parametrize("sheet", ["", "Catalyst", "a/b", None, "\ud800"])
def test_sheets_that_are_no_ids_are_refused(store, sheet):
    with pytest.raises(InputError, match="sheet's id"):
        store.create(sheet, "Name")
    assert store.worksheets() == []


def test_the_errors_are_store_errors():
    assert issubclass(GoneError, StoreError)
    assert issubclass(UndoError, StoreError)
