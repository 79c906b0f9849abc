"""How far a class is: counted for the class, in teams and with several worksheets."""

from uuid import uuid4

import pytest

from playbook.cohort.progress import Progress, people_stamp, progress, work_stamp
from playbook.framework import load_framework

SHEET = load_framework().sheets["catalyst"]
FIRST_SCREEN = {
    "what": "A merger",
    "kind": "change",
    "breaks": "yes",
    "urgent": "yes",
    "by_when": "2027-05-01",
    "loss": "Our best people",
    "bigger": "no",
    "capacity": "partly",
    "alignment": SHEET.question("alignment", "candidates").choices[0].id,
}


def change(kind, **values):
    return {"op_id": str(uuid4()), "kind": kind, **values}


@pytest.fixture
def far(room):
    return lambda: progress(room.cohorts.database, room.trainer, SHEET)


def begin(store):
    """A worksheet with an empty row; its id and where the row's answers go."""
    sheet = store.create("catalyst", "Mine").id
    store.apply(sheet, change("add_row", table="candidates"))
    (row,) = [field for field in store.load(sheet).fields if field.count("/") == 1]
    return sheet, row


def fill(store, answers):
    sheet, row = begin(store)
    for question, value in answers.items():
        store.apply(sheet, change("set", field=f"{row}/{question}", value=value, base_rev=0))
    return sheet, row


def test_a_class_without_people_has_no_progress(far):
    assert far() == Progress(0, 0, 0)


def test_an_empty_row_is_not_begun_one_answer_is_all_of_the_first_screen_is_done(room, far):
    everybody = [room.of(room.join(name)) for name in ("José", "Lin", "Max")]
    begin(everybody[0])
    fill(everybody[1], {"what": "A merger"})
    fill(everybody[2], FIRST_SCREEN)
    assert far() == Progress(not_begun=1, begun=1, done=1)


def test_two_half_filled_rows_are_not_a_whole_one_and_the_furthest_worksheet_counts(room, far):
    store = room.of(room.join("José"))
    half = dict(list(FIRST_SCREEN.items())[:4])
    fill(store, half)
    fill(store, {name: FIRST_SCREEN[name] for name in FIRST_SCREEN.keys() - half.keys()})
    assert far() == Progress(0, 1, 0)
    fill(store, FIRST_SCREEN)
    assert far() == Progress(0, 0, 1)


def test_an_answer_that_was_taken_back_and_a_row_that_was_removed_do_not_count(room, far):
    store = room.of(room.join("José"))
    sheet, row = fill(store, FIRST_SCREEN)
    store.apply(sheet, change("set", field=f"{row}/urgent", value=None, base_rev=1))
    assert far() == Progress(0, 1, 0)
    store.apply(sheet, change("set", field=f"{row}/urgent", value="no", base_rev=2))
    assert far() == Progress(0, 0, 1)
    store.apply(sheet, change("remove_row", table="candidates", row=row.partition("/")[2]))
    assert far().done == 0


def test_our_example_is_no_progress_of_theirs(room, far):
    store = room.of(room.join("José"))
    sheet = store.create("catalyst", "Mine").id
    store.apply(sheet, change("example"))
    assert far() == Progress(1, 0, 0)


def test_each_member_of_a_team_is_as_far_as_the_team(room, far):
    jose, lin = room.join("José"), room.join("Lin")
    team = room.cohorts.new_team(room.trainer, "Blue")
    for member in (jose, lin):
        room.cohorts.seat(room.trainer, member.id, team.id)
    fill(room.of(jose), {"what": "A merger"})
    assert far() == Progress(0, 2, 0)


def test_stamps_change_when_somebody_comes_or_writes_and_not_otherwise(room):
    database, trainer = room.cohorts.database, room.trainer
    jose = room.join("José")
    people, work = people_stamp(database, trainer), work_stamp(database, trainer)
    assert (people, work) == (people_stamp(database, trainer), work_stamp(database, trainer))
    fill(room.of(jose), {"what": "A merger"})
    assert people_stamp(database, trainer) == people
    assert work_stamp(database, trainer) != work
    room.join("Lin")
    assert people_stamp(database, trainer) != people
