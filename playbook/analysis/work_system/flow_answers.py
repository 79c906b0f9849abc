"""The steps that somebody listed, as a flow; times in hours, arrivals in cases an hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from playbook.analysis.work_system.answers import Rows, said
from playbook.analysis.work_system.flow import Flow, FlowStep
from playbook.model import Value

FEEDBACK = "feedback"


@dataclass(frozen=True)
class ListedFlow:
    """A flow up to the delivery, and the id of the row that each of its steps comes from.

    `week`: hours of a week, None where nobody said.
    """

    flow: Flow
    ids: tuple[str, ...]
    week: float | None


def flow_of(steps: Rows, answers: Mapping[str, Value]) -> ListedFlow:
    """The rows of the table of steps, in their order. Feedback comes after the delivery: its time
    is none that a case waits for, so it is left out."""
    counted = [(row, told) for row, told in steps if told and said(told, "moment") != FEEDBACK]
    week, arrivals = number(answers, "week_hours"), number(answers, "arrivals")
    through = arrivals / week if arrivals and week else None
    return ListedFlow(
        Flow(tuple(_step(told) for _, told in counted), through),
        tuple(row for row, _ in counted),
        week,
    )


def changed_flow(listed: ListedFlow, answers: Mapping[str, Value]) -> Flow | None:
    """The flow with one step changed as the answers say; None where they change nothing."""
    row = said(answers, "if_step")
    people, touch = number(answers, "if_people"), number(answers, "if_touch")
    if row not in listed.ids or (people is None and touch is None):
        return None
    at = listed.ids.index(row)
    step = listed.flow.steps[at]
    other = replace(
        step,
        people=step.people if people is None else int(people),
        touch=step.touch if touch is None else touch,
    )
    if other == step:
        return None
    steps = listed.flow.steps
    return Flow((*steps[:at], other, *steps[at + 1 :]), listed.flow.arrivals)


def number(answers: Mapping[str, Value], question: str) -> float | None:
    """The number that was typed; None where none was."""
    told = said(answers, question)
    return float(told) if told else None


def _step(answers: Mapping[str, Value]) -> FlowStep:
    def share(question: str) -> float | None:
        value = number(answers, question)
        return None if value is None else value / 100

    people = number(answers, "people")
    return FlowStep(
        said(answers, "step"),
        lane=said(answers, "lane"),
        touch=number(answers, "touch"),
        wait=number(answers, "wait"),
        errors=share("errors"),
        exceptions=share("exceptions"),
        people=None if people is None else int(people),
    )
