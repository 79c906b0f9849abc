"""A team as the capacity sheet tells it: people with contracted hours, and tasks with hours.

Hours are hours a week of one person, as exact fractions: 75% of 37.5 hours is met or it isn't.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from playbook.model import Value

VOLUNTEER = "yes"
MOVES = ("simplify", "consolidate", "automate", "relax")
"""What is decided about a task that somebody else may then do; a kept one stays where it is."""

LESS = ("simplify", "automate", "relax")
"""What leaves a task with fewer hours than today."""

UNDER_WAY = "underway"
STARTED = ("live", UNDER_WAY)
_PER_CENT = 100

RowAnswers = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Worker:
    """One person, or `people` of them with the same hours and tasks.

    `contract` are contracted hours a week of each; whoever is no volunteer can take tasks over.
    `skills` are those listed and those of the tasks that they do today.
    """

    id: str
    contract: Fraction
    volunteer: bool
    people: int = 1
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Task:
    """What `doer`, or each of those people, does today for `hours` a week.

    `left` are the hours that remain after what was decided. `moves` says whether somebody else may
    do it then, `fixed` whether nobody else ever may; `skill` is empty where anybody can.
    """

    id: str
    doer: str
    hours: Fraction
    left: Fraction
    moves: bool = False
    fixed: bool = False
    skill: str = ""


@dataclass(frozen=True, slots=True)
class Workload:
    """Everybody, and everything that they do, in the person's order."""

    people: tuple[Worker, ...]
    tasks: tuple[Task, ...]

    @property
    def volunteers(self) -> int:
        """How many people volunteer."""
        return sum(person.people for person in self.people if person.volunteer)

    def tasks_of(self, person: str) -> tuple[Task, ...]:
        """What that person does today."""
        return tuple(task for task in self.tasks if task.doer == person)

    def today(self, person: str) -> Fraction:
        """The hours a week that their tasks take today."""
        return sum((task.hours for task in self.tasks_of(person)), Fraction())

    def left(self, person: str) -> Fraction:
        """The hours a week that remain of them before anything changes hands."""
        return sum((task.left for task in self.tasks_of(person)), Fraction())


def workload_of(
    people: Iterable[tuple[str, RowAnswers]], tasks: Iterable[tuple[str, RowAnswers]]
) -> Workload:
    """A team from the rows of the sheet's two tables, each an id with its visible answers.

    A person without hours, or of whom it isn't said whether they take part, is left out, and so is
    a task without hours or without one of those people. What is not decided about a task counts as
    kept.
    """
    told = [
        (row, answers) for row, answers in people if {"contract", "takes_part"} <= answers.keys()
    ]
    known = {row for row, _ in told}
    read = tuple(
        _task(row, answers)
        for row, answers in tasks
        if "hours" in answers and answers.get("doer") in known
    )
    return Workload(tuple(_person(row, answers, read) for row, answers in told), read)


def _person(row: str, answers: RowAnswers, tasks: Sequence[Task]) -> Worker:
    listed = str(answers.get("skills", "")).replace(";", ",").split(",")
    used = [task.skill for task in tasks if task.doer == row]
    return Worker(
        row,
        Fraction(str(answers["contract"])),
        answers["takes_part"] == VOLUNTEER,
        int(str(answers.get("count", 1))),
        frozenset(skill for skill in (*map(skill_of, listed), *used) if skill),
    )


def _task(row: str, answers: RowAnswers) -> Task:
    fixed = answers.get("fixed") == "yes"
    return Task(
        row,
        str(answers["doer"]),
        Fraction(str(answers["hours"])),
        _left(answers),
        answers.get("triage") in MOVES and not fixed,
        fixed,
        skill_of(str(answers.get("skill", ""))),
    )


def _left(answers: RowAnswers) -> Fraction:
    """The hours that remain: none of what stops, all of what is not said to get less.

    Hours that a machine frees count while it is live or under way, and those under way as surely
    as somebody expects them.
    """
    hours, triage = Fraction(str(answers["hours"])), answers.get("triage")
    if triage == "stop":
        return Fraction()
    if triage not in LESS or "left" not in answers:
        return hours
    saved = max(hours - Fraction(str(answers["left"])), Fraction())
    if triage == "automate":
        saved *= _counts(answers)
    return hours - saved


def _counts(answers: RowAnswers) -> Fraction:
    """The share of automated hours that counts."""
    if answers.get("status") == UNDER_WAY:
        return Fraction(str(answers.get("sure", 0))) / _PER_CENT
    return Fraction(answers.get("status") in STARTED)


def skill_of(text: str) -> str:
    """A skill as it is compared: without capitals and idle blanks."""
    return " ".join(text.casefold().split())
