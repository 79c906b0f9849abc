"""The picture of connections in sentences: counts and shares of the whole, nobody by code."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.analysis.connect import RINGS, Network, network_of
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words

CONNECTIONS, GROUPS = "connections", "groups"


def network_in(worksheet: Worksheet) -> Network:
    """The connections of a worksheet, as they were listed."""
    rows = (row.answers for row in worksheet.rows(CONNECTIONS))
    return network_of(rows, (row.answers for row in worksheet.rows(GROUPS)))


def in_words(_: Sheet, worksheet: Worksheet, __: Assessment, framework: Framework) -> list[str]:
    """The picture in sentences; none while nothing is listed."""
    return list(_sentences(network_in(worksheet), framework.words))


def _sentences(network: Network, words: Words) -> Iterator[str]:
    if not network.connections:
        return
    for ring in RINGS:
        count, hours = network.count(ring), network.hours(ring)
        key = f"connections.says.{ring}" + ("_no_hours" if hours is None else "")
        yield words.text(key, count=count, hours=f"{hours or 0:g}")
    if unsorted := network.count(""):
        yield words.text("connections.says.unsorted", count=unsorted)
    for name in ("loose", "brokered"):
        share = getattr(network, f"{name}_share")
        if share is not None:
            yield words.text(f"connections.says.{name}", share=f"{share:.0%}")
    met, pairs = network.group_pairs
    if pairs:
        yield words.text("connections.says.group_pairs", met=met, all=pairs)
    if network.groups_alone:
        yield words.text("connections.says.groups_alone", count=len(network.groups_alone))
    if network.alone:
        yield words.text("connections.says.members_alone", count=len(network.alone))


def numbers_in_words(network: Network, words: Words) -> list[str]:
    """The measures of the network, each with how it is worked out; none while nothing is listed."""
    return list(_numbers(network, words))


def _numbers(network: Network, words: Words) -> Iterator[str]:
    if not network.connections:
        return
    for name in ("loose", "outward", "brokered"):
        share = getattr(network, f"{name}_share")
        if share is not None:
            yield words.text(f"connections.number.{name}", share=f"{share:.0%}")
    met, pairs = network.group_pairs
    if pairs:
        yield words.text("connections.number.group_pairs", met=met, all=pairs)
    yield words.text("connections.number.parts", count=network.parts)
    yield words.text("connections.number.only_links", count=network.only_links)
    if network.groups:
        yield words.text("connections.number.alone", count=len(network.alone))
