"""Undo after a reload, and going back to a point of the history: a page is played by calling."""

from datetime import date
from functools import partial
from uuid import uuid4

import pytest

from playbook.editing.apply import apply_change
from playbook.framework import load_framework
from playbook.model import InputError
from playbook.model.storage import Operation, Set
from playbook.store import UndoError, open_store
from widgets.session import Host, Session

FRAMEWORK = load_framework()
CATALYST = FRAMEWORK.sheets["catalyst"]
SEALING = next(s for s in FRAMEWORK.sheets.values() if any(table.seal for table in s.tables))
FIELD = "first_step"


@pytest.fixture
def load(tmp_path):
    """load(): a page loaded (again) in the same browser: another session on the same file."""

    def loaded(worksheet=None, device="laptop", sheet=CATALYST):
        store = open_store(tmp_path / "playbook.sqlite")
        host = Host(store, "local", "here", partial(apply_change, store, FRAMEWORK))
        session = Session(sheet, FRAMEWORK, host, device, lambda: date(2027, 1, 10))
        session.open(worksheet)
        return session

    return loaded


def do(session, kind, **values):
    return session.apply({"kind": kind, "op_id": str(uuid4()), **values})


def say(session, value, field=FIELD):
    rev = session.snapshot.fields[field].rev if field in session.snapshot.fields else 0
    do(session, "set", field=field, value=value, base_rev=rev)
    return session.snapshot.seq


def test_undo_and_redo_go_on_where_they_were_after_a_reload(load):
    for value in ("One", "Two", "Three"):
        say(load(), value)
    do(load(), "undo")
    do(load(), "undo")
    assert load().worksheet.answers[FIELD] == "One"
    do(load(), "redo")
    assert load().worksheet.answers[FIELD] == "Two"
    with pytest.raises(UndoError):
        do(load(device="phone"), "undo")  # what another browser did is not taken back here


def test_the_whole_worksheet_is_as_it_was_and_undo_takes_that_back(load):
    session = load()
    then = say(session, "One")
    do(session, "add_row", table="candidates", answers={"what": "Rivals"})
    before = session.worksheet
    (row,) = (row.id for row in before.rows("candidates"))
    point = session.snapshot.seq
    say(session, "Two")
    do(session, "remove_row", table="candidates", row=row)
    do(session, "add_row", table="candidates", answers={"what": "Rules"})
    later = session.worksheet

    do(load(), "restore", seq=point)
    assert load().worksheet == before
    do(load(), "undo")
    assert load().worksheet == later
    do(load(), "restore", seq=then)
    assert load().worksheet.rows("candidates") == ()
    do(load(), "restore", seq=0)
    assert load().worksheet.answers == {}


def test_going_back_is_one_line_of_the_history_and_forgets_nothing(load):
    session = load()
    then = say(session, "One")
    say(session, "Two")
    do(session, "restore", seq=then)
    told = [
        (event.kind, event.value, event.previous) for event in session.store.history(session.id)
    ]
    assert told[0] == ("restore", "One", "Two")
    assert [kind for kind, _, _ in told[1:]] == ["set", "set"]
    assert [step.field for step in session.store.history(session.id)] == [FIELD] * 3


def test_what_was_erased_does_not_come_back(load):
    session = load()
    then = say(session, "A secret")
    say(session, "Said since")
    session.erase_field(FIELD)
    do(session, "restore", seq=then)
    assert FIELD not in session.worksheet.answers
    assert "secret" not in repr(session.store.export())


def test_what_is_sealed_stays_sealed(load):
    session = load(sheet=SEALING)
    table = next(table for table in SEALING.tables if table.seal)
    blank = session.snapshot.seq
    for name in ("Sealed", "Open"):
        do(session, "add_row", table=table.id, answers={table.label: name})
    sealed, _ = (row.id for row in session.worksheet.rows(table.id))
    do(session, "seal", table=table.id, row=sealed)
    kept = session.worksheet.rows(table.id)[:1]
    do(session, "restore", seq=blank)
    assert session.worksheet.rows(table.id) == kept


def test_the_choice_of_what_counts_is_not_taken_back(load):
    first = load()
    say(first, "One")
    second = load(first.create("Second").id)
    then = say(second, "Draft")
    do(second, "count")
    say(second, "Final")
    do(second, "restore", seq=then)
    assert second.record.id == second.id
    assert second.worksheet.answers[FIELD] == "Draft"


def test_answers_that_were_given_to_an_older_sheet_are_told_from_todays(load):
    session = load()
    old = Operation("op-old", "laptop", "set", 1, (Set(FIELD, "Old", None),))
    then = session.store.commit(session.id, old).seq
    session.refresh()
    say(session, "New")
    assert session.worksheet.version == CATALYST.version > 1
    do(session, "restore", seq=then)
    assert session.worksheet.version == 1
    assert load().worksheet == session.worksheet


@pytest.mark.parametrize("seq", [-1, 2, True, "1", None])
def test_a_point_that_was_never_reached_is_refused(load, seq):
    session = load()
    say(session, "One")
    with pytest.raises(InputError, match="seq"):
        do(session, "restore", seq=seq)
    assert session.worksheet.answers == {FIELD: "One"}


def test_a_replayed_step_back_does_nothing_again(load):
    session = load()
    then = say(session, "One")
    say(session, "Two")
    change = {"kind": "restore", "op_id": "the-same", "seq": then}
    assert session.apply(change).status == "saved"
    say(session, "Three")
    assert session.apply(change).status == "repeated"
    assert session.worksheet.answers[FIELD] == "Three"
