"""A session is the only gate for writing, and what it says is saved is saved."""

from datetime import date
from functools import partial
from uuid import uuid4

import pytest

from playbook.editing.apply import apply_change
from playbook.framework import load_framework
from playbook.model import InputError, Level
from playbook.store import GoneError, UndoError, open_store
from widgets.session import Host, Session

FRAMEWORK = load_framework()
SHEET = FRAMEWORK.sheets["catalyst"]


GATE = FRAMEWORK.sheets["recognise_gate"]


def change(kind, **values):
    return {"kind": kind, "op_id": str(uuid4()), **values}


@pytest.fixture
def store(tmp_path):
    return open_store(tmp_path / "playbook.sqlite")


@pytest.fixture
def session(store):
    return open_session(store, "device-one")


def host_of(store):
    return Host(store, "local", "here", partial(apply_change, store, FRAMEWORK))


def open_session(store, device, worksheet=None):
    session = Session(SHEET, FRAMEWORK, host_of(store), device, lambda: date(2027, 1, 10))
    session.open(worksheet)
    return session


def candidate(session, **answers):
    before = {row.id for row in session.worksheet.rows("candidates")}
    session.apply(change("add_row", table="candidates"))
    row = next(r.id for r in session.worksheet.rows("candidates") if r.id not in before)
    for question, value in answers.items():
        field = f"candidates/{row}/{question}"
        session.apply(change("set", field=field, value=value, base_rev=0))
    return row


def test_an_answer_changes_the_verdict_and_is_there_after_opening_again(session, store):
    candidate(session, what="Rivals", breaks="no")
    assert session.assessment.verdict is Level.FAIL
    again = open_session(store, "device-one")
    assert again.id == session.id
    assert again.worksheet == session.worksheet


def test_callbacks_hear_every_change_once_and_no_refusal(session):
    heard = []
    session.on_change(heard.append)
    session.apply(change("add_row", table="candidates"))
    with pytest.raises(InputError):
        session.apply(change("set", field="nothing", value="x", base_rev=0))
    assert heard == [session]


def test_the_same_operation_twice_is_done_once(session):
    add = change("add_row", table="candidates")
    assert session.apply(add).status == "saved"
    assert session.apply(add).status == "repeated"
    assert len(session.worksheet.rows("candidates")) == 1


def test_a_replayed_removal_of_a_row_that_is_gone_is_no_error(session):
    row = candidate(session, what="A")
    remove = change("remove_row", table="candidates", row=row)
    session.apply(remove)
    assert session.apply(remove).status == "repeated"


def test_a_refusal_shows_what_others_changed_meanwhile(session, store):
    row = candidate(session, what="A")
    other = open_session(store, "device-two", session.id)
    session.apply(change("remove_row", table="candidates", row=row))
    with pytest.raises(InputError, match="not there any more"):
        other.apply(change("set", field=f"candidates/{row}/what", value="B", base_rev=1))
    assert other.worksheet.rows("candidates") == ()
    other.apply(change("add_row", table="candidates"))
    session.apply(change("example"))
    with pytest.raises(UndoError, match="changed since"):
        other.apply(change("undo"))
    assert other.is_example


def test_two_tabs_changing_one_field_show_a_conflict_and_overwrite_nothing(session, store):
    row = candidate(session, what="A")
    other = open_session(store, "device-two", session.id)
    field = f"candidates/{row}/what"
    session.apply(change("set", field=field, value="mine", base_rev=1))
    assert other.apply(change("set", field=field, value="theirs", base_rev=1)).status == "conflict"
    assert other.worksheet.rows("candidates")[0].answers["what"] == "mine"
    (waiting,) = other.snapshot.conflicts
    other.apply(change("resolve", conflict=waiting.id, take=True))
    assert session.refresh()
    assert session.worksheet.rows("candidates")[0].answers["what"] == "theirs"
    assert session.snapshot.conflicts == ()


def test_two_tabs_adding_a_candidate_each_both_stay(session, store):
    other = open_session(store, "device-two", session.id)
    session.apply(change("add_row", table="candidates"))
    other.apply(change("add_row", table="candidates"))
    session.refresh()
    assert len(session.worksheet.rows("candidates")) == 2


def test_undo_takes_back_ones_own_last_change_step_by_step(session):
    row = candidate(session, what="A")
    session.apply(change("set", field=f"candidates/{row}/what", value="B", base_rev=1))
    session.apply(change("undo"))
    assert session.worksheet.rows("candidates")[0].answers == {"what": "A"}
    session.apply(change("undo"))
    session.apply(change("undo"))
    assert session.worksheet.rows("candidates") == ()
    with pytest.raises(UndoError):
        session.apply(change("undo"))


