"""The map that somebody listed: the rows of two tables, as parts and links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from playbook.analysis.work_system.system_map import (
    PLACES,
    SIGNS,
    Ends,
    MapLink,
    MapPart,
    SystemMap,
    plain,
)
from playbook.model import Value

Rows = Iterable[tuple[str, Mapping[str, Value]]]
"""The id of each row, and its answers."""


def map_of(parts: Rows, links: Rows) -> tuple[SystemMap, int]:
    """The map, by the ids of the rows, and how many links don't count: they lack an end, lead to
    their own start or stand twice. A part counts once it has a name of its own and a block."""
    found: dict[str, MapPart] = {}
    names: set[str] = set()
    for row, answers in parts:
        name, block = said(answers, "part"), said(answers, "block")
        if name and block in PLACES and plain(name) not in names:
            names.add(plain(name))
            found[row] = MapPart(row, name, block)
    drawn: dict[Ends, MapLink] = {}
    broken = 0
    for _, answers in links:
        ends = said(answers, "source"), said(answers, "target")
        if not found.keys() >= {*ends} or ends[0] == ends[1] or ends in drawn:
            broken += 1
            continue
        chance = said(answers, "chance")
        sign = SIGNS[said(answers, "effect") or "unsure"]
        drawn[ends] = MapLink(*ends, sign, float(chance) / 100 if chance else None)
    return SystemMap(tuple(found.values()), tuple(drawn.values())), broken


def said(answers: Mapping[str, Value], question: str) -> str:
    """What was typed or chosen; "" where nothing was."""
    value = answers.get(question)
    return value.strip() if isinstance(value, str) else ""
