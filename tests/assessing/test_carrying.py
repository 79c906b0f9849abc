"""What one sheet decided appears where the next needs it, and is changed in one place only."""

from dataclasses import replace
from datetime import date

import pytest

from playbook.assessing import carrying
from playbook.assessing.carrying import Found, Judge, gates_of, in_examples, in_store, judged
from playbook.framework import load_framework
from playbook.model import Carry, Level, Worksheet
from playbook.model.storage import Operation, Set
from playbook.report.carried import carried_text
from playbook.store.sql import SqliteStore
from playbook.worksheet.parse import read_worksheet

TODAY = date(2026, 3, 2)
FRAMEWORK = load_framework()
CATALYST = FRAMEWORK.sheets["catalyst"]
WEAK = {"id": "weak", "what": "A merger", "breaks": "no", "kind": "change"}
STRONG = {
    "id": "strong",
    "what": "Clients leave for rivals",
    "kind": "skills",
    "skills_for": "yes",
    "breaks": "yes",
    "urgent": "yes",
    "by_when": "2026-09-30",
    "loss": "Two branches",
    "bigger": "yes",
    "capacity": "yes",
    "alignment": "direct",
    "control_fix": "no",
}
WHAT = Carry(id="catalyst", sheet="catalyst", question="what", text="It starts from: {value}")
VERDICT = Carry(id="verdict", sheet="catalyst", text="The reason: {value}", missing="No reason yet")
STOPS = Carry(id="stops", sheet="catalyst", rules=("CAT-04",), text="{value}")


def catalyst(*candidates, **once):
    return read_worksheet(CATALYST, {"candidates": list(candidates), **once}, FRAMEWORK.words)


def carried(worksheet, *carries):
    """What `carries` bring into a sheet from this catalyst worksheet."""
    sheet = replace_carries(FRAMEWORK.sheets["champion"], carries)
    find = {"catalyst": Found("w1", worksheet)}.get if worksheet else {}.get
    return Judge(FRAMEWORK, TODAY, find).carried(sheet)


def replace_carries(sheet, carries):
    return type(sheet).model_validate(sheet.model_copy(update={"carries": tuple(carries)}))


def test_the_best_candidates_answer_is_carried_and_the_chosen_ones_before_it():
    both = catalyst(WEAK, STRONG)
    assert [one.value for one in carried(both, WHAT)] == ["Clients leave for rivals"]
    chosen = catalyst(WEAK, STRONG, chosen="weak")
    assert [one.value for one in carried(chosen, WHAT)] == ["A merger"]


def test_a_verdict_is_carried_as_a_level_and_read_as_a_word():
    (one,) = carried(catalyst(WEAK), VERDICT)
    assert one.value == Level.FAIL
    word = FRAMEWORK.words.text("level.fail")
    assert carried_text(one, FRAMEWORK) == f"The reason: {word}"


def test_some_rules_alone_may_be_asked():
    """A must that is unknown is not met, whatever else is only a warning; what is silent holds."""
    assert [one.value for one in carried(catalyst(WEAK), STOPS)] == [Level.FAIL]
    assert [one.value for one in carried(catalyst(STRONG), STOPS)] == [Level.PASS]
    halfway = catalyst({**STRONG, "urgent": "partly", "capacity": "dont_know"})
    four = STOPS.model_copy(update={"rules": ("CAT-10",)})
    assert [one.value for one in carried(halfway, four)] == [Level.UNKNOWN]


def test_nothing_is_carried_from_what_nobody_has_begun():
    for worksheet in (None, catalyst()):
        what, verdict = carried(worksheet, WHAT, VERDICT)
        assert (what.value, verdict.value) == (None, None)
        assert carried_text(what, FRAMEWORK) == ""
        assert carried_text(verdict, FRAMEWORK) == "No reason yet"


def test_a_sheet_that_is_not_built_brings_nothing():
    unbuilt = Carry(id="later", sheet="capacity", question="hours", missing="Not yet")
    assert [one.value for one in carried(None, unbuilt)] == [None]


def test_every_sheet_takes_only_from_sheets_before_it():
    order = FRAMEWORK.order
    for sheet in FRAMEWORK.sheets.values():
        for carry in sheet.carries:
            assert order.index(carry.sheet) < order.index(sheet.id)


