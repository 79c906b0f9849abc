"""What people do with worksheets, and what the store makes of it: in a file and in memory alike."""

from datetime import timedelta
from uuid import uuid4

import pytest

from playbook.model import InputError
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


# -- conflicts


def test_a_late_change_is_kept_aside_and_the_current_answer_stays(laptop, phone, clock):
    laptop.answers(breaks="yes")
    outcome = phone.answers(breaks="no")  # has not seen the laptop's answer
    assert outcome.status == "conflict"
    assert outcome.fields == {"breaks": FieldState("yes", 1)}
    (conflict,) = phone.seen.conflicts
    assert (conflict.field, conflict.value, conflict.device) == ("breaks", "no", "phone")
    assert conflict.at == clock.time
    assert phone.seen.fields["breaks"] == FieldState("yes", 1)


def test_the_other_fields_of_a_late_operation_are_saved(laptop, phone):
    laptop.answers(breaks="yes")
    outcome = phone.answers(breaks="no", hopes="fewer calls", fears="job cuts")
    assert outcome.status == "conflict"
    assert outcome.fields["hopes"] == FieldState("fewer calls", 1)
    assert outcome.fields["fears"] == FieldState("job cuts", 1)
    assert [conflict.field for conflict in phone.seen.conflicts] == ["breaks"]


def test_two_people_with_the_same_answer_have_no_conflict(laptop, phone):
    laptop.answers(breaks="yes")
    assert phone.answers(breaks="yes").status == "saved"
    assert phone.seen.conflicts == ()


def test_a_change_based_on_a_revision_that_never_was_is_kept_aside(store, worksheet):
    future = Operation("op", "laptop", "set", 1, (Set("breaks", "yes", 7),))
    assert store.commit(worksheet, future).status == "conflict"
    assert "breaks" not in store.load(worksheet).fields


def test_two_people_who_add_a_row_each_do_not_collide(laptop, phone, values):
    laptop.answers(candidates__r1=1.0)
    assert phone.answers(candidates__r2=1.0).status == "saved"
    assert values(phone.seen) == {"candidates/r1": 1.0, "candidates/r2": 1.0}


def test_the_waiting_answer_is_taken_by_choice(laptop, phone):
    laptop.answers(breaks="yes")
    phone.answers(breaks="no")
    outcome = laptop.decides(phone.seen.conflicts[0].id, take=True)
    assert (outcome.status, outcome.fields) == ("saved", {"breaks": FieldState("no", 2)})
    assert laptop.looks().conflicts == ()


def test_the_waiting_answer_is_let_go_by_choice(laptop, phone):
    laptop.answers(breaks="yes")
    phone.answers(breaks="no")
    outcome = laptop.decides(phone.seen.conflicts[0].id, take=False)
    assert (outcome.status, outcome.fields) == ("saved", {"breaks": FieldState("yes", 1)})
    assert laptop.looks().conflicts == ()


def test_taking_what_is_there_by_now_makes_no_new_revision(laptop, phone):
    laptop.answers(breaks="yes")
    phone.answers(breaks="no")
    laptop.answers(breaks="no")
    outcome = laptop.decides(laptop.seen.conflicts[0].id, take=True)
    assert outcome.fields == {"breaks": FieldState("no", 2)}
    assert laptop.looks().conflicts == ()


def test_a_choice_is_made_once(laptop, phone):
    laptop.answers(breaks="yes")
    phone.answers(breaks="no")
    (conflict,) = phone.seen.conflicts
    laptop.decides(conflict.id, take=False, op_id="op-choice")
    assert laptop.decides(conflict.id, take=False, op_id="op-choice").status == "repeated"
    with pytest.raises(InputError, match="already"):
        phone.decides(conflict.id, take=True)
    assert phone.looks().fields["breaks"].value == "yes"


@pytest.mark.parametrize("conflict", [1, 2, 99, 2**53])
def test_what_is_no_conflict_cannot_be_decided(laptop, conflict):
    laptop.answers(breaks="yes")
    with pytest.raises(InputError, match="already"):
        laptop.decides(conflict, take=True)