def test_a_removed_candidate_comes_back_whole_with_undo(session):
    row = candidate(session, what="A", breaks="yes")
    session.apply(change("remove_row", table="candidates", row=row))
    session.apply(change("undo"))
    assert session.worksheet.rows("candidates")[0].answers == {"what": "A", "breaks": "yes"}


def test_the_example_fills_the_sheet_says_so_and_undo_brings_back_what_was_there(session):
    candidate(session, what="Mine")
    session.fill_with_example()
    assert session.is_example
    assert session.assessment.verdict is Level.PASS
    assert all(r.answers["what"] != "Mine" for r in session.worksheet.rows("candidates"))
    session.apply(change("undo"))
    assert not session.is_example
    assert [r.answers["what"] for r in session.worksheet.rows("candidates")] == ["Mine"]


def test_the_example_opens_by_name_is_made_once_and_never_stands_in_for_ones_own(session, store):
    mine = session.id
    session.open("example")
    example = session.id
    assert session.is_example
    assert session.snapshot.info.name == FRAMEWORK.examples["catalyst"].name
    assert open_session(store, "device-two", "example").id == example
    assert open_session(store, "device-two").id == mine


def test_another_story_opens_by_its_name_beside_the_first(session, store):
    mine = session.id
    session.open("example")
    first, note = session.id, session.example_note
    session.open("fenwick_valley")
    other = FRAMEWORK.story("fenwick_valley")["catalyst"]
    assert session.is_example
    assert (session.snapshot.info.name, session.example_note) == (other.name, other.note)
    assert session.example_note != note != ""
    assert session.assessment.today == other.today
    assert len({mine, first, session.id}) == 3
    assert open_session(store, "device-two", "fenwick_valley").id == session.id
    assert open_session(store, "device-two", "example").id == first
    assert open_session(store, "device-two").id == mine


def test_an_answer_erased_for_good_is_gone_from_the_history_too(session):
    row = candidate(session, what="A secret")
    session.erase_field(f"candidates/{row}/what")
    assert "what" not in session.worksheet.rows("candidates")[0].answers
    kept = [(event.value, event.previous) for event in session.store.history(session.id)]
    assert "secret" not in repr(kept)


def test_a_row_that_was_removed_is_erased_with_all_that_was_ever_in_it(session):
    pasted = change("paste_rows", table="candidates", text="A secret\nRivals")
    session.apply(pasted)
    secret, rivals = (row.id for row in session.worksheet.rows("candidates"))
    session.apply(change("remove_row", table="candidates", row=secret))
    session.erase_field(f"candidates/{secret}")
    assert "secret" not in repr(session.store.export())
    assert [row.id for row in session.worksheet.rows("candidates")] == [rivals]
    for nothing in ("nobody/r1", "candidates", "_example"):
        with pytest.raises(InputError, match="no field"):
            session.erase_field(nothing)


def test_a_worksheet_erased_in_another_tab_takes_no_answers_any_more(session, store):
    store.erase_worksheet(session.id)
    with pytest.raises(GoneError):
        session.apply(change("add_row", table="candidates"))


def test_an_answer_to_another_worksheet_lands_there_and_leaves_this_one_open(session, store):
    first = session.id
    session.open(session.create("Second").id)
    session.apply(change("add_row", table="candidates"), worksheet=first)
    assert session.worksheet.rows("candidates") == ()
    assert any("candidates/" in field for field in store.load(first).fields)


# -- what other sheets decided, and the day


def test_an_earlier_sheet_is_looked_at_anew_with_every_beat(session, store):
    gate = Session(GATE, FRAMEWORK, host_of(store), "device-one", lambda: date(2027, 1, 10))
    gate.open()
    before = {one.carry.id: one.value for one in gate.carried}
    assert before["catalyst"] is None
    candidate(session, what="Rivals", breaks="no")
    heard = []
    gate.on_change(heard.append)
    assert gate.refresh()
    assert heard == [gate]
    assert not gate.refresh()
    after = {one.carry.id: one.value for one in gate.carried}
    assert after["catalyst"] == Level.FAIL
    must = next(one for one in gate.assessment.findings if one.key == "must.catalyst")
    assert must.level == gate.assessment.verdict == Level.FAIL


def test_a_page_left_open_past_midnight_is_judged_by_the_new_day(store):
    today = [date(2027, 1, 10)]
    session = Session(SHEET, FRAMEWORK, host_of(store), "device-one", lambda: today[0])
    session.open()
    candidate(session, what="Rivals", breaks="yes", urgent="yes", by_when="2027-01-31")
    left = session.assessment.numbers["days_left"]
    today[0] = date(2027, 1, 12)
    assert session.assessment.today == date(2027, 1, 12)
    assert session.assessment.numbers["days_left"] == left - 2
