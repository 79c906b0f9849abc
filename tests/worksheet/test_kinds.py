"""A kind of question is known wherever one is read, filled in, answered or counted."""

import json
import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from playbook.cohort.votes import ONE_ANSWER
from playbook.framework import load_framework
from playbook.model import PICKED, Choice, InputError, Kind, Question
from playbook.report.answers import shown
from playbook.worksheet.kinds import KINDS
from playbook.worksheet.parse import parse
from playbook.worksheet.time_series import Point, TimeSeries

ROOT = Path(__file__).parents[2]
WORDS = load_framework().words
GIVEN = {
    "answer": ("yes", "Yes"),
    "one": ("a", "Apples"),
    "many": (["b", "a"], "Apples, Bread"),
    "rank": (["b", "a"], "1. Bread, 2. Apples"),
    "scale": ("b", "Bread"),
    "row": ("row0", "The north"),
    "date": ("2027-03-09", "9 March 2027"),
    "number": ("3,5", "3.5"),
    "series": ("2027-01-04 3\n2027-01-11 4", "2 values, the last from 11 January 2027"),
    "text": (" a line ", "a line"),
    "long_text": ("two\r\nlines", "two\nlines"),
}
"""What somebody gives, and what is read of it."""


def question(kind: Kind) -> Question:
    choices = (Choice(id="a", label="Apples"), Choice(id="b", label="Bread"))
    return Question(
        id="asked",
        kind=kind,
        text="What?",
        choices=choices if kind in PICKED else (),
        table="places" if kind == "row" else None,
    )


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_is_read_and_said_in_words(kind: Kind) -> None:
    given, said = GIVEN[kind]
    value = parse(question(kind), given, WORDS)
    assert shown(question(kind), value, WORDS, {"row0": "The north"}) == said


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_is_reckoned_with_as_what_it_is(kind: Kind) -> None:
    value = parse(question(kind), GIVEN[kind][0], WORDS)
    days = TimeSeries((Point(date(2027, 1, 4), 3.0), Point(date(2027, 1, 11), 4.0)))
    expected = {"date": date(2027, 3, 9), "number": 3.5, "series": days}
    assert KINDS[kind].read(value) == expected.get(kind, value)


def kinds_in(script: str) -> set[str]:
    """The kinds that a page's script knows: what KINDS begins its lines with."""
    text = (ROOT / script).read_text(encoding="utf-8")
    listed = text.partition("const KINDS = {\n")[2].partition("\n};")[0]
    return set(re.findall(r"^  (\w+):", listed, re.MULTILINE))


def modules(folder: str, suffix: str) -> set[str]:
    """The modules of kinds in a folder, without what registers them and what they share."""
    found = {path.stem for path in (ROOT / folder).glob(f"*{suffix}")}
    return found - {"__init__", "index", "base"}


def test_a_kind_is_a_module_of_one_name_here_and_on_the_page() -> None:
    assert kinds_in("widgets/form/kinds/index.js") == set(get_args(Kind)) == set(KINDS)
    here = modules("playbook/worksheet/kinds", ".py")
    assert here == modules("widgets/form/kinds", ".js")
    assert {"choice", "date", "number"} <= here


def test_what_a_class_may_vote_on_has_a_control_there_and_is_counted() -> None:
    votes = {name for name, kind in KINDS.items() if kind.votes}
    assert kinds_in("playbook/server/cohort/static/vote.js") == votes
    counted = {name for name, kind in KINDS.items() if kind.counted}
    assert votes - counted == {"text", "long_text"}, "texts are shown, not counted"
    desk = (ROOT / "playbook/server/cohort/static/desk_votes.js").read_text(encoding="utf-8")
    assert f"const ONE_ANSWER = {json.dumps(ONE_ANSWER)};" in desk


@pytest.mark.parametrize(
    ("given", "unit", "read"),
    [
        ("31%", "", "31"),
        ("31 %", "%", "31"),
        ("€1,200", "", "1200"),
        ("120 million", "", "120000000"),
        ("€1.5bn", "", "1500000000"),
        ("-2,5 Thousands", "", "-2500"),
        ("1.200 €", "", "1200"),
        ("−£1,200.50", "", "-1200.5"),
        ("1.200,50 EUR", "", "1200.5"),
        ("€12.5", "", "12.5"),
        ("1,200,000", "people", "1200000"),
        ("20 percent", "%", "20"),
        ("20 per cent", "", "20"),
        ("20k", "", "20000"),
    ],
)
def test_a_number_is_read_as_it_is_pasted(given: str, unit: str, read: str) -> None:
    assert parse(question("number").model_copy(update={"unit": unit}), given, WORDS) == read


@pytest.mark.parametrize(
    ("given", "unit"),
    [
        *(("31%", "people"), ("€1,200", "%"), ("1,200", ""), ("€", "")),
        *(("3 million", "people"), ("million", ""), ("9000000 billion", "")),
    ],
)
def test_another_unit_or_two_ways_to_read_it_are_refused(given: str, unit: str) -> None:
    with pytest.raises(InputError):
        parse(question("number").model_copy(update={"unit": unit}), given, WORDS)
