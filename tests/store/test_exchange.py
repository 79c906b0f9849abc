"""A workspace taken out and brought in again: exactly, or not at all."""

import copy
import json
import sys
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook.model import InputError
from playbook.store import GoneError, Operation, Set, SqliteStore, UndoError


@pytest.fixture
def make_store(make_memory_store):
    return make_memory_store


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


# -- exactly


def test_an_export_says_what_it_is(export):
    assert (export["format"], export["version"]) == ("redefining-work-playbook", 1)


def test_a_reader_finds_the_answers_without_the_history(export):
    fields = export["worksheets"][0]["fields"]
    assert fields["breaks"] == {"value": "yes", "rev": 6}
    assert fields["candidates/r1/name"] == {"value": None, "rev": 2}


def test_what_went_out_comes_in_exactly(store, other):
    well_used(store)
    export = json.loads(json.dumps(store.export(), allow_nan=False))
    infos = other.import_(export)
    assert infos == list(reversed(store.worksheets()))
    assert other.export() == store.export() == export
    assert other.worksheets() == store.worksheets()
    for info in infos:
        assert other.load(info.id) == store.load(info.id)
        assert other.history(info.id) == store.history(info.id)


def test_work_goes_on_after_an_import(other, worksheet, export):
    other.import_(export)
    assert other.committed(worksheet, "a9").status == "repeated"
    assert other.undo(worksheet, "laptop", "b1").fields["breaks"].value == "no"
    assert other.undo(worksheet, "laptop", "b2").fields["breaks"].value == "partly"
    with pytest.raises(UndoError, match="changed since"):
        other.undo(worksheet, "laptop", "b3")  # the operation before has an erased part
    waiting = other.load(worksheet).conflicts
    assert [(conflict.field, conflict.value) for conflict in waiting] == [
        ("breaks", "dont_know"),
        ("likes", []),
    ]
    outcome = other.resolve(worksheet, waiting[0].id, True, "b4", "phone")
    assert outcome.fields["breaks"].value == "dont_know"


def test_an_import_goes_into_a_file_as_into_the_memory(tmp_path, export):
    path = tmp_path / "playbook.sqlite"
    SqliteStore(path).import_(export)
    assert SqliteStore(path).export() == export


def test_a_worksheet_that_is_here_already_comes_in_beside_it(store, worksheet, export):
    store.import_(export)
    before = store.load(worksheet)
    first, second = store.import_(export)
    assert len({info.id for info in store.worksheets()}) == 4
    assert store.load(worksheet) == before
    assert store.load(first.id).fields == before.fields
    assert (first.name, second.name) == ("Another name", "A copy")


def test_an_id_twice_in_one_file_is_two_worksheets(other, export):
    export["worksheets"].append(copy.deepcopy(export["worksheets"][0]))
    infos = other.import_(export)
    assert len({info.id for info in infos}) == 3


def test_an_empty_workspace_goes_out_and_in(store, other):
    assert other.import_(store.export()) == []
    assert other.worksheets() == []


@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))))
@settings(max_examples=30, deadline=None)
def test_any_text_survives_the_store_and_the_file(texts):
    store, other = SqliteStore(None), SqliteStore(None)
    try:
        worksheet = store.create("catalyst", "Name").id
        sets = (Set("remarks", "".join(texts), 0), Set("likes", texts, 0))
        store.commit(worksheet, Operation("op", "laptop", "set", 1, sets))
        other.import_(json.loads(json.dumps(store.export())))
        fields = other.load(worksheet).fields
        assert (fields["remarks"].value, fields["likes"].value) == ("".join(texts), texts)
    finally:
        store.close()
        other.close()


# -- or not at all


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


def deep(levels):
    nested = []
    for _ in range(levels):
        nested = [nested]
    return nested


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "text",
        b"bytes",
        7,
        {},
        {"format": "something else", "version": 1, "worksheets": []},
        {"format": ["redefining-work-playbook"], "version": 1, "worksheets": []},
        deep(50_000),
    ],
)
def test_what_is_no_export_is_refused(other, data):
    assert refused(other, data) == (
        "This file is not a playbook export; choose one that Export made."
    )


@pytest.mark.parametrize("version", [2, 0, -1, None, "1", 10**400, [1]])
def test_another_version_is_refused(other, export, version):
    assert "update the playbook" in refused(other, export | {"version": version})


def test_a_version_that_only_looks_equal_is_refused(other, export):
    refused(other, export | {"version": True})
    refused(other, export | {"version": 1.0})


def event(export, field, rev):
    """That event of the first worksheet."""
    return next(
        event
        for operation in export["worksheets"][0]["operations"]
        for event in operation["events"]
        if (event["field"], event["rev"]) == (field, rev)
    )