# -- undo


def test_undo_brings_back_what_was_there(laptop):
    laptop.answers(breaks="yes", hopes="fewer calls")
    laptop.answers(breaks="no", hopes=None)
    outcome = laptop.undoes()
    assert outcome.fields == {
        "breaks": FieldState("yes", 3),
        "hopes": FieldState("fewer calls", 3),
    }


def test_undo_goes_further_back_each_time_until_nothing_is_left(laptop):
    for answer in ["yes", "partly", "no"]:
        laptop.answers(breaks=answer)
    seen = []
    for _ in range(3):
        laptop.undoes()
        seen.append(laptop.seen.fields["breaks"].value)
    assert seen == ["partly", "yes", None]
    with pytest.raises(UndoError, match="nothing left"):
        laptop.undoes()


def test_an_answer_given_after_an_undo_is_undone_first(laptop):
    laptop.answers(breaks="yes")
    laptop.answers(breaks="no")
    laptop.undoes()
    laptop.answers(breaks="partly")
    assert laptop.undoes().fields["breaks"].value == "yes"
    assert laptop.undoes().fields["breaks"].value is None


def test_undo_takes_back_only_what_this_device_did(laptop, phone):
    laptop.answers(breaks="yes")
    phone.answers(hopes="fewer calls")
    assert list(laptop.undoes().fields) == ["breaks"]
    assert phone.looks().fields["hopes"].value == "fewer calls"
    with pytest.raises(UndoError, match="nothing left"):
        laptop.undoes()


def test_undo_is_refused_when_somebody_changed_the_answer_since(laptop, phone, values):
    laptop.answers(breaks="yes", hopes="fewer calls")
    phone.looks()
    phone.answers(breaks="no")
    with pytest.raises(UndoError, match="changed since") as refusal:
        laptop.undoes()
    assert refusal.value.field == "breaks"
    assert values(laptop.looks()) == {"breaks": "no", "hopes": "fewer calls"}


def test_undo_works_again_once_the_other_has_undone_too(laptop, phone):
    laptop.answers(breaks="yes")
    phone.looks()
    phone.answers(breaks="no")
    phone.undoes()
    assert laptop.undoes().fields["breaks"] == FieldState(None, 4)


def test_undo_is_refused_when_the_same_answer_was_given_anew(laptop, phone):
    laptop.answers(breaks="yes")
    phone.looks()
    phone.answers(breaks="no")
    phone.answers(breaks="yes")
    with pytest.raises(UndoError, match="changed since"):
        laptop.undoes()


def test_a_repeated_undo_is_one_undo(laptop):
    laptop.answers(breaks="yes")
    laptop.answers(breaks="no")
    laptop.undoes("op-undo")
    again = laptop.undoes("op-undo")
    assert (again.status, again.fields) == ("repeated", {"breaks": FieldState("yes", 3)})


def test_operations_that_changed_nothing_are_not_undone(laptop, phone):
    laptop.answers(breaks="yes")
    laptop.answers(breaks="yes")
    phone.answers(breaks="no")  # kept aside
    assert laptop.undoes().fields["breaks"].value is None
    with pytest.raises(UndoError, match="nothing left"):
        phone.undoes()


def test_a_choice_between_two_answers_can_be_undone(laptop, phone):
    laptop.answers(breaks="yes")
    phone.answers(breaks="no")
    phone.decides(phone.seen.conflicts[0].id, take=True)
    assert phone.undoes().fields["breaks"].value == "yes"
    assert phone.seen.conflicts == ()


def test_a_removed_row_comes_back_with_its_answers(laptop, values):
    laptop.answers(candidates__r1=1.0, candidates__r1__breaks="yes")
    laptop.answers(candidates__r1=None)
    laptop.undoes()
    assert values(laptop.seen) == {"candidates/r1": 1.0, "candidates/r1/breaks": "yes"}


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


# -- erasing


