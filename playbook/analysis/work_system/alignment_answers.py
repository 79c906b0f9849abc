"""What somebody listed about alignment, as what alignment.py counts. Rows that say too little to
be counted are left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from playbook.analysis.work_system.alignment import (
    CRITERIA,
    DIMENSIONS,
    DataSet,
    How,
    Integration,
    Skill,
    Use,
)
from playbook.analysis.work_system.answers import said
from playbook.analysis.work_system.flow_answers import number
from playbook.model import Value

Told = Mapping[str, Value]

_FIRST = ("passed_on", "typed", "read")
"""Of what happens at one step, what a program passes on is there before somebody types."""


def uses_of(rows: Iterable[Told]) -> tuple[Use, ...]:
    """The uses by step, whose numbers count from 1 as people do."""
    found = []
    for told in rows:
        step, how = number(told, "use_step"), said(told, "use_how")
        tool, data = said(told, "use_tool"), said(told, "use_data")
        if step and how and tool and data:
            found.append(Use(int(step), _plain(tool), data, cast("How", how)))
    return tuple(sorted(found, key=lambda it: (it.step, _FIRST.index(it.how), it.tool, it.data)))


def tools_of(rows: Iterable[Told]) -> tuple[str, ...]:
    """The tools by name, each once."""
    named = (_plain(said(told, "tool")) for told in rows)
    return tuple(dict.fromkeys(name for name in named if name))


def skills_of(rows: Iterable[Told]) -> tuple[Skill, ...]:
    return tuple(
        Skill(said(told, "skill"), _count(told, "need"), _count(told, "have"))
        for told in rows
        if said(told, "skill")
    )


def data_sets_of(rows: Iterable[Told]) -> tuple[DataSet, ...]:
    return tuple(
        DataSet(
            said(told, "data_name"),
            said(told, "owner"),
            **{it: _share(told, it) for it in DIMENSIONS},
        )
        for told in rows
        if said(told, "data_name")
    )


def integrations_of(rows: Iterable[Told]) -> tuple[Integration, ...]:
    return tuple(
        Integration(said(told, "link_name"), **{it: _count(told, it) for it in CRITERIA})
        for told in rows
        if said(told, "link_name")
    )


def _count(told: Told, question: str) -> int | None:
    value = number(told, question)
    return None if value is None else int(value)


def _share(told: Told, question: str) -> float | None:
    value = number(told, question)
    return None if value is None else value / 100


def _plain(name: str) -> str:
    return " ".join(name.split())
