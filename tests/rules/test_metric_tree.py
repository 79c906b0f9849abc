"""The metric tree's rules whatever somebody writes, the example, and the case that is kept."""

import math
import random
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.metric_tree import Tree, tree_of
from playbook.analysis.metric_tree.evaluate import values
from playbook.analysis.metric_tree.what_if import what_if
from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.model import VERDICTS, Assessment, Finding, Level, Row, Value, Worksheet
from playbook.model.resources import cases_dir
from playbook.report.metric_tree.numbers import numbers_blocks
from playbook.report.metric_tree.view import ReportContext, what_if_view
from playbook.worksheet.parse import read_worksheet

FRAMEWORK = load_framework()
SHEET = FRAMEWORK.sheets["metric_tree"]
EXAMPLE = FRAMEWORK.examples["metric_tree"]
SITUATIONS = Path(__file__).parents[1] / "situations" / "metric_tree.toml"
TODAY = date(2027, 3, 1)
Answers = dict[str, Value]

WHOLE = read_worksheet(
    SHEET, tomllib.loads(SITUATIONS.read_text(encoding="utf-8"))["whole"], FRAMEWORK.words
)
# What a sheet may lack and still be ready: what makes it stronger. All else is asked on the first
# screen, or says what a metric is and what it moves.
MAY_LACK = {
    question.id for section in SHEET.sections for question in section.questions if question.optional
} - {"level", "parent"}


def assessed(worksheet: Worksheet, today: date = TODAY) -> Assessment:
    return assess(SHEET, worksheet, FRAMEWORK, today)


def sheet_of(rows: Mapping[str, Answers], **answers: Value) -> Worksheet:
    nodes = tuple(Row(row, given) for row, given in rows.items())
    return Worksheet(SHEET.id, answers, {"nodes": nodes})


def keys(assessment: Assessment) -> set[str]:
    return {finding.key for finding in assessment.findings}


def finding(assessment: Assessment, key: str) -> Finding:
    return next(found for found in assessment.findings if found.key == key)


# --------------------------------------------------------------------------- whatever is written

ROWS = ("a", "b", "c", "d", "e", "f", "g")
NUMBERS = st.sampled_from(["", "-3", "0", "0.5", "12"])
TEXTS = st.sampled_from(["", "Calls", "Money", "{0} {metrics} %s <b>"])
DAYS = st.integers(-400, 400).map(lambda days: (TODAY + timedelta(days)).isoformat())
SERIES = st.lists(st.integers(0, 60), max_size=20, unique=True).map(
    lambda weeks: "\n".join(
        f"{TODAY - timedelta(weeks=week)} {week}" for week in sorted(weeks)[::-1]
    )
)
LEVELS = st.sampled_from(["", "financial", "operating", "frontline", "frontline", "other"])
NODE: st.SearchStrategy[Answers] = st.fixed_dictionaries(
    {
        "name": TEXTS,
        "level": LEVELS,
        "parent": st.sampled_from(("", "gone", *ROWS)),
        "evidence": st.sampled_from(["", "measured", "hoped"]),
        "output_only": st.sampled_from(["", "yes", "partly", "no", "dont_know"]),
        "refresh": st.sampled_from(["", "daily", "weekly", "monthly"]),
        "how": st.sampled_from(["", "sum", "product", "ratio", "formula", "influence"]),
        "unit": st.sampled_from(["", "EUR", "%", "?!"]),
        "formula": st.sampled_from(["", "a +", "money / 0"]),
        "now": NUMBERS,
        "target": NUMBERS,
        "elasticity_low": NUMBERS,
        "elasticity": NUMBERS,
        "past_by": DAYS,
        "data": SERIES,
    }
).map(lambda node: {question: value for question, value in node.items() if value})
TREES = st.dictionaries(st.sampled_from(ROWS), NODE, max_size=len(ROWS))


