""" "Could we see it?" in one sentence: what such a pilot would show, from its own weeks before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playbook.analysis.pilot.designs import Design
from playbook.analysis.pilot.record import Pilot
from playbook.analysis.pilot.told import GRADES, weeks_between
from playbook.framework import Framework
from playbook.model import Assessment, InputError, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.report.focus.shared import alpha_of, one_in, pilot_in
from playbook.worksheet.figures import figure, whole_percent

LEAST_WEEKS, MOST_WEEKS, DEFAULT_WEEKS = 4, 26, 12
LEAST_GROUPS, MOST_GROUPS, DEFAULT_GROUPS = 2, 8, 4
MOST_SLOW = 12
_TENTHS = 10
_ONE_GROUP = 1


@dataclass(frozen=True, slots=True)
class SightQuestion:
    """What somebody wants to know: a pilot of `weeks` with `groups`, compared by `design`, where
    luck may fool them in the share `alpha` of pilots; the change builds up over `slow` weeks."""

    weeks: int
    groups: int
    design: str
    alpha: float
    slow: int = 0


def asked_by(pilot: Pilot, alpha: float) -> SightQuestion:
    """The question that the promise asks by itself; usual sizes where it says nothing."""
    said = pilot.promised
    weeks = weeks_between(said) or DEFAULT_WEEKS
    groups = len(pilot.groups) or DEFAULT_GROUPS
    design = str(said.get("design", ""))
    return SightQuestion(
        min(max(weeks, LEAST_WEEKS), MOST_WEEKS),
        min(max(groups, LEAST_GROUPS), MOST_GROUPS),
        design if design in GRADES else "start_by_lot",
        alpha,
    )


def sight_view(pilot: Pilot, question: SightQuestion, words: Words) -> dict[str, Any]:
    """{answer, more}: one sentence, and what it rests on."""
    from playbook.analysis.pilot.pilot_shows import baseline_before, sight_of, tried

    def say(key: str, **given: Any) -> str:
        return words.text(f"evidence.see.{key}", **given)

    measure = pilot.measures.get(str(pilot.promised.get("primary", "")))
    if measure is None:
        return {"answer": say("no_primary"), "more": []}
    try:
        baseline = baseline_before(pilot, measure.id)
    except InputError:
        key = "few_weeks" if pilot.series(measure.id) else "no_figures"
        return {"answer": say(key), "more": []}
    design = _design(pilot, question) or tried(question.design, question.groups, question.weeks)
    grade = words.text(f"evidence.grade.{design.grade.name.lower()}")
    key = "from_weeks" if baseline.groups > _ONE_GROUP else "from_weeks_one"
    more = [
        say("level", level=figure(baseline.level, measure.unit)),
        say(
            "measured",
            spread=figure(_rough(baseline.spread), _points(measure.unit)),
            kept=whole_percent(baseline.carry_over),
        ),
        say(key, weeks=baseline.weeks, groups=baseline.groups),
        say("grade", grade=grade, rank=int(design.grade)),
    ]
    if not design.by_lot:
        return {"answer": say("no_lot"), "more": more}
    if not design.meets(question.alpha):
        return {"answer": refusal(design, question.alpha, words), "more": more}
    sight = sight_of(design, baseline, question.weeks, question.alpha, question.slow)
    if sight.smallest is None:
        return {"answer": say("nothing"), "more": more}
    told = figure(_rough(sight.smallest), _points(measure.unit))
    smallest = pilot.promised.get("smallest")
    if isinstance(smallest, str) and smallest:
        wanted = float(smallest)
        often = round(sight.power(wanted) * _TENTHS)
        key = "wanted_always" if often == _TENTHS else "wanted"
        more.insert(0, say(key, change=figure(wanted, _points(measure.unit)), often=often))
    return {"answer": say("shows", change=told), "more": [*more, say("slower")]}


def _rough(size: float) -> float:
    """Two digits: more would claim what nobody knows."""
    return float(f"{size:.2g}")


def _points(unit: str) -> str:
    """The unit of a change: a share changes by points."""
    return "points" if unit == "%" else unit


def _design(pilot: Pilot, question: SightQuestion) -> Design | None:
    """The promise's own design, where the question is the promise's own."""
    own = pilot.design
    if own is None or question != asked_by(pilot, question.alpha):
        return None
    return own if question.slow == 0 else None


def refusal(design: Design, alpha: float, words: Words) -> str:
    """Why a design can't meet a criterion."""
    if design.floor >= 1:
        return words.text("evidence.lot.refused_none")
    told = {"alpha": one_in(alpha, words), "floor": one_in(design.floor, words)}
    return words.text("evidence.lot.refused", **told)


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """The answer for the pilot as it is promised; nothing while no measure decides."""
    pilot = pilot_in(sheet, worksheet)
    if not pilot.measures.get(str(pilot.promised.get("primary", ""))):
        return []
    alpha = alpha_of(pilot, framework.threshold_values)
    view = sight_view(pilot, asked_by(pilot, alpha), framework.words)
    return [view["answer"], *view["more"]]
