"""What no case may say, over every sentence of every case."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from playbook.cases.load import case_ids, load_case

SAFETY_MADE_PROFIT = re.compile(
    r"safety (?:made|caused|drove|produced|brought|created|led to|pays)|"
    r"(?:profit|income|results|value)[^.?]* (?:because|thanks to|due to)[^.?]*safety",
    re.IGNORECASE,
)
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


@pytest.mark.parametrize("wrong", ["Safety made the profit.", "Profit rose because of safety."])
def test_the_first_is_found_where_it_is_said(wrong):
    assert SAFETY_MADE_PROFIT.search(wrong)


def test_the_second_is_found_where_it_is_said():
    assert SURVEY_AS_PREDICTION.search("Half of your group will come from elsewhere.")