@given(rows=TREES, notice_at=NUMBERS)
def test_any_tree_gets_whole_sentences_and_one_answer_about_the_money(
    rows: dict[str, Answers], notice_at: str
) -> None:
    answers = {"notice_at": notice_at} if notice_at else {}
    assessment = assessed(sheet_of(rows, **answers))
    for found in assessment.findings:
        written = (found.text + found.advice).replace("{0} {metrics} %s <b>", "")
        assert "{" not in written
        assert "None" not in written.replace("None of", "")
    ways = ("MET-04.no_path", "MET-04.loose", "MET-04.reaches")
    assert sum(way in keys(assessment) for way in ways) <= 1


@given(rows=TREES)
def test_a_measure_reaches_the_money_exactly_if_money_lies_on_its_way_up(
    rows: dict[str, Answers],
) -> None:
    """Worked out the other way: down from the money. Trees with a circle are left out."""
    if tree_of(list(rows), list(rows.values())).cycles:
        return
    fed = {row for row, node in rows.items() if node.get("level") == "financial"}
    named = {row for row in fed if rows[row].get("name")}
    for _ in rows:
        below = {row for row, node in rows.items() if node.get("parent") in named}
        named |= below - fed  # the first money on the way up decides
    measures = {
        row for row, node in rows.items() if node.get("level") == "frontline" and node.get("name")
    }
    said = keys(assessed(sheet_of(rows)))
    assert ("MET-04.reaches" in said) == (bool(measures) and measures <= named)
    assert ("MET-04.loose" in said) == bool(measures & named and measures - named)


@given(rows=TREES, data=st.data())
def test_the_order_of_metrics_changes_no_verdict(rows: dict[str, Answers], data: Any) -> None:
    plain = {
        row: {
            question: value for question, value in node.items() if question not in ("how", "target")
        }
        for row, node in rows.items()
    }
    if tree_of(list(plain), list(plain.values())).cycles:
        return
    order = data.draw(st.permutations(list(plain)))
    shuffled = assessed(sheet_of({row: plain[row] for row in order}))
    assert keys(shuffled) == keys(assessed(sheet_of(plain)))


@given(rows=TREES)
def test_nothing_is_wrong_with_a_chain_while_one_of_its_steps_has_no_name(
    rows: dict[str, Answers],
) -> None:
    """What is not named yet is missing, not wrong, and it is one finding."""
    named = {node.get("level") for node in rows.values() if node.get("name")}
    assessment = assessed(sheet_of(rows))
    missing = {"financial", "operating", "frontline"} - named
    told = {key for key in keys(assessment) if key.startswith("MET-03.no_")}
    assert told == {f"MET-03.no_{level}" for level in missing}
    if missing:
        assert assessment.verdict != Level.FAIL
    if "financial" in missing:
        assert not keys(assessment) & {"MET-04.no_path", "MET-04.loose", "MET-05.no_money"}


# --------------------------------------------------------------------------- what nobody said


def lacking() -> list[Any]:
    """The whole sheet, each time without one of its answers."""
    cases = []
    for question in WHOLE.answers.keys() - MAY_LACK:
        rest = {key: value for key, value in WHOLE.answers.items() if key != question}
        cases.append(pytest.param(Worksheet(SHEET.id, rest, WHOLE.tables), id=question))
    rows = WHOLE.rows("nodes")
    for place, row in enumerate(rows):
        for question in row.answers.keys() - MAY_LACK:
            rest = {key: value for key, value in row.answers.items() if key != question}
            changed = (*rows[:place], Row(row.id, rest), *rows[place + 1 :])
            tables = {**WHOLE.tables, "nodes": changed}
            sheet = Worksheet(SHEET.id, WHOLE.answers, tables)
            cases.append(pytest.param(sheet, id=f"{row.id}: {question}"))
    return sorted(cases, key=lambda case: str(case.id))


def test_the_whole_sheet_is_ready() -> None:
    assert assessed(WHOLE).verdict == "pass"


@pytest.mark.parametrize("worksheet", lacking())
def test_without_one_of_its_answers_it_is_not_ready(worksheet: Worksheet) -> None:
    assert VERDICTS.index(assessed(worksheet).verdict) < VERDICTS.index(VERDICTS[-1])


