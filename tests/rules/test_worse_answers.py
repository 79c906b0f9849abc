"""No worse answer ever makes a verdict better: not the sheet's, nor another's, nor the gate's.

One answer is worse than another where orders.toml says so. Not to know, or to leave a question of
the first screen blank, is worse than the best answer to it; it is not worse than an answer that
stops, because a stop has to be said. To leave blank what makes an answer stronger is not worse than
anything; nor is a row that loses its name, because no more is said of a metric without one.

A verdict is about one candidate. So the candidate that is judged is chosen here; where nobody has
chosen, a candidate that gets worse may leave its place to the next best, and the verdict is about
another one.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playbook.assessing.workbook import GivenWorkbook
from playbook.model import VERDICTS, Question, Sheet, Value, Worksheet
from playbook.worksheet.kinds import choice_ids
from playbook.worksheet.parse import read_worksheet
from tests.depth import examples
from tests.rules.anything import TODAY, some, tables, values, worksheet
from tests.rules.stories import FRAMEWORK, STAGES, told_in
from tests.rules.test_one_verdict import Place, answered, places

ORDERS = tomllib.loads((Path(__file__).parent / "orders.toml").read_text(encoding="utf-8"))
LISTED = ("more", "fewer", "less_worse", "more_worse", "early_worse", "late_worse")
CHOICES = ("answer", "one", "scale", "many", "rank")
DONT_KNOW = "dont_know"
MONTHS = timedelta(days=60)
STORY_DAY = FRAMEWORK.examples["recognise_gate"].today

SHEETS = [name for name in FRAMEWORK.order if name in FRAMEWORK.sheets]
GATES = {stage.gate for stage in FRAMEWORK.stages}

Story = Mapping[str, Worksheet]
many_tries = settings(deadline=None, max_examples=examples(120))
drawn_anew = settings(deadline=None, max_examples=examples(40))  # to draw a story takes longest
EACH = 3
"""So many worse answers are tried on one that is drawn anew."""


def order_of(sheet: str, part: str, table: str | None, question: str) -> Any:
    """What orders.toml has for the question under `part`: choices, True, or None."""
    told = ORDERS[sheet].get(part, {})
    name = next((one for one in (f"{table}/{question}", question) if one in told), None)
    return None if name is None else told[name] if isinstance(told, dict) else True


def worse(sheet: Sheet, table: str | None, question: Question, now: Value | None) -> Iterator[Any]:
    """Every value that is worse than `now`; None is a blank."""

    def said(part: str) -> Any:
        return order_of(sheet.id, part, table, question.id)

    ids = choice_ids(question)
    best = False
    if (chain := said("best_first")) and now in chain:
        yield from chain[chain.index(now) + 1 :]
        best = now == chain[0]
    elif question.kind == "many" and isinstance(now, tuple):
        alone = {choice.id for choice in question.choices if choice.alone}
        more = [one for one in ids if one not in alone | {DONT_KNOW}]
        picked = [one for one in now if one in more]
        none = [(one,) for one in alone - {DONT_KNOW}]
        if said("more") and picked:
            yield from (tuple(p for p in picked if p != gone) for gone in picked if len(picked) > 1)
            yield from none
            best = picked == more
        elif said("fewer") and now != (DONT_KNOW,):
            yield from (
                tuple(m for m in more if m in (*picked, new)) for new in more if new not in now
            )
            best = not picked
    elif question.kind == "number" and isinstance(now, str):
        low, high = question.low or 0, question.high or 10**6
        yield from (str(n) for n in (low, float(now) // 2) if said("less_worse") and n < float(now))
        yield from (str(n) for n in (float(now) * 2, high) if said("more_worse") and n > float(now))
    elif question.kind == "date" and isinstance(now, str):
        day = date.fromisoformat(now)
        yield from ((day - n * MONTHS).isoformat() for n in (1, 12) if said("early_worse"))
        yield from ((day + n * MONTHS).isoformat() for n in (1, 12) if said("late_worse"))
    elif question.kind in ("text", "long_text") and now:
        best = table is None or sheet.table(table).label != question.id
    if best and DONT_KNOW in ids:
        yield (DONT_KNOW,) if question.kind == "many" else DONT_KNOW
    if best and not question.optional and not is_deeper(sheet, question):
        yield None


def is_deeper(sheet: Sheet, question: Question) -> bool:
    return any(question in section.questions for section in sheet.sections if section.deeper)


def worsenings(story: Story) -> Iterator[tuple[str, Place, Any]]:
    """Every single answer of the story with each worse one: sheet, place and value."""
    for name, filled in story.items():
        sheet = FRAMEWORK.sheets[name]
        for place, question in places(sheet, filled):
            table, row_id, _ = place
            rows = {row.id: row.answers for row in filled.rows(table)} if table else {}
            now = rows[row_id].get(question.id) if table else filled.answers.get(question.id)
            for value in worse(sheet, table, question, now):
                yield name, place, value


def levels(story: Story, today: date) -> dict[str, int]:
    """How good each sheet's verdict is, the gate's included: the graver, the smaller."""
    workbook = GivenWorkbook(FRAMEWORK, today, story)
    told = {name: workbook.assess(FRAMEWORK.sheets[name]) for name in SHEETS}
    return {name: VERDICTS.index(one.verdict) for name, one in told.items()}


def with_one_chosen(sheet: Sheet, filled: Worksheet) -> Worksheet:
    """The worksheet with a candidate chosen, the first where nobody chose one that is there."""
    rows = [row.id for row in filled.rows(sheet.candidates.id)] if sheet.candidates else []
    if not sheet.chosen or not rows or filled.answers.get(sheet.chosen) in rows:
        return filled
    return answered(filled, (None, "", sheet.chosen), rows[0])


def never_better(story: Story, today: date, *told: tuple[str, Place, Any]) -> None:
    before = levels(story, today)
    for name, place, value in told:
        after = levels({**story, name: answered(story[name], place, value)}, today)
        better = {sheet for sheet in SHEETS if after[sheet] > before[sheet]}
        assert better == set(), f"{name}: {place} as {value!r}"


def read(story: dict[str, Any]) -> dict[str, Worksheet]:
    """The worksheets of a story that is told in TOML, a candidate chosen on each."""
    sheets = FRAMEWORK.sheets
    return {
        name: with_one_chosen(sheets[name], read_worksheet(sheets[name], told, FRAMEWORK.words))
        for name, told in told_in(story).answers(story).items()
    }


def examples_of_all() -> dict[str, Worksheet]:
    """Wyeford Mutual's answers on every sheet that is built, a candidate chosen on each."""
    told = {name: FRAMEWORK.examples[name].answers for name in SHEETS}
    return {
        name: with_one_chosen(sheet, read_worksheet(sheet, told[name], FRAMEWORK.words))
        for name, sheet in ((name, FRAMEWORK.sheets[name]) for name in SHEETS)
    }


