"""One link of a map in words."""

from __future__ import annotations

from playbook.analysis.work_system.system_map import SIGNS, MapLink, SystemMap
from playbook.model.wording import Words
from playbook.report.system_map.ripples import percent

_NAMES = {sign: name for name, sign in SIGNS.items()}


def link_text(link: MapLink, drawn: SystemMap, words: Words) -> str:
    """Where it leads, its effect, and its chance where there is one."""
    ends = f"{drawn.by_id[link.source].name} → {drawn.by_id[link.target].name}"
    effect = words.text(f"system_map.effects.{_NAMES[link.sign]}")
    chance = "" if link.chance is None else f", {percent(link.chance)}"
    return f"{ends}: {effect}{chance}"
