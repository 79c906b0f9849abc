"""What to do next on a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from playbook.framework import Framework
from playbook.model import Assessment, Level, Sheet, Worksheet
from playbook.worksheet.kinds import written_date

FIRST_STEP = ("first_step", "first_step_owner", "first_step_date")
"""The questions that end a sheet with one dated first step, named alike on every sheet."""

ADVICE_SHOWN = 3
"""How many pieces of advice make a list that somebody acts on."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do next; `href` when it is done on another sheet that is built."""

    text: str
    href: str | None = None


def next_steps(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> tuple[NextStep, ...]:
    """What the gravest findings advise, the first step somebody dated, and the next sheet."""
    steps = [NextStep(text) for text in advice_of(assessment)]
    steps += _first_step(worksheet, framework)
    if sheet.next_sheet:
        steps.append(_to_sheet(sheet.next_sheet, framework))
    return tuple(steps)


def advice_of(assessment: Assessment) -> list[str]:
    """Advice that changes something: of the gravest findings that don't hold, each said once."""
    counted = (Level.FAIL, Level.WARN, Level.UNKNOWN)
    said = [f.advice for f in assessment.findings if f.level in counted and f.advice]
    return list(dict.fromkeys(said))[:ADVICE_SHOWN]


def _first_step(worksheet: Worksheet, framework: Framework) -> list[NextStep]:
    step, owner, day = (str(worksheet.answers.get(question, "")) for question in FIRST_STEP)
    if not step:
        return []
    kind = {(True, True): "full", (True, False): "owner", (False, True): "day"}
    key = f"cards.step.{kind.get((bool(owner), bool(day)), 'alone')}"
    written = written_date(date.fromisoformat(day), framework.words) if day else ""
    return [NextStep(framework.words.text(key, step=step, owner=owner, day=written))]


def _to_sheet(sheet: str, framework: Framework) -> NextStep:
    built, title = framework.sheets.get(sheet), framework.titles[sheet]
    key = "home.then" if built else "home.then_later"
    return NextStep(framework.words.text(key, title=title), built.notebook if built else None)
