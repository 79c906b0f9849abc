"""What is no export, or contradicts itself, is not taken in at all, and the refusal says why."""

import copy
import sys

import pytest

from playbook.store import GoneError

from .conftest import refused


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
    "a number that no float is": lambda e: event(e, "candidates/r2", 1).update(value=2**53 + 1),
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


def test_a_deep_value_needs_no_deep_stack(other, export):
    event(export, "hopes", 1)["value"] = deep(sys.getrecursionlimit() * 3)
    refused(other, export)