def operation(export, op_id):
    """That operation of the first worksheet."""
    return next(o for o in export["worksheets"][0]["operations"] if o["op_id"] == op_id)


CONTRADICTIONS = {
    "a seq that does not rise": lambda e: operation(e, "a3").update(seq=2),
    "a seq below the last": lambda e: e["worksheets"][0].update(seq=3),
    "a negative seq": lambda e: operation(e, "a1").update(seq=-1),
    "an op_id twice": lambda e: operation(e, "a3").update(op_id="a1"),
    "a field twice": lambda e: operation(e, "a2")["events"].append(
        copy.deepcopy(operation(e, "a2")["events"][1])
    ),
    "a revision left out": lambda e: event(e, "breaks", 2).update(rev=3, base_rev=2),
    "a revision twice": lambda e: event(e, "breaks", 2).update(rev=1, base_rev=0),
    "a negative revision": lambda e: event(e, "breaks", 1).update(rev=-1, base_rev=-2),
    "a change on the current revision kept aside": lambda e: operation(e, "a2")["events"][0].update(
        base_rev=1
    ),
    "a value in an erased change": lambda e: event(e, "candidates/r1", 1).update(value="secret"),
    "an erased change without erasure": lambda e: event(e, "hopes", 1).update(
        value=None, erased=True
    ),
    "an erasure that leaves something": lambda e: event(e, "candidates/r1", 1).update(
        value=1.0, erased=False
    ),
    "an undo of an undo": lambda e: operation(e, "a7").update(undoes=operation(e, "a7")["seq"]),
    "an undo of nothing": lambda e: operation(e, "a7").update(undoes=4444),
    "an undo of somebody else's": lambda e: operation(e, "a7").update(device="laptop"),
    "an undo of another operation": lambda e: operation(e, "a7").update(undoes=2),
    "an undo with another value": lambda e: operation(e, "a7")["events"][0].update(value="x"),
    "an undo by another name": lambda e: operation(e, "a7").update(kind="set"),
    "a set by the name of undo": lambda e: operation(e, "a6").update(kind="undo"),
    "a choice about nothing": lambda e: operation(e, "a5").update(settles=99),
    "a choice about a saved change": lambda e: operation(e, "a5").update(settles=1),
    "a choice with another value": lambda e: operation(e, "a5")["events"][0].update(value="x"),
    "a choice by another name": lambda e: operation(e, "a5").update(kind="set"),
    "an erasure by another name": lambda e: e["worksheets"][0]["operations"][7].update(kind="set"),
    "a field that follows from nothing": lambda e: e["worksheets"][0]["fields"].update(
        extra={"value": "x", "rev": 1}
    ),
    "a current value that does not follow": lambda e: e["worksheets"][0]["fields"]["breaks"].update(
        value="no"
    ),
    "a current revision that does not follow": lambda e: e["worksheets"][0]["fields"][
        "breaks"
    ].update(rev=5),
    "a field left out": lambda e: e["worksheets"][0]["fields"].pop("breaks"),
    "an operation left out": lambda e: e["worksheets"][0]["operations"].pop(2),
    "an undo of a negative seq": lambda e: operation(e, "a7").update(undoes=-4),
    "a choice about a truth": lambda e: operation(e, "a5").update(settles=True),
    "a number for whether it is erased": lambda e: event(e, "hopes", 1).update(erased=0),
    "an unknown key": lambda e: e["worksheets"][0].update(owner="somebody"),
    "a missing key": lambda e: operation(e, "a1").pop("device"),
    "a time without zone": lambda e: operation(e, "a1").update(at="2027-01-04T09:00:00"),
    "a time before all time": lambda e: operation(e, "a1").update(at="0001-01-01T00:00:00+23:59"),
    "a time that is none": lambda e: operation(e, "a1").update(at="yesterday"),
    "NaN": lambda e: event(e, "candidates/r2", 1).update(value=float("nan")),
    "infinity": lambda e: event(e, "candidates/r2", 1).update(value=float("inf")),
    "a huge number": lambda e: operation(e, "a1").update(seq=10**400),
    "a huge text": lambda e: event(e, "hopes", 1).update(value="x" * 100_001),
    "a deep value": lambda e: event(e, "hopes", 1).update(value=deep(50_000)),
    "a lone surrogate": lambda e: event(e, "hopes", 1).update(value="\ud800"),
    "a path for an id": lambda e: e["worksheets"][0].update(id="../../x"),
    "an odd field": lambda e: event(e, "hopes", 1).update(field="__proto__"),
    "a list for a worksheet": lambda e: e["worksheets"].append([]),
    "a text for the worksheets": lambda e: e.update(worksheets="none"),
    "a hostile key": lambda e: e["worksheets"][0].update({"\u202e\n" * 200: 1}),
}


