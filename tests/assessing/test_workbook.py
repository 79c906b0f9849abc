"""A workbook says what counts, and what one sheet decided appears where the next needs it."""

from dataclasses import replace
from datetime import date

import pytest

from playbook.assessing import workbook
from playbook.assessing.workbook import Workbook
from playbook.editing.apply import apply_change
from playbook.framework import load_framework
from playbook.framework.validate import check_sheet
from playbook.model import Carry, Condition, ContentError, Level, Worksheet
from playbook.model.storage import Operation, Set
from playbook.report.carried import carried_text
from playbook.store.sql import SqliteStore

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
    "impact_customer": "Advice on the day they ask",
    "capacity": "yes",
    "alignment": "direct",
    "control": "no",
}
WHAT = Carry(id="catalyst", sheet="catalyst", question="what", text="It starts from: {value}")
VERDICT = Carry(id="verdict", sheet="catalyst", text="The reason: {value}", missing="No reason yet")


@pytest.fixture
def store():
    store = SqliteStore(None)
    yield store
    store.close()


def catalyst(store, *candidates, **once):
    """A catalyst worksheet as it is stored; its id."""
    info = store.create("catalyst", "Mine")
    fields = dict(once)
    for place, answers in enumerate(candidates):
        row = f"candidates/{answers.get('id', 'r1')}"
        fields[row] = float(place)
        fields |= {f"{row}/{key}": value for key, value in answers.items() if key != "id"}
    if fields:
        sets = tuple(Set(field, value, None) for field, value in fields.items())
        store.commit(info.id, Operation(f"op-{info.id}", "laptop", "set", 1, sets))
    return info.id


def look(store=None):
    return Workbook(FRAMEWORK, TODAY, store)


def carried(store, *carries):
    """What `carries` bring into a sheet from the catalyst worksheets in `store`."""
    return look(store).carried(replace_carries(FRAMEWORK.sheets["champion"], carries))


def value_of(store, carry):
    (one,) = carried(store, carry)
    return one.value


def replace_carries(sheet, carries):
    return type(sheet).model_validate(sheet.model_copy(update={"carries": tuple(carries)}))


def test_the_best_candidates_answer_is_carried_and_the_chosen_ones_before_it(store):
    catalyst(store, WEAK, STRONG)
    assert value_of(store, WHAT) == "Clients leave for rivals"
    store.erase_everything()
    catalyst(store, WEAK, STRONG, chosen="weak")
    assert value_of(store, WHAT) == "A merger"


def test_a_verdict_is_carried_as_a_level_and_read_as_a_word(store):
    catalyst(store, WEAK)
    (one,) = carried(store, VERDICT)
    assert one.value == Level.FAIL
    word = FRAMEWORK.words.text("level.fail")
    assert carried_text(one, FRAMEWORK) == f"The reason: {word}"


@pytest.mark.parametrize(
    ("but", "level"),
    [
        ({}, "pass"),
        ({"urgent": "partly"}, "warn"),
        ({"control": "dont_know"}, "unknown"),
        ({"control": "dont_know", "alignment": "side"}, "warn"),  # beside a warning
        ({"control": "dont_know", "breaks": "no"}, "fail"),  # beside one that failed
    ],
)
def test_a_must_is_as_far_as_its_sheet(store, but, level):
    catalyst(store, STRONG | but)
    gate = FRAMEWORK.sheets["recognise_gate"]
    told = look(store).gates()[gate.id]
    must = next(one for one in told.findings if one.sheet == "catalyst")
    assert must.level == look(store).assess(CATALYST).verdict == level
    assert must.heading == next(one.must for one in gate.carries if one.sheet == "catalyst")


def test_a_follow_up_that_stops_is_carried_although_nobody_knows_what_opened_it(store):
    """“Don’t know” hides no answer: what was said of a rule that would do still counts."""
    catalyst(store, STRONG | {"breaks": "dont_know", "control": "yes"})
    assert value_of(store, VERDICT) == Level.FAIL
    assert value_of(store, VERDICT.model_copy(update={"question": "control"})) == "yes"


def test_nothing_is_carried_from_what_nobody_has_begun(store):
    for _ in ("no worksheet", "a blank one"):
        what, verdict = carried(store, WHAT, VERDICT)
        catalyst(store)
        assert (what.value, verdict.value) == (None, None)
        assert carried_text(what, FRAMEWORK) == ""
        assert carried_text(verdict, FRAMEWORK) == "No reason yet"


def test_a_sheet_that_is_not_built_brings_nothing(store):
    unbuilt = Carry(id="later", sheet="focus", question="hours", missing="Not yet")
    assert value_of(store, unbuilt) is None


NAMES = Carry(id="names", sheet="catalyst", table="candidates", text="Reasons: {value}")
URGENT = NAMES.model_copy(update={"where": Condition(question="urgent", any_of=("yes", "partly"))})


def test_the_names_of_rows_are_carried_in_their_order_and_a_row_without_one_is_not(store):
    catalyst(store, WEAK, {"id": "nameless", "urgent": "yes"}, STRONG)
    (names,) = carried(store, NAMES)
    assert names.value == ("A merger", "Clients leave for rivals")
    assert carried_text(names, FRAMEWORK) == "Reasons: “A merger”, “Clients leave for rivals”"


def test_of_rows_those_are_carried_that_an_answer_picks(store):
    catalyst(store, WEAK, STRONG)
    assert value_of(store, URGENT) == ("Clients leave for rivals",)
    assert value_of(store, NAMES.model_copy(update={"table": "work_items"})) is None


