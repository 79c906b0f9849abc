"""One step changed, tried by simulation: the time of a case before and after, with its range."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from playbook.analysis.work_system.flow import Flow
from playbook.analysis.work_system.flow_answers import changed_flow, flow_of
from playbook.analysis.work_system.queueing import MOST_LOAD, Compared, MeanRange, compared
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words

RUNS, CASES, LEFT_OUT = 16, 250, 150
"""About a second; fewer widen the range, which is told."""


@dataclass(frozen=True, slots=True)
class TriedChange:
    """What came of a change of `step`; of one that can't be tried, why not: "missing" where a
    figure is, or the step that gets more than it can take in `full`."""

    step: str
    found: Compared | None
    missing: bool = False
    full: str = ""


def tried_change(worksheet: Worksheet) -> TriedChange | None:
    """None while no change is described."""
    rows = [(row.id, row.answers) for row in worksheet.rows("steps") if row.answers]
    listed = flow_of(rows, worksheet.answers)
    changed = changed_flow(listed, worksheet.answers)
    if changed is None:
        return None
    at = listed.ids.index(str(worksheet.answers["if_step"]))
    name = listed.flow.steps[at].name
    for flow in (listed.flow, changed):
        narrow = flow.bottleneck
        if narrow is None or narrow.load is None:
            return TriedChange(name, None, missing=True)
        if narrow.load > MOST_LOAD:
            return TriedChange(name, None, full=flow.steps[narrow.step].name)
    return TriedChange(name, _try(listed.flow, changed))


@lru_cache(maxsize=8)
def _try(now: Flow, changed: Flow) -> Compared:
    return compared(now, changed, runs=RUNS, cases=CASES, left_out=LEFT_OUT)


def in_words(_: Sheet, worksheet: Worksheet, __: Assessment, framework: Framework) -> list[str]:
    """What was tried, both times with their ranges, and the difference."""
    tried = tried_change(worksheet)
    return summary(tried, framework.words) if tried else []


def summary(tried: TriedChange, words: Words) -> list[str]:
    """The answer first: by how much, then what it rests on."""
    if tried.missing:
        return [words.text("flow_if.missing")]
    if tried.found is None:
        return [words.text("flow_if.full", step=tried.full)]
    now, changed = tried.found.now, tried.found.changed
    return [
        _difference(tried.found.difference, words),
        *(
            words.text("flow_if.line", which=words.text(f"flow_if.{which}"), **_told(one))
            for which, one in (("now", now), ("changed", changed))
        ),
        words.text("flow_if.about", step=tried.step, runs=RUNS, cases=CASES),
    ]


def _difference(apart: MeanRange, words: Words) -> str:
    sooner = MeanRange(-apart.mean, -apart.high, -apart.low)
    if apart.high < 0:
        return words.text("flow_if.sooner", **_told(sooner))
    if apart.low > 0:
        return words.text("flow_if.later", **_told(apart))
    return words.text("flow_if.unsure", **_told(sooner))


def _told(one: MeanRange) -> dict[str, str]:
    return {name: f"{getattr(one, name):.1f}" for name in ("mean", "low", "high")}
