"""Two people's maps on one table: what they should talk about, in that order."""

from __future__ import annotations

from typing import Any

from playbook.analysis.work_system.system_map import MapLink, SystemMap, lay_together
from playbook.model.wording import Words
from playbook.report.system_map.links import link_text
from playbook.report.system_map.ripples import percent

MOST_APART = 10
Pair = tuple[MapLink, MapLink]


def two_maps(
    one: SystemMap, other: SystemMap, names: tuple[str, str], words: Words
) -> list[dict[str, Any]]:
    """Links only one drew, links of opposite sign, the widest differences; then the parts that only
    one has. `names` say whose map is whose."""
    found = lay_together(one, other)
    first, second = one.by_name(), other.by_name()

    def say(key: str, **told: str) -> str:
        return words.text(f"map_together.{key}", **told)

    def pair(key: str, told: Pair) -> str:
        ours, theirs = told
        ends = first.by_id[ours.source].name, first.by_id[ours.target].name
        given = [_given(key, link, words) for link in (ours, theirs)]
        told_of = dict(zip(("part", "other", "one", "two"), (*ends, *given), strict=True))
        return say("pair", **told_of, name=names[0], other_name=names[1])

    told = [
        (say("only", name=names[0]), [link_text(it, first, words) for it in found.only_one]),
        (say("only", name=names[1]), [link_text(it, second, words) for it in found.only_other]),
        (say("opposite"), [pair("opposite", it) for it in found.opposite]),
        (say("apart"), [pair("apart", it) for it in found.apart[:MOST_APART]]),
        (say("parts", name=names[0]), [it.name for it in found.parts_only_one]),
        (say("parts", name=names[1]), [it.name for it in found.parts_only_other]),
    ]
    blocks = [{"title": title, "sentences": lines} for title, lines in told if lines]
    return blocks or [{"title": say("alike"), "sentences": []}]


def _given(key: str, link: MapLink, words: Words) -> str:
    if key == "opposite":
        return words.text(f"system_map.effects.{'helps' if link.sign == 1 else 'harms'}")
    assert link.chance is not None  # a distance needs two chances
    return percent(link.chance)