@pytest.mark.parametrize(
    ("but", "said"),
    [
        ({"table": "nowhere"}, "names the table"),
        ({"question": "what"}, "table and a question"),
        ({"where": Condition(question="nothing", any_of=("yes",))}, "names the question"),
        ({"where": Condition(question="urgent", any_of=("soon",))}, "names the answer"),
        ({"sheet": "champion", "table": "opponents"}, "private"),
    ],
)
def test_a_slip_in_what_is_carried_of_rows_is_told(but, said):
    sheet = replace_carries(FRAMEWORK.sheets["entry_point"], [NAMES.model_copy(update=but)])
    with pytest.raises(ContentError, match=said):
        check_sheet("entry_point.toml", sheet, FRAMEWORK)


def test_every_sheet_takes_only_from_sheets_before_it():
    order = FRAMEWORK.order
    for sheet in FRAMEWORK.sheets.values():
        for carry in sheet.carries:
            assert order.index(carry.sheet) < order.index(sheet.id)


def test_examples_build_on_each_other():
    examples = look().examples
    for sheet in FRAMEWORK.sheets.values():
        for one in examples.carried(sheet):
            if not one.carry.quiet:
                assert carried_text(one, FRAMEWORK), f"{sheet.id} shows nothing for {one.carry.id}"


# -- somebody's worksheets


def write(store, name, **values):
    """A catalyst worksheet with one candidate."""
    info = store.create("catalyst", name)
    sets = [Set("candidates/r1", 1.0, None)] if values else []
    sets += [Set(f"candidates/r1/{key}", value, None) for key, value in values.items()]
    if sets:
        store.commit(info.id, Operation(f"op-{name}", "laptop", "set", 1, tuple(sets)))
    return info.id


def test_the_first_worksheet_that_says_something_counts_until_another_is_chosen(store):
    write(store, "Blank")
    first = write(store, "First", what="An older reason")
    second = write(store, "Second", what="A newer reason")
    assert look(store).current(CATALYST).info.id == first
    assert value_of(store, WHAT) == "An older reason"
    apply_change(store, FRAMEWORK, second, "laptop", {"kind": "count", "op_id": "op-count"})
    assert look(store).current(CATALYST).info.id == second
    assert value_of(store, WHAT) == "A newer reason"
    assert look(store).current(FRAMEWORK.sheets["champion"]) is None


def test_an_example_is_nobodys_decision(store):
    mine = write(store, "Mine", what="My reason")
    example = write(store, "Example", what="The example's reason")
    store.commit(
        example, Operation("op-mark", "laptop", "example", 1, (Set("_example", "yes", None),))
    )
    assert look(store).current(CATALYST).info.id == mine
    told = {one.info.id: one.example for one in look(store).entries()}
    assert told == {example: True, mine: False}


def test_changing_the_source_changes_what_is_carried(store):
    worksheet = write(store, "Mine", what="A reason", breaks="no")
    before = value_of(store, WHAT)
    field = "candidates/r1/what"
    store.commit(worksheet, Operation("op-2", "phone", "set", 1, (Set(field, "Another", 1),)))
    assert [before, value_of(store, WHAT)] == ["A reason", "Another"]


# -- the gate


def test_a_gate_speaks_before_anybody_has_begun():
    gate = look().gates()["recognise_gate"]
    assert gate.verdict == Level.UNKNOWN


def test_a_gate_that_is_not_built_is_left_out():
    without = replace(FRAMEWORK, sheets={"catalyst": CATALYST})
    assert Workbook(without, TODAY).gates() == {}


def test_a_decision_on_the_gates_sheet_counts(store):
    gate = FRAMEWORK.sheets["recognise_gate"]
    info = store.create("recognise_gate", "Gate")
    said = {"go_on": "go", "unsettled": "Everything", "because": "We start small"}
    sets = tuple(Set(field, value, None) for field, value in said.items())
    store.commit(info.id, Operation("op-1", "laptop", "set", gate.version, sets))
    told = look(store).gates()["recognise_gate"]
    assert "APP-18.unsigned" in {finding.key for finding in told.findings}
    blank = look().assess(gate)
    assert "APP-18.unsigned" not in {finding.key for finding in blank.findings}


def test_a_worksheet_is_assessed_once_whoever_builds_on_it(store, monkeypatch):
    write(store, "Mine", what="A reason")
    gate, assessed, assess = FRAMEWORK.sheets["recognise_gate"], [], workbook.assess

    def counted(sheet, *given):
        assessed.append(sheet.id)
        return assess(sheet, *given)

    monkeypatch.setattr(workbook, "assess", counted)
    seen = look(store)
    seen.assess(gate, Worksheet(gate.id))
    seen.carried(gate)
    assert assessed == ["catalyst", gate.id]

    assessed.clear()
    info = store.create(gate.id, "Gate")
    sets = (Set("go_on", "go", None),)
    store.commit(info.id, Operation("op-1", "laptop", "set", gate.version, sets))
    seen = look(store)
    assert [entry.assessment.sheet for entry in seen.entries()] == [gate.id, "catalyst"]
    gates = {stage.gate for stage in FRAMEWORK.stages} & FRAMEWORK.sheets.keys()
    assert set(seen.gates()) == gates
    assert sorted(assessed) == sorted({"catalyst", *gates})


def test_an_example_builds_on_examples_alone(store):
    """Somebody's own catalyst, a stop, says nothing about the filled example of the gate."""
    catalyst(store, WEAK)
    gate = FRAMEWORK.sheets["recognise_gate"]
    info = store.create(gate.id, "Example")
    sets = (Set("_example", "yes", None), Set("because", "We start small", None))
    store.commit(info.id, Operation("op-mark", "laptop", "example", gate.version, sets))
    entry = look(store).read(store.load(info.id))
    worksheet = entry.worksheet
    assert entry.assessment == look().examples.assess(gate, worksheet)
    assert entry.assessment.verdict != look(store).assess(gate, worksheet).verdict == Level.FAIL
