"""Two versions of a map: what was added, taken away and altered, in words."""

from __future__ import annotations

from typing import Any

from playbook.analysis.work_system.system_map import Ends, MapLink, SystemMap, changes
from playbook.model.wording import Words
from playbook.report.system_map.links import link_text


def compared(
    older: SystemMap, now: SystemMap, words: Words
) -> tuple[list[dict[str, Any]], list[str], list[Ends]]:
    """The sentences in blocks; the parts of `now` that are new or altered, and such links' ends."""
    found = changes(older, now)
    titles = words.group("system_map.blocks")

    def line(link: MapLink, drawn: SystemMap) -> str:
        return link_text(link, drawn, words)

    altered = [
        words.text("map_versions.altered", was=line(was, older), now=line(is_now, now))
        for was, is_now in found.changed
    ]
    told = {
        "new_parts": [f"{it.name} ({titles[it.block]})" for it in found.new_parts],
        "gone_parts": [f"{it.name} ({titles[it.block]})" for it in found.gone_parts],
        "renamed": [f"{older.by_id[it.id].name} → {it.name}" for it in found.renamed],
        "moved": [
            f"{it.name}: {titles[older.by_id[it.id].block]} → {titles[it.block]}"
            for it in found.moved
        ],
        "new_links": [line(it, now) for it in found.new_links],
        "gone_links": [line(it, older) for it in found.gone_links],
        "changed": altered,
    }
    blocks = [
        {"title": words.text(f"map_versions.{key}"), "sentences": lines}
        for key, lines in told.items()
        if lines
    ]
    if not blocks:
        same = words.text("map_versions.same")
        blocks = [{"title": same, "sentences": []}]
    parts = [it.id for it in (*found.new_parts, *found.renamed, *found.moved)]
    links = (*found.new_links, *(is_now for _, is_now in found.changed))
    return blocks, list(dict.fromkeys(parts)), [it.ends for it in links]
