"""A case of one's own: from the answers of a form to a case that is checked and played as any.

It has one step, and five minutes. All its facts are as sure as its writer says they are, so what is
only told, or made up, is marked so wherever it appears.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from playbook.cases.check import check_case, numbers_in
from playbook.framework import Framework
from playbook.model import ContentError, InputError, Question
from playbook.model.case import CaseStudy
from playbook.model.storage import Snapshot

PREFIX = "own_"
STEP = "decide"
ROW = "CAT-09"
"""What a case of this form teaches: to tell a reason from a pressure."""
CARRY = {"sheet": "catalyst", "question": "what"}


def own_id(worksheet: str) -> str:
    """The id of the case that a worksheet of `Framework.own_case` holds."""
    return PREFIX + worksheet.replace("-", "")


def answers_of(snapshot: Snapshot) -> dict[str, str]:
    """What was written, by question."""
    fields = snapshot.fields.items()
    return {name: str(it.value) for name, it in fields if it.value is not None and "/" not in name}


def own_case(worksheet: str, answers: Mapping[str, str], framework: Framework) -> CaseStudy:
    """The case that was written; InputError with what is still to answer, or ContentError with what
    is to be corrected, each in one sentence."""
    for question in asked(answers, framework):
        if not answers.get(question.id, "").strip():
            said = framework.words.text("cases.own.missing", question=question.text)
            raise InputError(f"{said}.", question.id)
    _refuse(answers, framework)
    case_id = own_id(worksheet)
    try:
        case = CaseStudy.model_validate(_content(case_id, answers, framework))
    except ValidationError:  # what the form lets through is text; only an address has a form
        raise InputError(framework.words.text("cases.own.address"), "address") from None
    try:
        check_case(case, Path(case_id), framework)
    except ContentError as error:
        said = str(error).partition(": ")[2]
        raise ContentError(said[:1].upper() + said[1:]) from None
    return case


def _refuse(answers: Mapping[str, str], framework: Framework) -> None:
    """What the check of cases would refuse, said in the words of the form."""
    words = framework.words
    if len(_lines(answers["choices"])) < 2:  # noqa: PLR2004 - else there is nothing to decide
        raise InputError(words.text("cases.own.two_choices"), "choices")
    borne = numbers_in(answers["known"])
    for names, facts in (
        (("title", "situation", "question"), "known"),
        (("choices", "headline", "position_1", "falls_1", "position_2", "falls_2"), "happened"),
    ):
        borne |= numbers_in(answers[facts])
        asked_in = framework.own_case.question(facts).text
        for name in names:
            for number in sorted(numbers_in(answers[name]) - borne):
                said = {"figure": f"{number:g}", "facts": asked_in}
                question = framework.own_case.question(name).text
                text = words.text("cases.own.no_fact", question=question, **said)
                raise InputError(text, name)


def asked(answers: Mapping[str, str], framework: Framework) -> Iterable[Question]:
    """The questions that the form asks, given what was answered."""
    for question in framework.own_case.questions():
        if all(answers.get(it.question) in it.any_of for it in question.ask_if):
            yield question


def _content(case_id: str, answers: Mapping[str, str], framework: Framework) -> dict[str, Any]:
    words = framework.words.group("cases.own")
    sure = answers["sure"]
    known, happened = _lines(answers["known"]), _lines(answers["happened"])
    facts = [
        _fact(f"{name}_{at}", text, sure, answers, words)
        for name, texts in (("known", known), ("happened", happened))
        for at, text in enumerate(texts, start=1)
    ]
    choices = _lines(answers["choices"])
    positions = [
        {"position": answers[f"position_{at}"], "overturned_by": answers[f"falls_{at}"]}
        for at in (1, 2)
    ]
    minute = [
        {"kind": kind, "minutes": it} for kind, it in (("vote", 1), ("talk", 2), ("reveal", 1))
    ]
    step = {
        "id": STEP,
        "title": answers["question"],
        "rows": (ROW,),
        "situation": answers["situation"],
        "known": tuple(f"known_{at}" for at in range(1, len(known) + 1)),
        "asks": (
            {
                "id": "choice",
                "kind": "one",
                "text": answers["question"],
                "choices": tuple(
                    {"id": f"c{at}", "label": it} for at, it in enumerate(choices, start=1)
                ),
            },
        ),
        "how_sure": True,
        "change_mind": True,
        "phases": tuple(minute),
        "alone": 5,
        "headline": answers["headline"],
        "reveal": tuple(f"happened_{at}" for at in range(1, len(happened) + 1)),
        "positions": tuple(positions),
        "replies": ({"says": words["says"], "ask": words["reply"]},),
    }
    return {
        "id": case_id,
        "size": "spark",
        "title": answers["title"],
        "document": "house",
        "synopsis": words["synopsis"],
        "for_whom": words["for_whom"],
        "aims": (words["aim"],),
        "opening": answers["question"],
        "rows": (ROW,),
        "facts": tuple(facts),
        "steps": (step,),
        "routes": ({"minutes": 5, "frame": 0, "parts": ({"step": STEP},), "carry": 1},),
        "carry": {**CARRY, "ask": words["carry"]},
        "honest": words[f"honest_{sure}"],
    }


def _fact(
    fact_id: str, text: str, sure: str, answers: Mapping[str, str], words: Mapping[str, str]
) -> dict[str, Any]:
    fact: dict[str, Any] = {"id": fact_id, "text": text, "column": sure, "sure": sure}
    if sure == "public":
        place = {"title": words["place"], "address": answers["address"].strip()}
        return fact | {"sure": "one_source", "places": (place,)}
    return fact | ({"why": words["why"]} if sure == "claimed" else {})


def _lines(text: str) -> list[str]:
    return [line.strip(" \t-•*") for line in text.splitlines() if line.strip(" \t-•*")]
