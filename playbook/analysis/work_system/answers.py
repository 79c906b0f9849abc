"""The map that somebody listed: the rows of two tables as parts and links, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

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

_NAMES = {sign: name for name, sign in SIGNS.items()}

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


def rows_of(
    new: SystemMap, parts: Rows, links: Rows, new_id: Callable[[], str]
) -> tuple[dict[str, dict[str, Value]], dict[str, dict[str, Value]]]:
    """The rows of both tables that say the map `new`, by id, in its order.

    A part that is called as one before keeps its row, a link with the same ends too, with whatever
    else was said there. Rows that count for no part or link yet come last, as they were.
    """
    old_parts, old_links = list(parts), list(links)
    drawn, _ = map_of(old_parts, old_links)
    by_name = {plain(part.name): part.id for part in drawn.parts}
    before = dict(old_parts)
    rows = {part.id: by_name.get(plain(part.name)) or new_id() for part in new.parts}
    told_parts: dict[str, dict[str, Value]] = {
        rows[part.id]: {**before.get(rows[part.id], {}), "part": part.name, "block": part.block}
        for part in new.parts
    }
    told_parts |= {row: {**it} for row, it in old_parts if row not in drawn.by_id}

    standing = {link.ends for link in drawn.links}
    counted: dict[Ends, tuple[str, Mapping[str, Value]]] = {}
    rest: dict[str, dict[str, Value]] = {}
    for row, answers in old_links:
        ends = said(answers, "source"), said(answers, "target")
        if ends in counted or ends not in standing:
            rest[row] = {**answers}
        else:
            counted[ends] = row, answers
    told_links: dict[str, dict[str, Value]] = {}
    for link in new.links:
        ends = rows[link.source], rows[link.target]
        row, kept = counted.get(ends) or (new_id(), {})
        told_links[row] = {
            **kept,
            "source": ends[0],
            "target": ends[1],
            "effect": _NAMES[link.sign],
        }
        told_links[row].pop("chance", None)
        if link.chance is not None:
            told_links[row]["chance"] = f"{link.chance * 100:.10f}".rstrip("0").rstrip(".")
    return told_parts, told_links | rest
