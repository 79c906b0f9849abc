"""What people do with worksheets, and what the store makes of it: in a file and in memory alike."""

from datetime import timedelta
from uuid import uuid4

import pytest

from playbook.store import FieldState, GoneError, Operation, Set, UndoError

ODD_TEXTS = [
    "O'Neil",
    "Jos\u00e9",  # NFC
    "Jose\u0301",  # NFD
    "\u05e9\u05dc\u05d5\u05dd \u202erev",
    "👩🏽‍🚒 🏳️‍🌈",
    "A$$B",
    "__proto__",
    "../../x",
    "CON",
    "Robert'); DROP TABLE event;--",
    "100% {name} %s %(x)s",
    "two\nlines\tand a tab",
    " spaces ",
    "null",
    "1.0",
    "\ufeffBOM",
]


def sheets_and_names(store):
    return [(info.sheet, info.name) for info in store.worksheets()]


# -- worksheets


def test_a_new_store_has_no_worksheets(store):
    assert store.worksheets() == []


def test_a_new_worksheet_is_empty(store):
    info = store.create("catalyst", "Our brokerage")
    snapshot = store.load(info.id)
    assert snapshot.info == info
    assert (info.sheet, info.name) == ("catalyst", "Our brokerage")
    assert (dict(snapshot.fields), snapshot.conflicts, snapshot.seq) == ({}, (), 0)
    assert snapshot.version is None
    assert store.history(info.id) == []


def test_the_last_changed_worksheet_comes_first_and_a_sheet_lists_its_own(store, device_at):
    first = store.create("catalyst", "First").id
    store.create("champion", "Second")
    third = store.create("catalyst", "Third").id
    device_at(first).answers(breaks="yes")
    assert [info.name for info in store.worksheets()] == ["First", "Third", "Second"]
    assert [info.id for info in store.worksheets("catalyst")] == [first, third]
    assert store.worksheets("capacity") == []


def test_a_worksheet_gets_another_name_and_keeps_its_answers(store, laptop):
    laptop.answers(breaks="yes")
    info = store.rename(laptop.worksheet, "Ours")
    assert (info.name, info.id) == ("Ours", laptop.worksheet)
    assert store.load(laptop.worksheet).fields["breaks"].value == "yes"
    assert sheets_and_names(store) == [("catalyst", "Ours")]


@pytest.mark.parametrize("odd", ODD_TEXTS)
def test_odd_names_and_answers_survive_unchanged(store, device_at, odd):
    info = store.create("catalyst", odd)
    device_at(info.id).answers(remarks=odd, likes=[odd, ""])
    snapshot = store.load(info.id)
    assert snapshot.info.name == odd
    assert snapshot.fields["remarks"].value == odd
    assert snapshot.fields["likes"].value == [odd, ""]


@pytest.mark.parametrize("worksheet", ["nobody-knows-it", "", "\ud800", "a b", "x" * 1000])
def test_an_unknown_worksheet_is_gone_for_every_request(store, worksheet):
    requests = [
        lambda: store.load(worksheet),
        lambda: store.seq(worksheet),
        lambda: store.rename(worksheet, "x"),
        lambda: store.duplicate(worksheet, "x"),
        lambda: store.history(worksheet),
        lambda: store.committed(worksheet, "op"),
        lambda: store.commit(worksheet, Operation("op", "laptop", "set", 1, ())),
        lambda: store.undo(worksheet, "laptop", "op"),
        lambda: store.resolve(worksheet, 1, True, "op", "laptop"),
        lambda: store.erase_field(worksheet, "breaks", "laptop"),
        lambda: store.erase_worksheet(worksheet),
    ]
    for request in requests:
        with pytest.raises(GoneError, match="not here any more"):
            request()


# -- saving


def test_an_answer_is_saved_with_its_revision_and_time(laptop, clock):
    outcome = laptop.answers(breaks="yes")
    assert (outcome.status, outcome.seq, outcome.at) == ("saved", 1, clock.time)
    assert outcome.fields == {"breaks": FieldState("yes", 1)}
    assert laptop.seen.fields == outcome.fields
    assert laptop.seen.info.changed == clock.time


