"""What happens when people meet, change their minds or want something gone: on either transport."""

import pytest

from playbook.model import InputError
from playbook.store import FieldState, GoneError, Operation, Set, UndoError

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


def test_what_was_undone_can_be_done_again_step_by_step(laptop):
    for answer in ["yes", "partly", "no"]:
        laptop.answers(breaks=answer)
    laptop.undoes()
    laptop.undoes()
    assert laptop.redoes().fields["breaks"].value == "partly"
    assert laptop.redoes().fields["breaks"].value == "no"
    with pytest.raises(UndoError, match="nothing to do again"):
        laptop.redoes()
    assert laptop.undoes().fields["breaks"].value == "partly"
    assert laptop.redoes().fields["breaks"].value == "no"


def test_nothing_is_done_again_after_something_else_was_done(laptop, phone):
    laptop.answers(breaks="yes")
    laptop.undoes()
    laptop.answers(hopes="fewer calls")
    with pytest.raises(UndoError, match="nothing to do again"):
        laptop.redoes()
    with pytest.raises(UndoError, match="nothing to do again"):
        phone.redoes()


def test_redo_is_refused_when_somebody_changed_the_answer_since(laptop, phone):
    laptop.answers(breaks="yes")
    laptop.undoes()
    phone.looks()
    phone.answers(breaks="no")
    with pytest.raises(UndoError, match="changed since"):
        laptop.redoes()


def test_a_repeated_redo_is_one_redo(laptop):
    laptop.answers(breaks="yes")
    laptop.undoes()
    laptop.redoes("op-redo")
    assert laptop.redoes("op-redo").status == "repeated"
    assert laptop.seen.fields["breaks"].value == "yes"


def test_undo_passes_over_what_is_held(laptop):
    laptop.answers(hopes="fewer calls")
    laptop.answers(breaks="yes")
    outcome = laptop.store.undo(laptop.worksheet, laptop.name, "op-u", {"breaks"})
    assert list(outcome.fields) == ["hopes"]


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
    assert [info.name for info in store.worksheets()] == ["Other"]
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