def test_a_message_names_a_few_metrics_and_counts_them_all() -> None:
    rows: dict[str, Answers] = {
        f"m{place}": {"name": f"Measure {place}", "level": "frontline", "output_only": "yes"}
        for place in range(7)
    }
    text = finding(assessed(sheet_of(rows)), "MET-11.output").text
    assert "“Measure 0”, “Measure 1”, “Measure 2”, “Measure 3”, “…”" in text
    assert "Measure 4" not in text


@pytest.mark.parametrize("row", ["margin", "first", "photo", "parts"])
def test_a_metric_of_the_chain_without_a_figure_of_today_is_missing_one(row: str) -> None:
    nodes = tuple(
        Row(it.id, {k: v for k, v in it.answers.items() if it.id != row or k != "now"})
        for it in WHOLE.rows("nodes")
    )
    lacking = Worksheet(SHEET.id, WHOLE.answers, {**WHOLE.tables, "nodes": nodes})
    assert assessed(lacking).verdict == Level.UNKNOWN


# --------------------------------------------------------------------------- the example


@pytest.fixture(scope="module")
def example() -> Worksheet:
    return read_worksheet(SHEET, EXAMPLE.answers, FRAMEWORK.words)


def tree_in(worksheet: Worksheet) -> Tree:
    rows = worksheet.rows("nodes")
    return tree_of([row.id for row in rows], [row.answers for row in rows])


def test_the_example_is_ready_and_complete(example: Worksheet) -> None:
    assessment = assessed(example, EXAMPLE.today)
    assert assessment.verdict == Level.PASS
    assert {found.level for found in assessment.findings} == {Level.PASS}
    assert assessment.completeness.answered == assessment.completeness.asked


@pytest.mark.row("MET-13")
def test_the_estimate_of_the_example_is_worked_out_a_second_way(example: Worksheet) -> None:
    """By the standard library alone, with other draws: triangles of effects, multiplied up."""
    dice = random.Random(7)
    nodes = tree_in(example).nodes

    def effect(row: str) -> float:
        link = nodes[row].elasticity
        assert link is not None
        return dice.triangular(link.low, link.high, link.base)

    changes = {"callbacks": 50 / 36, "handler": 45 / 28, "offer": 30 / 14}
    tries = sorted(
        100 * (math.prod(by ** effect(row) for row, by in changes.items()) ** effect("renew") - 1)
        for _ in range(40_000)
    )
    low, likely, high = (tries[round(share * len(tries))] for share in (0.05, 0.5, 0.95))
    numbers = assessed(example, EXAMPLE.today).numbers
    assert numbers["result_low_percent"] == pytest.approx(low, abs=0.07)
    assert numbers["result_likely_percent"] == pytest.approx(likely, abs=0.07)
    assert numbers["result_high_percent"] == pytest.approx(high, abs=0.07)
    chance = 100 * sum(it >= 2 for it in tries) / len(tries)
    assert numbers["noticed_percent"] == pytest.approx(chance, abs=1.5)


@pytest.mark.row("MET-13")
def test_card_what_if_and_numbers_say_the_same_estimate(example: Worksheet) -> None:
    """And it is the one that the sponsor's pages of the story tell."""
    said = (
        "Likely +2.7%. Nine in ten tries between +1.8% and +4.0%. "
        "Leaders notice from 2%: 87% likely."
    )
    tree = tree_in(example)
    context = ReportContext(FRAMEWORK.words, FRAMEWORK.threshold_values, EXAMPLE.today, 0.02)
    card = finding(assessed(example, EXAMPLE.today), "MET-13.moves")
    moved = what_if_view(tree, tree.plans, context)
    sure, *_ = numbers_blocks(tree, {}, context)
    assert card.text == said
    assert said in moved["sentence"]
    assert said in sure["sentences"]
    assert moved["noticed"] == "yes"
    assert moved["nodes"]["premium"]["shown"] == "+2.7% (+1.8% to +4.0%)"
    *parts, together = (float(bar["shown"].rstrip("%")) for bar in moved["parts"])
    assert sum(parts) == pytest.approx(together, abs=0.11)
    assert together == 2.7


