"""A map in words: what a change does to each block, every loop, and the matrix in numbers."""

from __future__ import annotations

from typing import Any

from playbook.analysis.work_system.answers import said
from playbook.analysis.work_system.dependency import structure
from playbook.analysis.work_system.loops import Loop, feedback
from playbook.analysis.work_system.ripple import by_block, effects
from playbook.analysis.work_system.system_map import PLACES, SystemMap
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.report.system_map.links import link_text
from playbook.report.system_map.ripples import drawn_in, open_parts, reached, summary

Block = dict[str, Any]
"""A title and its sentences, as a page shows them."""

MOST_LOOPS = 30
MOST_INTERFACES = 12
_LOOP_KINDS = {1: "loop_grows", -1: "loop_holds", 0: "loop_unsure"}


def in_words(_: Sheet, worksheet: Worksheet, __: Assessment, framework: Framework) -> list[str]:
    """The map in sentences: the parts of each block, then the links."""
    drawn, words = drawn_in(worksheet), framework.words
    titles = words.group("system_map.blocks")
    lines = [
        words.text("map_says.block", block=titles[block], parts=_names(drawn, parts))
        for block in PLACES
        if (parts := [part.id for part in drawn.in_block(block)])
    ]
    return lines + [link_text(link, drawn, words) for link in drawn.links]


def matrix_in_words(
    _: Sheet, worksheet: Worksheet, __: Assessment, framework: Framework
) -> list[str]:
    """What the matrix shows, in sentences; none without a link."""
    drawn = drawn_in(worksheet)
    if not drawn.links:
        return []
    return [line for block in numbers(drawn, framework.words) for line in block["sentences"]]


def what_a_change_does(worksheet: Worksheet, words: Words) -> list[Block]:
    """The chances, help and harm by block with what is planned, and the loops."""
    drawn, change = drawn_in(worksheet), worksheet.answers.get("change")
    blocks: list[Block] = []
    if isinstance(change, str) and change in drawn.by_id:
        found = reached(worksheet)
        lines = summary(found, words) if found else []
        if parts := open_parts(worksheet):
            told = ", ".join(f"“{part}”" for part in parts)
            lines.append(words.text("map_says.open_parts", parts=told))
        blocks.append(_block("reach", lines or [words.text("map_says.nothing")], words))
        blocks.append(_block("effects", _effects(worksheet, drawn, change, words), words))
    else:
        blocks.append(_block("reach", [words.text("map_says.no_change")], words))
    blocks.append(_block("loops", loops_in_words(drawn, words), words))
    return [block for block in blocks if block["sentences"]]


def _block(title: str, sentences: list[str], words: Words) -> Block:
    return {"title": words.text(f"map_says.{title}"), "sentences": sentences}


def _effects(worksheet: Worksheet, drawn: SystemMap, change: str, words: Words) -> list[str]:
    """A sentence a block and effect; then each link that harms, with what is planned against it."""
    titles = words.group("system_map.blocks")
    lines = [
        words.text(f"map_says.{effect}", block=titles[it.block], parts=_names(drawn, parts))
        for it in by_block(drawn, [change])
        for effect, parts in (("helps", it.helps), ("harms", it.harms), ("unsure", it.unsure))
        if parts
    ]
    within = {change, *effects(drawn, [change])}
    plans = {
        (said(row.answers, "source"), said(row.answers, "target")): said(row.answers, "mitigation")
        for row in worksheet.rows("links")
    }
    for link in drawn.links:
        if link.sign == -1 and link.source in within:
            told = {"part": _names(drawn, [link.source]), "other": _names(drawn, [link.target])}
            plan = plans.get(link.ends, "")
            key = "planned" if plan else "unplanned"
            lines.append(words.text(f"map_says.{key}", **told, plan=plan))
    return lines


def loops_in_words(drawn: SystemMap, words: Words) -> list[str]:
    """A sentence a loop, the shortest first; without any, who then learns of the result."""
    if not drawn.links:
        return []
    found = feedback(drawn)
    if not found.loops:
        return [words.text("map_says.no_loop")]
    lines = [_loop(loop, drawn, words) for loop in found.loops[:MOST_LOOPS]]
    if found.more:
        lines.append(words.text("map_says.many_loops", count=len(found.loops)))
    elif rest := len(found.loops[MOST_LOOPS:]):
        lines.append(words.text("map_says.more_loops", count=rest))
    return lines


def _loop(loop: Loop, drawn: SystemMap, words: Words) -> str:
    names = " → ".join(drawn.by_id[part].name for part in (*loop.parts, loop.parts[0]))
    return words.text(f"map_says.{_LOOP_KINDS[loop.sign]}", loop=names)


def numbers(drawn: SystemMap, words: Words) -> list[Block]:
    """Clusters, what leads across them, change cost, and what can't be put in order."""
    found = structure(drawn)
    if not drawn.links or found.change_cost is None or found.coupling is None:
        return [_block("matrix", [words.text("map_says.no_links")], words)]

    def say(key: str, **told: Any) -> str:
        return words.text(f"map_says.{key}", **told)

    cost = [
        say("change_cost", share=f"{found.change_cost:.0%}"),
        say("coupling", share=f"{found.coupling:.0%}", count=len(found.across)),
    ]
    most = max(found.reaches, key=found.reaches.__getitem__)
    cost.append(say("widest", part=drawn.by_id[most].name, count=found.reaches[most]))
    together = [it for it in found.clusters if len(it) > 1]
    clusters = [
        say("cluster", number=at, parts=_names(drawn, it)) for at, it in enumerate(together, 1)
    ]
    across = [
        say("interface", part=_names(drawn, [it.source]), other=_names(drawn, [it.target]))
        for it in found.across[:MOST_INTERFACES]
    ]
    if rest := len(found.across[MOST_INTERFACES:]):
        across.append(say("more_interfaces", count=rest))
    order = [say("order", parts=" → ".join(drawn.by_id[part].name for part in found.order))]
    order += [say("round", parts=_names(drawn, it)) for it in found.rounds]
    told = {"cost": cost, "clusters": clusters, "interfaces": across, "orders": order}
    return [_block(title, lines, words) for title, lines in told.items() if lines]


def _names(drawn: SystemMap, parts: Any) -> str:
    return ", ".join(f"“{drawn.by_id[part].name}”" for part in parts)
