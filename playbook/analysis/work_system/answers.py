"""The map that somebody listed: the rows of two tables, as parts and links."""

from __future__ import annotations

from collections import Counter
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
    their own start or stand twice. A part counts once it has a block, and a name that no other has:
    of two alike nobody could say which one a link means."""
    told = [(row, said(answers, "part"), said(answers, "block")) for row, answers in parts]
    names = Counter(plain(name) for _, name, _ in told)
    found = {
        row: MapPart(row, name, block)
        for row, name, block in told
        if name and block in PLACES and names[plain(name)] == 1
    }
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