@pytest.mark.parametrize("value", ["yes", "", ["a", "b"], [], 0.1 + 0.2, -0.0, 1e308, 5e-324, 3])
def test_every_kind_of_value_comes_back_as_it_was(laptop, value):
    laptop.answers(field="before")
    laptop.answers(field=value)
    kept = laptop.seen.fields["field"].value
    assert kept == value
    assert type(kept) is (float if type(value) is int else type(value))


def test_taking_an_answer_back_leaves_its_revision(laptop):
    laptop.answers(breaks="yes")
    laptop.answers(breaks=None)
    assert laptop.seen.fields == {"breaks": FieldState(None, 2)}


def test_all_fields_of_an_operation_change_at_once_and_seq_rises_by_one(store, laptop):
    laptop.answers(candidates__r1=1.0, candidates__r1__breaks="yes", today="2027-01-04")
    assert {name: state.rev for name, state in laptop.seen.fields.items()} == {
        "candidates/r1": 1,
        "candidates/r1/breaks": 1,
        "today": 1,
    }
    assert store.seq(laptop.worksheet) == laptop.seen.seq == 1
    laptop.answers(today="2027-01-05")
    assert store.seq(laptop.worksheet) == laptop.seen.seq == 2


def test_a_repeated_operation_writes_nothing_and_tells_how_things_stand(store, laptop, phone):
    first = laptop.answers("op-1", breaks="yes")
    phone.looks()
    phone.answers(breaks="no")
    again = laptop.answers("op-1", breaks="yes")
    assert (again.status, again.at, again.seq) == ("repeated", first.at, 2)
    assert again.fields == {"breaks": FieldState("no", 2)}
    assert len(store.history(laptop.worksheet)) == 2


def test_whether_an_operation_was_committed_can_be_asked(store, laptop):
    assert store.committed(laptop.worksheet, "op-1") is None
    saved = laptop.answers("op-1", breaks="yes")
    asked = store.committed(laptop.worksheet, "op-1")
    assert (asked.status, asked.at, asked.fields) == ("repeated", saved.at, saved.fields)


def test_an_op_id_is_spent_even_when_it_changed_nothing(store, laptop, phone):
    laptop.answers(breaks="yes")
    laptop.answers("op-same", breaks="yes")
    phone.insists(breaks="no")
    assert laptop.answers("op-same", breaks="yes").status == "repeated"
    assert store.load(laptop.worksheet).fields["breaks"].value == "no"


def test_the_same_op_id_in_two_worksheets_is_two_operations(store, laptop, device_at):
    other = device_at(store.create("catalyst", "Other").id)
    laptop.answers("op-1", breaks="yes")
    assert other.answers("op-1", breaks="no").status == "saved"


def test_an_equal_answer_makes_no_new_revision(store, laptop):
    laptop.answers(breaks="yes")
    assert laptop.answers(breaks="yes").fields["breaks"].rev == 1
    assert len(store.history(laptop.worksheet)) == 1


def test_composed_and_decomposed_letters_are_different_answers(laptop):
    laptop.answers(name="Jos\u00e9")
    assert laptop.answers(name="Jose\u0301").fields["name"].rev == 2


# -- history


def test_the_history_says_what_changed_from_what_to_what_the_last_first(store, laptop, phone):
    laptop.answers("op-1", breaks="yes")
    phone.looks()
    phone.answers("op-2", breaks="no")
    phone.undoes("op-3")
    told = [
        (event.op_id, event.kind, event.device, event.previous, event.value, event.undone)
        for event in store.history(laptop.worksheet)
    ]
    assert told == [
        ("op-3", "undo", "phone", "no", "yes", False),
        ("op-2", "set", "phone", "yes", "no", True),
        ("op-1", "set", "laptop", None, "yes", False),
    ]


def test_the_history_tells_what_was_kept_aside_and_what_it_was_based_on(store, laptop, phone):
    laptop.answers(breaks="yes")
    phone.looks()
    laptop.answers(breaks="partly")
    phone.answers(breaks="no")
    event = store.history(laptop.worksheet)[0]
    assert (event.aside, event.previous, event.value) == (True, "yes", "no")
    assert [event.aside for event in store.history(laptop.worksheet)] == [True, False, False]


