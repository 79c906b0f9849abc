"""The pathway: each sheet in its own word, what comes next, and which worksheet counts."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from playbook.model import Level
from playbook.report.pathway import at_field, href_of, pathway
from playbook.report.steps import next_step
from playbook.report.summary import sentence
from tests.report.stories import GATE

MUSTS = ["zoom_out", "catalyst", "champion", "entry_point", "metric_tree"]


def recognise(story):
    return pathway(story.workbook).stages[0].work


def state_of(story, sheet="catalyst"):
    return next(one for one in recognise(story).musts if one.id == sheet)


def target(href):
    """Where an address leads: (notebook, worksheet, field)."""
    parts = urlsplit(href)
    worksheet = parse_qs(parts.query).get("worksheet", [""])[0]
    return parts.path, worksheet, parts.fragment.removeprefix("field=")


# --- The stage in work ---


@pytest.mark.row("CAT-02")
def test_every_must_has_its_name_the_sheets_own_word_and_sentence(story, framework):
    story.finish(but=("champion",))
    story.example_of("champion", without=("covers_until",))
    work = recognise(story)
    gate, book = framework.sheets[GATE], story.workbook
    assert [one.id for one in work.musts] == MUSTS
    assert [one.title for one in work.musts] == [it.must for it in gate.carries if it.must]
    for one in work.musts:
        said = book.assess(framework.sheets[one.id])
        assert (one.mark.level, one.text) == (
            said.verdict,
            sentence(framework.sheets[one.id], said.verdict, framework),
        )
        assert one.mark.word == framework.words.text(f"level.{said.verdict}")
    assert work.mark.level == book.assess(gate).verdict == Level.UNKNOWN
    assert work.text.endswith("4 of 5 are in place.")


def test_a_next_step_is_the_sheets_own_and_leads_to_its_field(story, framework):
    story.finish(but=("champion",))
    mine = story.example_of("champion", without=("covers_until",))
    champion = framework.sheets["champion"]
    step = state_of(story, "champion").next
    own = next_step(champion, story.workbook.assess(champion), framework)
    assert step.text == own.text
    notebook, worksheet, field = target(step.href)
    assert (notebook, worksheet) == (champion.notebook, mine)
    assert field.endswith("/covers_until")
    assert all(one.next is None for one in recognise(story).musts if one.id != "champion")


def test_what_nobody_has_begun_is_missing_and_says_how_to_begin(story, framework):
    work = recognise(story)
    assert {one.mark.level for one in work.musts} == {Level.UNKNOWN}
    for one in work.musts:
        sheet = framework.sheets[one.id]
        assert (one.next.href, str(sheet.minutes) in one.next.text) == (sheet.notebook, True)
    assert work.text.endswith("0 of 5 are in place.")


@pytest.mark.row("CAT-02")
def test_a_catalyst_alone_is_never_enough(story):
    story.example_of("catalyst")
    work = recognise(story)
    ready = [one.id for one in work.musts if one.mark.level == Level.PASS]
    assert (ready, work.mark.level) == (["catalyst"], Level.UNKNOWN)


def test_the_decision_is_a_button_that_leads_to_the_gates_sheet(story, framework):
    gate = framework.sheets[GATE]
    assert recognise(story).decide == gate.notebook
    mine = story.finish()[GATE]
    work = recognise(story)
    assert target(work.decide) == (gate.notebook, mine, "")
    assert (work.mark.level, work.open) == (Level.PASS, ())


def test_the_gates_own_points_lead_to_its_fields(story, framework):
    story.finish(but=(GATE,))
    mine = story.example_of(GATE, without=("decided_by",))
    (point,) = recognise(story).open
    assert target(point.href) == (framework.sheets[GATE].notebook, mine, "decided_by")


# --- Later stages ---


def test_a_stage_that_nobody_has_begun_has_no_card_and_leads_nowhere_unless_built(story, framework):
    story.finish(but=tuple(sheet for stage in framework.stages[1:] for sheet in stage.sheets))
    stages = pathway(story.workbook).stages
    assert [stage.title for stage in stages] == [stage.title for stage in framework.stages]
    for stage, content in zip(stages[1:], framework.stages[1:], strict=True):
        built = [one for one in content.sheets if one in framework.sheets]
        assert stage.work is None
        assert (stage.href is not None) == bool(built)
    assert stages[0].href == framework.sheets["zoom_out"].notebook


def test_a_later_stage_leads_to_its_first_sheet_once_one_is_built(story, framework):
    champion = framework.sheets["champion"].model_copy(update={"id": "focus"})
    story.framework = replace(framework, sheets={**framework.sheets, "focus": champion})
    act = pathway(story.workbook).stages[2]
    assert (act.work, act.href) == (None, champion.notebook)


# --- Which worksheet counts ---


def test_a_single_worksheet_is_linked_and_a_list_is_not_needed(story):
    mine = story.example_of("catalyst")
    told = state_of(story)
    assert (target(told.href)[1], told.worksheets, told.name) == (mine, (), "")


def test_of_several_the_record_is_shown_and_the_others_are_offered(story, framework):
    mine = story.example_of("catalyst")
    copy = story.store.duplicate(mine, "Copy").id
    story.change(copy, "set", field="first_step", value="Changed in the copy", base_rev=1)
    told = state_of(story)
    assert target(told.href)[1] == mine
    assert [(one.id, one.counts) for one in told.worksheets] == [(mine, True), (copy, False)]
    story.change(copy, "count")
    told = state_of(story)
    assert (target(told.href)[1], told.name) == (copy, "Copy")
    assert [(one.id, one.counts) for one in told.worksheets] == [(copy, True), (mine, False)]
    gate = framework.sheets[GATE]
    carried = next(one for one in story.workbook.carried(gate) if one.carry.id == "catalyst")
    assert carried.id == copy


def test_a_worksheet_without_an_answer_is_not_begun(story):
    story.write("catalyst")
    assert state_of(story).worksheets == ()
    assert not pathway(story.workbook).begun


def test_an_example_is_nobodys_own(story):
    example = story.store.create("catalyst", "Example").id
    story.change(example, "example")
    told = state_of(story)
    assert told.mark.level == Level.UNKNOWN
    assert [(one.example, one.counts) for one in told.worksheets] == [(True, False)]
    assert not pathway(story.workbook).begun


def test_an_odd_id_makes_no_other_address(framework):
    odd = "a&b=c#/../?\"'<"
    address = at_field(href_of(framework.sheets["catalyst"], odd), "candidates/r1/what")
    assert target(address)[1] == odd
    assert not set("\"'<") & set(address)


# --- The main button ---


def test_at_first_it_leads_to_the_first_sheet(story, framework):
    go_on = pathway(story.workbook).go_on
    assert (go_on.href, "Zoom out" in go_on.text) == (framework.sheets["zoom_out"].notebook, True)


def test_it_leads_back_to_the_question_that_is_missing_on_what_was_changed_last(story, framework):
    story.example_of("catalyst", without=("by_when", "loss"))
    champion = story.example_of("champion", without=("covers_until",))
    go_on = pathway(story.workbook).go_on
    notebook, worksheet, field = target(go_on.href)
    assert (notebook, worksheet) == (framework.sheets["champion"].notebook, champion)
    assert field.endswith("/covers_until")
    assert go_on.text.endswith(framework.words.text("home.left.one"))


def test_it_says_how_many_questions_are_left(story, framework):
    story.example_of("catalyst", without=("by_when", "urgent", "bigger"))
    missing = [
        one
        for one in story.workbook.assess(framework.sheets["catalyst"]).findings
        if one.is_missing
    ]
    left = framework.words.text("home.left.many", count=len(missing))
    assert len(missing) > 1
    assert pathway(story.workbook).go_on.text.endswith(left)


def test_after_a_sheet_that_is_done_comes_the_next_one_then_the_decision(story, framework):
    story.finish(but=("metric_tree", GATE))
    assert pathway(story.workbook).go_on.href == framework.sheets["metric_tree"].notebook
    story.example_of("metric_tree")
    go_on = pathway(story.workbook).go_on
    assert (go_on.text, go_on.href) == (
        framework.words.text("home.decide"),
        framework.sheets[GATE].notebook,
    )


def test_once_a_decision_stands_nothing_is_left_to_go_on_with_but_the_brief(story, framework):
    story.finish(but=(GATE,))
    gate = story.example_of(GATE, without=("look_again",))
    assert pathway(story.workbook).go_on.text == framework.words.text("home.decide")
    story.store.erase_worksheet(gate)
    story.example_of(GATE)
    assert pathway(story.workbook).go_on is None
    assert recognise(story).text == sentence(framework.sheets[GATE], Level.PASS, framework)


def stopped(story, **decided):
    """Recognise is done but for a catalyst that stops, and its gate says so much."""
    story.finish(but=("catalyst", GATE, *story.framework.stages[1].sheets))
    catalyst = story.example_of("catalyst")
    for field, state in story.store.load(catalyst).fields.items():
        if field.endswith("/breaks"):
            story.change(catalyst, "set", field=field, value="no", base_rev=state.rev)
    if decided:
        story.write(GATE, decided_by="The CFO", look_again="2027-01-04", **decided)


@pytest.mark.row("APP-18")
@pytest.mark.parametrize("decided", [{}, {"go_on": "fix"}, {"go_on": "go"}])
def test_a_stopped_stage_leads_to_its_decision_and_not_to_the_next_stage(story, framework, decided):
    stopped(story, **decided)
    assert recognise(story).mark.level == Level.FAIL
    assert pathway(story.workbook).go_on.text == framework.words.text("home.decide")


@pytest.mark.row("APP-18")
def test_going_on_with_open_points_leads_on_and_a_stop_is_the_end(story, framework):
    stopped(story, go_on="go", unsettled="The reason", because="We look for another in spring.")
    title = framework.sheets[framework.stages[1].sheets[0]].title
    assert pathway(story.workbook).go_on.text == framework.words.text("home.begin", title=title)
    (gate,) = story.store.worksheets(GATE)
    story.store.erase_worksheet(gate.id)
    story.write(GATE, go_on="stop", decided_by="The CFO")
    assert pathway(story.workbook).go_on is None


def test_without_a_sheet_there_is_nothing_to_go_on_with(story, framework):
    story.framework = replace(framework, sheets={}, examples={})
    told = pathway(story.workbook)
    assert (told.go_on, told.example) == (None, None)


# --- The example ---


def test_the_example_runs_through_all_sheets_to_the_decision(story, framework):
    example = pathway(story.workbook).example
    built = [it for it in framework.order if it in framework.sheets]
    assert [target(one.href) for one in example.sheets] == [
        (framework.sheets[it].notebook, "example", "") for it in built
    ]
    assert [one.text for one in example.sheets] == [framework.titles[it] for it in built]
    assert example.begin.href == example.sheets[0].href


def test_whoever_decided_to_stop_is_not_led_on_to_the_next_stage(story, framework):
    first = framework.stages[0]
    for sheet in first.tiles:
        story.example_of(sheet.id)
    told = {
        "because": "The county pays by the visit.",
        "decided_by": "R. Okafor",
        "look_again": "2028-01-10",
    }
    story.write(first.gate, go_on="stop", **told)
    assert pathway(story.workbook).go_on is None
    assert story.workbook.current(framework.sheets["capacity"]) is None


# --- The decision ---


@pytest.mark.row("APP-18")
def test_home_says_what_was_decided_with_name_and_day(story):
    story.write(GATE, first_step="Ask for volunteers")
    assert recognise(story).decision == ""
    story.write(GATE, name="Second", go_on="go")
    (first, *_) = [it for it in story.store.worksheets(GATE) if it.name != "Second"]
    story.store.erase_worksheet(first.id)
    told = recognise(story).decision
    assert told == "Decision: Go on to the next stage. no owner yet, no date yet."
    (left,) = story.store.worksheets(GATE)
    story.change(left.id, "set", field="decided_by", value="The CFO", base_rev=0)
    story.change(left.id, "set", field="decide_by", value="2026-12-18", base_rev=0)
    told = recognise(story).decision
    assert told == "Proposed: Go on to the next stage. The CFO, by 18 December 2026."
    day = story.workbook.today
    story.change(left.id, "set", field="decide_by", value=day.isoformat(), base_rev=1)
    told = recognise(story).decision
    assert told == f"Decision: Go on to the next stage. The CFO, {day.day} {day:%B} {day.year}."