@pytest.mark.parametrize("contradiction", CONTRADICTIONS)
def test_what_contradicts_itself_is_refused_whole(other, export, contradiction):
    CONTRADICTIONS[contradiction](export)
    assert refused(other, export).startswith("This file can't be taken in: worksheets")


def told(*steps):
    """An export with one worksheet and one field, from (device, undoes, value, base_rev, rev)."""
    at = "2027-01-04T09:00:00+00:00"
    operations = [
        {
            "seq": seq,
            "op_id": f"op-{seq}",
            "device": device,
            "kind": "undo" if undoes else "set",
            "version": 1,
            "at": at,
            "undoes": undoes,
            "settles": None,
            "events": [
                {
                    "field": "breaks",
                    "value": value,
                    "base_rev": base_rev,
                    "rev": rev,
                    "erased": False,
                }
            ],
        }
        for seq, (device, undoes, value, base_rev, rev) in enumerate(steps, 1)
    ]
    worksheet = {
        "id": "w",
        "sheet": "catalyst",
        "name": "Told",
        "created": at,
        "changed": at,
        "seq": len(steps),
        "fields": {"breaks": {"value": steps[-1][2], "rev": steps[-1][4]}},
        "operations": operations,
    }
    return {"format": "redefining-work-playbook", "version": 1, "worksheets": [worksheet]}


def test_a_history_written_by_hand_is_taken(other):
    (info,) = other.import_(
        told(
            ("laptop", None, "yes", 0, 1),
            ("phone", None, "no", 1, 2),
            ("phone", 2, "yes", 2, 3),
            ("laptop", 1, None, 3, 4),
        )
    )
    assert other.load(info.id).fields["breaks"].rev == 4


def test_an_undo_of_what_has_moved_on_is_refused(other):
    moved_on = told(
        ("laptop", None, "yes", 0, 1), ("phone", None, "no", 1, 2), ("laptop", 1, None, 2, 3)
    )
    assert "can't undo" in refused(other, moved_on)


def test_a_second_undo_of_the_same_is_refused(other):
    twice = told(
        ("laptop", None, "yes", 0, 1), ("laptop", 1, None, 1, 2), ("laptop", 1, None, 2, 3)
    )
    assert "can't undo" in refused(other, twice)


def test_the_refusal_says_where_and_what(other, export):
    operation(export, "a3")["device"] = "two words"
    assert refused(other, export) == (
        "This file can't be taken in: worksheets[0].operations[2].device: "
        "A device has 1 to 64 letters, digits, - and _; not 'two words'."
    )
    operation(export, "a3")["device"] = "laptop"
    operation(export, "a3")["seq"] = 1
    assert refused(other, export) == (
        "This file can't be taken in: worksheets[0].operations[2]: "
        "its seq is not above the one before."
    )


def test_one_bad_worksheet_keeps_the_good_ones_out(other, export):
    export["worksheets"][1]["name"] = ""
    refused(other, export)
    with pytest.raises(GoneError):
        other.load(export["worksheets"][0]["id"])


def leaves(data, path=()):
    """The path to everything in nested data that is no list or dict."""
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in items:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from leaves(value, (*path, key))


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 12),
    st.integers(),
    st.floats(),
    st.sampled_from(["yes", "no", "laptop", "phone", "a1", "undo", "resolve", "erased", "breaks"]),
    st.text(),
    st.lists(st.text(), max_size=2),
    st.dictionaries(st.text(), st.integers(), max_size=2),
)
MISSING = object()


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_export_is_refused_whole_or_means_what_it_says(data):
    damaged = json.loads(well_used_export()[1])
    *above, last = data.draw(st.sampled_from(list(leaves(damaged["worksheets"], ("worksheets",)))))
    place = damaged
    for key in above:
        place = place[key]
    junk = data.draw(st.one_of(JUNK, st.just(MISSING)))
    if junk is MISSING:
        del place[last]
    else:
        place[last] = junk
    other = SqliteStore(None)
    try:
        other.import_(damaged)
    except InputError:
        assert other.worksheets() == []
    else:
        assert other.export() == damaged
        for info in other.worksheets():
            other.load(info.id)
            other.history(info.id)
    finally:
        other.close()


def test_a_deep_value_needs_no_deep_stack(other, export):
    event(export, "hopes", 1)["value"] = deep(sys.getrecursionlimit() * 3)
    refused(other, export)
