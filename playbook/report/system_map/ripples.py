"""What a change of one part sets in motion: each part with its chance, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playbook.analysis.work_system.answers import map_of
from playbook.analysis.work_system.ripple import effects, ripple, strongest_chains
from playbook.analysis.work_system.system_map import SystemMap
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words

MOST_SHOWN = 12
"""Parts in the picture; what is less likely than these is counted."""


@dataclass(frozen=True, slots=True)
class ReachedPart:
    """A part that may have to change too: its chance (0 to 1), and the likeliest way there."""

    name: str
    chance: float
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a change begins, the parts that it may reach, and how that was worked out: `draws` is 0
    where all ways were added up, `margin` (0 to 1) what they leave open at most."""

    change: str
    parts: tuple[ReachedPart, ...]
    draws: int
    margin: float
    open_links: int


def drawn_in(worksheet: Worksheet) -> SystemMap:
    """The map in the sheet's tables, as far as it counts."""
    parts, links = (
        [(row.id, row.answers) for row in worksheet.rows(table) if row.answers]
        for table in ("parts", "links")
    )
    return map_of(parts, links)[0]


def reached(worksheet: Worksheet) -> Reached | None:
    """What the first change sets in motion; None until a link with a chance begins there."""
    drawn = drawn_in(worksheet)
    change = worksheet.answers.get("change")
    if not isinstance(change, str) or change not in drawn.by_id:
        return None
    chains = strongest_chains(drawn, [change])
    if not chains:
        return None
    found = ripple(drawn, [change])

    def name(part: str) -> str:
        return drawn.by_id[part].name

    told = [
        ReachedPart(name(part), found.chances[part], tuple(map(name, chain.parts)))
        for part, chain in chains.items()
    ]
    told.sort(key=lambda it: -it.chance)
    margin = max(found.margin(part) for part in chains)
    return Reached(name(change), tuple(told), found.draws, margin, found.open_links)


def open_parts(worksheet: Worksheet) -> list[str]:
    """The parts that the first change reaches only by a link whose chance nobody gave, by name."""
    drawn = drawn_in(worksheet)
    change = worksheet.answers.get("change")
    if not isinstance(change, str) or change not in drawn.by_id:
        return []
    likely = strongest_chains(drawn, [change])
    return [drawn.by_id[part].name for part in effects(drawn, [change]) if part not in likely]


def in_words(_: Sheet, worksheet: Worksheet, __: Assessment, framework: Framework) -> list[str]:
    """The picture in sentences; none while there is nothing to draw."""
    found = reached(worksheet)
    return summary(found, framework.words) if found else []


def summary(found: Reached, words: Words) -> list[str]:
    """What is asked, a sentence for each part, and what the chances rest on."""
    lines = [words.text("ripple.about", change=found.change)]
    for part in found.parts[:MOST_SHOWN]:
        lines.append(
            words.text(
                "ripple.line",
                part=part.name,
                chance=percent(part.chance),
                chain=chain_text(part.chain),
            )
        )
    if more := len(found.parts[MOST_SHOWN:]):
        lines.append(words.text("ripple.more", count=more))
    if found.draws:
        margin = f"{found.margin * 100:.1f}"
        lines.append(words.text("ripple.drawn", draws=f"{found.draws:,}", margin=margin))
    if found.open_links:
        lines.append(words.text("ripple.open_links", count=found.open_links))
    return lines


def percent(chance: float) -> str:
    """36% for 0.357; never 0% or 100% of what is only nearly so."""
    if 0 < chance < 0.01:  # noqa: PLR2004  # what would be told as 0%
        return "<1%"
    if 0.99 < chance < 1:  # noqa: PLR2004  # what would be told as 100%
        return ">99%"
    return f"{chance:.0%}"


def chain_text(parts: Sequence[str]) -> str:
    """The names of a chain, in their order."""
    return " → ".join(parts)