def test_every_figure_of_the_example_is_marked_as_invented(example: Worksheet) -> None:
    assert "fictional" in EXAMPLE.note
    for row in example.rows("nodes"):
        assert "Invented." in str(row.answers["definition"]), row.id


# --------------------------------------------------------------------------- the case that is kept

CASE = tomllib.loads(
    (cases_dir() / "accounts_receivable" / "metric_tree.toml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def story() -> Worksheet:
    return read_worksheet(SHEET, CASE["answers"], FRAMEWORK.words)


@pytest.mark.row("MET-06")
def test_every_number_of_the_story_is_marked_fictional(story: Worksheet) -> None:
    assert "fictional" in CASE["note"]
    for row in story.rows("nodes"):
        assert "fictional" in str(row.answers["definition"]).casefold(), row.id
    told = [*story.rows("predictions")[:2], *story.rows("relaxed")]
    for row in told:
        assert "fictional" in " ".join(map(str, row.answers.values())), row.id


@pytest.mark.row("MET-06")
def test_the_figures_of_the_story_fit_together(story: Worksheet) -> None:
    found = values(tree_in(story))
    assert found.problems == ()
    assert found.values["active"] == 12_000 - 3_000 * (1 - 0.40)
    assert found.values["revenue"] == 10_200 * 42


@pytest.mark.row("MET-06", "MET-13")
def test_the_plans_of_the_story_are_followed_to_the_money(story: Worksheet) -> None:
    """By hand: calls from 36 to 55, disputes from 28 to 40, offers from 14 to 18."""
    stay = 0.40 * (55 / 36) ** 0.15 * (40 / 28) ** 0.20
    active = (12_000 - 3_000 * (1 - stay)) / 10_200
    spend = ((18 / 14) ** 0.10) ** 0.40
    tree = tree_in(story)
    moved = what_if(tree, tree.plans).moved["revenue"]
    assert moved is not None
    assert moved.base == pytest.approx(active * spend - 1)
    numbers = assessed(story, CASE["today"]).numbers
    assert numbers["misfits"] == 0
    low, high = numbers["result_low_percent"], numbers["result_high_percent"]
    assert 100 * moved.low < low < numbers["result_likely_percent"] < high < 100 * moved.high


@pytest.mark.row("MET-07")
def test_satisfaction_with_add_ons_stands_in_the_story_and_its_place_is_called_uncertain(
    story: Worksheet,
) -> None:
    [row] = [row for row in story.rows("nodes") if "add-on" in str(row.answers["name"])]
    assert row.answers["level"] in ("operating", "frontline")
    assert "uncertain" in str(row.answers["definition"])
    assert any("don’t know" in note.text for note in SHEET.notes if "MET-07" in note.rows)


def test_the_story_shows_weeks_of_figures_and_predictions_in_every_state(story: Worksheet) -> None:
    weeks = [str(row.answers.get("data", "")).count("\n") + 1 for row in story.rows("nodes")]
    assert len([count for count in weeks if count >= 20]) >= 3
    sealed = [
        ("sealed_on" in r.answers, "opened_on" in r.answers) for r in story.rows("predictions")
    ]
    assert sealed == [(True, True), (True, False), (False, False)]


# --------------------------------------------------------------------------- prompts and claims


@pytest.mark.row("MET-16")
def test_there_is_a_prompt_for_guesses_against_the_grain_and_it_asks_who_could_be_harmed() -> None:
    [prompt] = [prompt for prompt in SHEET.prompts if "MET-16" in prompt.rows]
    assert "because …" in prompt.text
    assert "unfairly" in prompt.text


@pytest.mark.row("GAP-19", "GAP-20")
def test_the_gaps_of_the_documents_have_prompts() -> None:
    rows = {row for prompt in SHEET.prompts for row in prompt.rows}
    assert {"GAP-19", "GAP-20", "MET-02", "MET-06", "MET-16"} <= rows


@pytest.mark.row("MET-10")
def test_that_a_relaxed_target_needs_an_end_is_marked_as_ours() -> None:
    message = SHEET.messages["MET-10.no_end"]
    assert message.ours
    assert message.reading
