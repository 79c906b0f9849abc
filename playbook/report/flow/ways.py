"""Standard or flexible, one kind of case after the other: how it runs today, and what fits it."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.analysis.work_system.alignment import Way
from playbook.analysis.work_system.answers import said
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.rules.flow import advised

WAYS: tuple[Way, ...] = ("standard", "standard_with_path", "flexible")
"""From one end of the line to the other."""


@dataclass(frozen=True, slots=True)
class KindOfCase:
    """`now` is how it runs, "" where nobody said; `fits` is None while an answer is open."""

    name: str
    now: str
    fits: Way | None


def kinds_of_case(worksheet: Worksheet, framework: Framework) -> list[KindOfCase]:
    """The kinds of case of which it is said how they run, or what fits them."""
    many = framework.threshold_values["flow_many_exceptions_share"]
    found = [
        KindOfCase(
            said(row.answers, "kind_of_case"),
            said(row.answers, "way_now"),
            advised(row.answers, many),
        )
        for row in worksheet.rows("processes")
        if row.answers
    ]
    return [kind for kind in found if kind.now or kind.fits]


def in_words(_: Sheet, worksheet: Worksheet, __: Assessment, framework: Framework) -> list[str]:
    """A sentence for each kind of case."""
    say = framework.words.text
    return [
        say(
            "flow_ways.line",
            name=kind.name or say("swim_lanes.none"),
            now=say(f"flow_ways.{kind.now or 'open'}"),
            fits=say(f"flow_ways.{kind.fits or 'open'}"),
        )
        for kind in kinds_of_case(worksheet, framework)
    ]
