"""A case of one's own: from the answers of a form to a case that is checked and played as any.

It has one step and five minutes, or up to four and twenty. The facts of a step are as sure as its
writer says they are, so what is only told, or made up, is marked so wherever it appears.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from playbook.cases.check import check_case, numbers_in
from playbook.framework import Framework
from playbook.model import ContentError, InputError, Question
from playbook.model.case import CaseStudy, is_address
from playbook.model.storage import Snapshot

PREFIX = "own_"
STEP = "decide"
ROW = "CAT-09"
"""What a case of this form teaches: to tell a reason from a pressure."""
CARRY = {"sheet": "catalyst", "question": "what"}
MOST = 4
ROUTES = {1: (5, 0, 4, 1), 2: (20, 2, 8, 2), 3: (20, 3, 5, 2), 4: (20, 2, 4, 2)}
"""By how many steps there are: minutes of the route, its frame, each step, and carrying home."""
CERTAINTY = ("public", "claimed", "fictional")
"""From what can be looked up to what is made up: the least sure says what the case is."""


@dataclass(frozen=True, slots=True)
class WrittenStep:
    """The questions of the form that make a step, by what they say."""

    number: int

    def asks(self, name: str) -> str:
        """The id of its question that the first step calls `name`."""
        return f"{name}_{self.number}" if self.number > 1 else name

    @property
    def positions(self) -> tuple[tuple[str, str], ...]:
        """Each position with what would overturn it."""
        of = f"{self.number}_" if self.number > 1 else ""
        return tuple((f"position_{of}{at}", f"falls_{of}{at}") for at in (1, 2))


def steps_of(answers: Mapping[str, str]) -> list[WrittenStep]:
    """The steps that somebody writes: one, and another where they said that one follows."""
    steps = [WrittenStep(1)]
    while len(steps) < MOST and answers.get(steps[-1].asks("more")) == "yes":
        steps.append(WrittenStep(len(steps) + 1))
    return steps


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
        given = answers.get(question.id, "").strip()
        known = {choice.id for choice in question.choices} or {given}
        if not question.optional and not (given and given in known):  # a file may say anything
            said = framework.words.text("cases.own.missing", question=question.text)
            raise InputError(f"{said}.", question.id)
    _refuse(answers, framework)
    case_id = own_id(worksheet)
    try:
        case = CaseStudy.model_validate(_content(case_id, answers, framework))
    except ValidationError:  # what the form lets through is text; only an address has a form
        wrong = next(
            step.asks("address")
            for step in steps_of(answers)
            if answers[step.asks("sure")] == "public"
            and not is_address(answers[step.asks("address")].strip())
        )
        raise InputError(framework.words.text("cases.own.address"), wrong) from None
    try:
        check_case(case, Path(case_id), framework)
    except ContentError as error:
        said = str(error).partition(": ")[2]
        raise ContentError(said[:1].upper() + said[1:]) from None
    return case


def _refuse(answers: Mapping[str, str], framework: Framework) -> None:
    """What the check of cases would refuse, said in the words of the form."""
    words = framework.words
    borne: set[float] = set()
    for step in steps_of(answers):
        if len(_lines(answers[step.asks("choices")])) < 2:  # noqa: PLR2004 - else there is nothing to decide
            raise InputError(words.text("cases.own.two_choices"), step.asks("choices"))
        first = ("title",) if step.number == 1 else ()
        after = (
            step.asks("choices"),
            step.asks("headline"),
            *(it for pair in step.positions for it in pair),
        )
        for names, facts in (
            ((*first, step.asks("situation"), step.asks("question")), step.asks("known")),
            (after, step.asks("happened")),
        ):
            borne |= numbers_in(answers[facts])
            asked_in = framework.own_case.question(facts).text
            for name in names:
                for number in sorted(numbers_in(answers[name]) - borne):
                    said = {"figure": f"{number:g}", "facts": asked_in}
                    question = framework.own_case.question(name).text
                    raise InputError(
                        words.text("cases.own.no_fact", question=question, **said), name
                    )


def asked(answers: Mapping[str, str], framework: Framework) -> Iterable[Question]:
    """The questions that the form asks, given what was answered."""
    for question in framework.own_case.questions():
        if all(answers.get(it.question) in it.any_of for it in question.ask_if):
            yield question


def _content(case_id: str, answers: Mapping[str, str], framework: Framework) -> dict[str, Any]:
    words = framework.words.group("cases.own")
    written = steps_of(answers)
    told = [_step(step, answers, words) for step in written]
    minutes, frame, each, carry = ROUTES[len(written)]
    sure = max((answers[it.asks("sure")] for it in written), key=CERTAINTY.index)
    return {
        "id": case_id,
        "size": "spark" if len(written) == 1 else "middle",
        "title": answers["title"],
        "document": "house",
        "synopsis": words["synopsis"],
        "for_whom": words["for_whom"],
        "aims": (words["aim"],),
        "opening": answers["question"],
        "rows": (ROW,),
        "facts": tuple(fact for facts, _ in told for fact in facts),
        "steps": tuple(step | {"phases": _phases(each), "alone": each} for _, step in told),
        "routes": (
            {
                "minutes": minutes,
                "frame": frame,
                "parts": tuple({"step": step["id"]} for _, step in told),
                "carry": carry,
            },
        ),
        "carry": {**CARRY, "ask": words["carry"]},
        "honest": words[f"honest_{sure}"],
    }


def _phases(minutes: int) -> tuple[dict[str, Any], ...]:
    talk = minutes - 2
    shares = (("vote", 1), ("talk", talk), ("reveal", 1))
    return tuple({"kind": kind, "minutes": it} for kind, it in shares)


def _step(
    step: WrittenStep, answers: Mapping[str, str], words: Mapping[str, str]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The facts of a step, and the step."""
    known, happened = _lines(answers[step.asks("known")]), _lines(answers[step.asks("happened")])
    named = {
        name: [f"{name}_{step.number}_{at}" for at in range(1, len(texts) + 1)]
        for name, texts in (("known", known), ("happened", happened))
    }
    facts = [
        _fact(fact, text, answers[step.asks("sure")], answers.get(step.asks("address"), ""), words)
        for fact, text in zip(
            (*named["known"], *named["happened"]), (*known, *happened), strict=True
        )
    ]
    choices = enumerate(_lines(answers[step.asks("choices")]), start=1)
    return facts, {
        "id": STEP if step.number == 1 else f"{STEP}_{step.number}",
        "title": answers[step.asks("question")],
        "rows": (ROW,),
        "situation": answers[step.asks("situation")],
        "known": tuple(named["known"]),
        "asks": (
            {
                "id": "choice",
                "kind": "one",
                "text": answers[step.asks("question")],
                "choices": tuple({"id": f"c{at}", "label": it} for at, it in choices),
            },
        ),
        "how_sure": True,
        "change_mind": True,
        "headline": answers[step.asks("headline")],
        "reveal": tuple(named["happened"]),
        "positions": tuple(
            {"position": answers[position], "overturned_by": answers[falls]}
            for position, falls in step.positions
        ),
        "replies": tuple(
            {"says": words[f"says{it}"], "ask": words[f"reply{it}"]} for it in ("", "_2")
        ),
    }


def _fact(
    fact_id: str, text: str, sure: str, address: str, words: Mapping[str, str]
) -> dict[str, Any]:
    fact: dict[str, Any] = {"id": fact_id, "text": text, "column": sure, "sure": sure}
    if sure == "public":
        place = {"title": words["place"], "address": address.strip()}
        return fact | {"sure": "one_source", "places": (place,)}
    return fact | ({"why": words["why"]} if sure == "claimed" else {})


def _lines(text: str) -> list[str]:
    return [line.strip(" \t-•*") for line in text.splitlines() if line.strip(" \t-•*")]