def test_an_erased_answer_is_gone_from_value_history_and_conflicts(store, laptop, phone):
    laptop.answers(breaks="secret one", hopes="stays")
    phone.answers(breaks="secret two")
    laptop.answers(breaks="secret three")
    snapshot = laptop.erases("breaks")
    assert snapshot.fields["breaks"] == FieldState(None, 3)
    assert snapshot.conflicts == ()
    assert "secret" not in repr(store.history(laptop.worksheet))
    assert "secret" not in repr(store.export())
    kinds = [(event.field, event.kind) for event in store.history(laptop.worksheet)]
    assert kinds.count(("breaks", "erased")) == 4  # three changes, and the erasure itself
    assert kinds.count(("hopes", "set")) == 1


def test_erasing_a_row_takes_its_answers_along_and_no_others(store, laptop, values):
    laptop.answers(
        candidates__r1=1.0,
        candidates__r1__name="secret",
        candidates__r11=2.0,
        candidates__r11__name="stays",
        candidates="a question of that name",
    )
    laptop.erases("candidates/r1")
    assert "secret" not in repr(store.export())
    assert values(laptop.looks()) == {
        "candidates": "a question of that name",
        "candidates/r11": 2.0,
        "candidates/r11/name": "stays",
    }


def test_an_underscore_in_a_row_name_is_no_wildcard(laptop, values):
    laptop.answers(my_rows__r1__q="secret", myxrows__r1__q="stays")
    laptop.erases("my_rows/r1")
    assert values(laptop.looks()) == {"myxrows/r1/q": "stays"}


def test_an_erased_operation_does_not_come_back(laptop):
    laptop.answers("op-1", breaks="secret")
    laptop.erases("breaks")
    assert laptop.answers("op-1", breaks="secret").status == "repeated"
    assert laptop.seen.fields["breaks"].value is None


def test_a_late_answer_does_not_overwrite_an_erasure(laptop, phone):
    laptop.answers(breaks="yes")
    phone.looks()
    laptop.erases("breaks")
    assert phone.answers(breaks="no").status == "conflict"
    assert phone.seen.fields["breaks"].value is None


def test_an_erased_question_can_be_answered_anew_and_that_be_undone(laptop):
    laptop.answers(breaks="secret")
    laptop.erases("breaks")
    laptop.looks()
    laptop.answers(breaks="new")
    assert laptop.undoes().fields["breaks"].value is None
    with pytest.raises(UndoError, match="nothing left"):
        laptop.undoes()


def test_an_operation_with_an_erased_part_is_not_undone(laptop, values):
    laptop.answers(breaks="secret", hopes="fewer calls")
    laptop.erases("breaks")
    with pytest.raises(UndoError, match="changed since"):
        laptop.undoes()
    assert values(laptop.looks()) == {"hopes": "fewer calls"}


def test_erasing_what_was_never_answered_changes_nothing(store, laptop):
    laptop.answers(hopes="fewer calls")
    before = store.export()
    assert laptop.erases("breaks") == laptop.seen
    assert store.export() == before


def test_erasing_twice_is_erasing_once(laptop):
    laptop.answers(breaks="secret")
    first = laptop.erases("breaks")
    assert laptop.erases("breaks") == first


def test_an_erased_worksheet_is_gone_and_stays_gone(store, laptop):
    laptop.answers(breaks="yes")
    store.create("catalyst", "Other")
    store.erase_worksheet(laptop.worksheet)
    assert sheets_and_names(store) == [("catalyst", "Other")]
    with pytest.raises(GoneError):
        laptop.insists(breaks="yes")
    with pytest.raises(GoneError):
        store.erase_worksheet(laptop.worksheet)


def test_when_everything_is_erased_the_store_goes_on(store, laptop, device_at):
    laptop.answers(breaks="yes")
    store.create("champion", "Other")
    store.erase_everything()
    assert store.worksheets() == []
    assert store.export()["worksheets"] == []
    fresh = device_at(store.create("catalyst", "Fresh").id)
    assert fresh.answers(breaks="no").status == "saved"
    store.erase_everything()
    store.erase_everything()
