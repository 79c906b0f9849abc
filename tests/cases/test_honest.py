"""What no case may say, over every sentence of every case."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from playbook.cases.load import case_ids, load_case
from playbook.cases.steps import reveal
from playbook.framework import load_framework

SAFETY_MADE_PROFIT = re.compile(
    r"safety (?:made|caused|drove|produced|brought|created|led to|pays)|"
    r"(?:profit|income|results|value)[^.?]* (?:because|thanks to|due to)[^.?]*safety",
    re.IGNORECASE,
)
PEOPLE = re.compile(r"O[’']Neill|Belda|Mowat|Rubis|\bOrr\b|Camacho|Lynette", re.IGNORECASE)
ACCUSES = re.compile(r"not reported|nobody had reported|dismissed|had to leave", re.IGNORECASE)
SURVEY_AS_PREDICTION = re.compile(
    r"\b(?:half|a third|one third|twice|doubles?)\b[^.?]*"
    r"\b(?:will|expect|your (?:group|team|unit))",
    re.IGNORECASE,
)


def sentences(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield from re.split(r"(?<=[.?!])\s+", part)
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from sentences(getattr(part, name))
    elif isinstance(part, (tuple, list)):
        for one in part:
            yield from sentences(one)


@pytest.mark.parametrize("case_id", case_ids())
def test_no_sentence_says_that_safety_made_the_profit(case_id):
    said = [it for it in sentences(load_case(case_id)) if SAFETY_MADE_PROFIT.search(it)]
    replies = {reply.says for step in load_case(case_id).steps for reply in step.replies}
    told = {"No source shows that safety made the profit."}  # the denial itself
    assert set(said) - told - {part for text in replies for part in sentences(text)} == set()


@pytest.mark.parametrize("case_id", case_ids())
def test_no_survey_is_told_as_a_prediction(case_id):
    assert [it for it in sentences(load_case(case_id)) if SURVEY_AS_PREDICTION.search(it)] == []


@pytest.mark.parametrize("case_id", case_ids())
def test_positions_rest_on_facts_told_by_then_and_say_what_would_overturn_them(case_id):
    """Two or three a step, of which one at least has a fact; what has none is called a judgement
    where it is shown."""
    case, framework = load_case(case_id), load_framework()
    for step in case.steps:
        told = {it.id for it in case.told_before(step.id)} | set(step.reveal)
        assert 2 <= len(step.positions) <= 3
        assert any(it.evidence for it in step.positions), step.id
        assert {fact for it in step.positions for fact in it.evidence} <= told, step.id
        assert len({it.overturned_by for it in step.positions}) == len(step.positions)
    judged = framework.words.text("cases.none_speaks")
    for route in case.routes:
        for number, part in enumerate(route.parts, 1):
            shown = reveal(case, route, number, framework)["positions"]
            bare = [not it.evidence for it in case.step(part.step).positions]
            assert [it["evidence"][0]["text"] == judged for it in shown] == bare


@pytest.mark.parametrize("case_id", case_ids())
def test_people_are_named_in_one_fact_at_most_and_never_accused(case_id):
    """A name stands where the point needs it, in what is marked so; what is held against somebody
    is told of a role, and by whom."""
    case = load_case(case_id)
    naming = [it for it in sentences(case) if PEOPLE.search(it) and "address" not in it]
    hidden = set(case.disguise.hidden) if case.disguise else set()
    marked = {part for it in case.facts if it.names for part in sentences(it.text)}
    places = {place.title for fact in case.facts for place in fact.places}
    assert {it for it in naming if not it.startswith("http")} - hidden - marked - places == set()
    accused = [it for it in case.facts if ACCUSES.search(it.text)]
    assert all(it.column == "claimed" or it.places or it.column == "fictional" for it in accused)
    assert not any(PEOPLE.search(it.text) for it in accused)


@pytest.mark.parametrize("wrong", ["Safety made the profit.", "Profit rose because of safety."])
def test_the_first_is_found_where_it_is_said(wrong):
    assert SAFETY_MADE_PROFIT.search(wrong)


def test_the_second_is_found_where_it_is_said():
    assert SURVEY_AS_PREDICTION.search("Half of your group will come from elsewhere.")