def test_a_long_history_is_cut_where_asked(store, laptop):
    for number in range(5):
        laptop.answers(count=float(number))
    assert [event.value for event in store.history(laptop.worksheet, limit=2)] == [4.0, 3.0]


def test_lines_of_one_operation_share_its_seq(store, laptop):
    laptop.answers(breaks="yes", hopes="fewer calls")
    laptop.answers(breaks="no")
    assert [event.seq for event in store.history(laptop.worksheet)] == [2, 1, 1]


def test_a_clock_that_jumps_back_changes_no_order(store, laptop, clock, device_at):
    laptop.answers(breaks="yes")
    device_at(store.create("catalyst", "Other").id).answers(breaks="yes")
    clock.time -= timedelta(days=400)
    laptop.answers(breaks="no")
    assert [info.name for info in store.worksheets()] == ["Catalyst", "Other"]
    events = store.history(laptop.worksheet)
    assert [event.value for event in events] == ["no", "yes"]
    assert events[0].at < events[1].at
    assert laptop.undoes().fields["breaks"].value == "yes"


# -- content versions


def answer_under(store, worksheet, version, field, value):
    operation = Operation(str(uuid4()), "laptop", "set", version, (Set(field, value, None),))
    store.commit(worksheet, operation)


def test_the_version_is_the_oldest_any_current_answer_was_given_to(store, worksheet):
    answer_under(store, worksheet, 2, "breaks", "yes")
    answer_under(store, worksheet, 3, "hopes", "fewer calls")
    assert store.load(worksheet).version == 2
    answer_under(store, worksheet, 4, "breaks", "no")
    assert store.load(worksheet).version == 3


def test_a_value_brought_back_is_as_old_as_when_it_was_given(store, worksheet):
    answer_under(store, worksheet, 2, "breaks", "yes")
    answer_under(store, worksheet, 5, "breaks", "no")
    store.undo(worksheet, "laptop", "op-undo")
    assert store.load(worksheet).version == 2


def test_an_answer_taken_back_has_no_version(store, worksheet):
    answer_under(store, worksheet, 2, "breaks", "yes")
    answer_under(store, worksheet, 3, "breaks", None)
    assert store.load(worksheet).version is None


# -- duplicates


def test_a_duplicate_has_the_answers_and_versions_but_not_the_history(store, worksheet):
    answer_under(store, worksheet, 1, "breaks", "no")
    answer_under(store, worksheet, 2, "breaks", "yes")
    answer_under(store, worksheet, 3, "hopes", "fewer calls")
    info = store.duplicate(worksheet, "A copy")
    snapshot = store.load(info.id)
    assert (info.sheet, info.name) == ("catalyst", "A copy")
    assert snapshot.fields == {
        "breaks": FieldState("yes", 1),
        "hopes": FieldState("fewer calls", 1),
    }
    assert snapshot.version == 2
    assert {event.kind for event in store.history(info.id)} == {"duplicate"}
    assert [event.previous for event in store.history(info.id)] == [None, None]


def test_a_duplicate_leaves_removed_rows_and_conflicts_behind(store, laptop, phone, values):
    laptop.answers(candidates__r1=1.0, candidates__r1__name="gone", candidates__r2=2.0)
    phone.answers(candidates__r2=9.0)
    laptop.answers(candidates__r1=None)
    copy = store.load(store.duplicate(laptop.worksheet, "A copy").id)
    assert values(copy) == {"candidates/r2": 2.0}
    assert copy.conflicts == ()


def test_a_duplicate_goes_its_own_way(store, laptop, device_at):
    laptop.answers(breaks="yes")
    copy = device_at(store.duplicate(laptop.worksheet, "A copy").id)
    copy.answers(breaks="no")
    assert laptop.looks().fields["breaks"].value == "yes"
    copy.undoes()
    with pytest.raises(UndoError, match="nothing left"):
        copy.undoes()  # the copying itself was nobody's step