def test_examples_build_on_each_other():
    find = in_examples(FRAMEWORK)
    for sheet in FRAMEWORK.sheets.values():
        for one in Judge(FRAMEWORK, TODAY, find).carried(sheet):
            if not one.carry.quiet:
                assert carried_text(one, FRAMEWORK), f"{sheet.id} shows nothing for {one.carry.id}"


# -- somebody's worksheets


@pytest.fixture
def store():
    store = SqliteStore(None)
    yield store
    store.close()


def write(store, name, **values):
    """A catalyst worksheet with one candidate."""
    info = store.create("catalyst", name)
    sets = [Set("candidates/r1", 1.0, None)] if values else []
    sets += [Set(f"candidates/r1/{key}", value, None) for key, value in values.items()]
    if sets:
        store.commit(info.id, Operation(f"op-{name}", "laptop", "set", 1, tuple(sets)))
    return info.id


def test_the_last_changed_worksheet_that_says_something_counts(store):
    write(store, "First", what="An older reason")
    second = write(store, "Second", what="A newer reason")
    write(store, "Blank")
    find = in_store(store, FRAMEWORK)
    assert find("catalyst").id == second
    assert find("champion") is None


def test_an_example_is_nobodys_decision(store):
    mine = write(store, "Mine", what="My reason")
    example = write(store, "Example", what="The example's reason")
    store.commit(
        example, Operation("op-mark", "laptop", "example", 1, (Set("_example", "yes", None),))
    )
    assert in_store(store, FRAMEWORK)("catalyst").id == mine
    told = {one.info.id: one.example for one in judged(store, FRAMEWORK, TODAY)}
    assert told == {example: True, mine: False}


def test_changing_the_source_changes_what_is_carried(store):
    worksheet = write(store, "Mine", what="A reason", breaks="no")
    sheet = replace_carries(FRAMEWORK.sheets["champion"], [WHAT])
    before = Judge(FRAMEWORK, TODAY, in_store(store, FRAMEWORK)).carried(sheet)
    field = "candidates/r1/what"
    store.commit(worksheet, Operation("op-2", "phone", "set", 1, (Set(field, "Another", 1),)))
    after = Judge(FRAMEWORK, TODAY, in_store(store, FRAMEWORK)).carried(sheet)
    assert [before[0].value, after[0].value] == ["A reason", "Another"]


# -- the gate


def test_a_gate_speaks_before_anybody_has_begun():
    gate = gates_of((), FRAMEWORK, TODAY)["recognise_gate"]
    assert gate.verdict == Level.UNKNOWN


def test_a_gate_that_is_not_built_is_left_out():
    without = replace(FRAMEWORK, sheets={"catalyst": CATALYST})
    assert gates_of((), without, TODAY) == {}


def test_a_decision_on_the_gates_sheet_counts(store):
    gate = FRAMEWORK.sheets["recognise_gate"]
    info = store.create("recognise_gate", "Gate")
    sets = (Set("go_on", "go", None), Set("because", "We start small", None))
    store.commit(info.id, Operation("op-1", "laptop", "set", gate.version, sets))
    told = gates_of(judged(store, FRAMEWORK, TODAY), FRAMEWORK, TODAY)["recognise_gate"]
    assert "APP-18.anyway" in {finding.key for finding in told.findings}
    blank = Judge(FRAMEWORK, TODAY).assess(gate, Worksheet(gate.id))
    assert "APP-18.anyway" not in {finding.key for finding in blank.findings}


def test_a_worksheet_is_assessed_once_whoever_builds_on_it(store, monkeypatch):
    write(store, "Mine", what="A reason")
    gate, assessed, assess = FRAMEWORK.sheets["recognise_gate"], [], carrying.assess

    def counted(sheet, *given):
        assessed.append(sheet.id)
        return assess(sheet, *given)

    monkeypatch.setattr(carrying, "assess", counted)
    judge = Judge(FRAMEWORK, TODAY, in_store(store, FRAMEWORK))
    judge.assess(gate, Worksheet(gate.id))
    judge.carried(gate)
    assert assessed == ["catalyst", gate.id]

    assessed.clear()
    info = store.create(gate.id, "Gate")
    sets = (Set("go_on", "go", None),)
    store.commit(info.id, Operation("op-1", "laptop", "set", gate.version, sets))
    assert len(judged(store, FRAMEWORK, TODAY)) == 2
    assert sorted(assessed) == ["catalyst", gate.id]