# --------------------------------------------------------------------------- what is compared


@pytest.mark.parametrize("name", SHEETS)
def test_every_question_with_choices_has_an_order_or_a_reason_for_none(name: str) -> None:
    asked = {
        (section.table, question.id)
        for section in FRAMEWORK.sheets[name].sections
        for question in section.questions
        if question.kind in CHOICES
    }
    parts = ("best_first", *LISTED, "no_order")
    for table, question in asked:
        found = [part for part in parts if order_of(name, part, table, question) is not None]
        assert len(found) == 1, (table, question, found)


@pytest.mark.parametrize("name", SHEETS)
def test_the_orders_name_what_is_asked(name: str) -> None:
    sheet = FRAMEWORK.sheets[name]
    asked = {
        key: question
        for section in sheet.sections
        for question in section.questions
        for key in (question.id, f"{section.table}/{question.id}")
    }
    for question, chain in ORDERS[name].get("best_first", {}).items():
        assert set(chain) <= set(choice_ids(asked[question])) - {DONT_KNOW}, question
    for part in (*LISTED, "no_order"):
        assert set(ORDERS[name].get(part, ())) <= asked.keys()


def test_a_wide_range_of_answers_can_be_worsened() -> None:
    """So that the properties below compare something, on every sheet that has an order."""
    told = list(worsenings(examples_of_all()))
    assert {name for name, _, _ in told} - GATES == set(SHEETS) - GATES
    assert len({(name, place) for name, place, _ in told}) > len(SHEETS) * 15


# --------------------------------------------------------------------------- the property


@many_tries
@given(data=st.data())
def test_no_worse_answer_improves_any_verdict_of_a_story(data: Any) -> None:
    """Of the stories in tests/situations, which stop and wait in every way that is told there."""
    stage = data.draw(st.sampled_from(list(STAGES.values())))
    told = data.draw(st.sampled_from(stage.stories))
    story = read(told)
    found = list(worsenings(story))
    assume(found)  # a story that begins with nothing has nothing to lose
    given_worse = data.draw(st.sampled_from(found))
    never_better(story, told.get("today", told_in(told).today), given_worse)


@drawn_anew
@given(data=st.data())
def test_no_worse_answer_improves_any_verdict_near_the_finished_example(data: Any) -> None:
    """Wyeford Mutual's answers, a few of them changed in any way."""
    story = examples_of_all()
    for _ in range(data.draw(st.integers(1, 6))):
        name = data.draw(st.sampled_from(SHEETS))
        there = list(places(FRAMEWORK.sheets[name], story[name]))
        place, question = data.draw(st.sampled_from(there))
        if question.kind != "row":
            story[name] = answered(story[name], place, data.draw(st.none() | values(question)))
    told = list(worsenings(story))
    never_better(story, STORY_DAY, *(data.draw(st.sampled_from(told)) for _ in range(EACH)))


@drawn_anew
@given(data=st.data())
def test_no_worse_answer_improves_any_verdict_whatever_is_answered(data: Any) -> None:
    story = {}
    for name in SHEETS:
        sheet = FRAMEWORK.sheets[name]
        drawn = worksheet(sheet, data.draw(some(sheet)), data.draw(tables(sheet)))
        story[name] = with_one_chosen(sheet, drawn)
    told = list(worsenings(story))
    assume(told)
    never_better(story, TODAY, *(data.draw(st.sampled_from(told)) for _ in range(EACH)))


@many_tries
@given(data=st.data())
def test_without_a_choice_a_verdict_improves_only_where_another_candidate_takes_the_place(
    data: Any,
) -> None:
    sheet = FRAMEWORK.sheets[
        data.draw(st.sampled_from([s for s in SHEETS if FRAMEWORK.sheets[s].chosen]))
    ]
    drawn = worksheet(sheet, data.draw(some(sheet)), data.draw(tables(sheet)))
    filled = answered(drawn, (None, "", sheet.chosen or ""), None)
    told = list(worsenings({sheet.id: filled}))
    assume(told)
    _, place, value = data.draw(st.sampled_from(told))
    found = [
        GivenWorkbook(FRAMEWORK, TODAY, {sheet.id: one}).assess(sheet)
        for one in (filled, answered(filled, place, value))
    ]
    before, after = (VERDICTS.index(one.verdict) for one in found)
    assert after <= before or found[0].decisive != found[1].decisive
