"""Rows to a map and back: what is written is what is read, and what else was said stays."""

from itertools import count

from hypothesis import given

from playbook.analysis.work_system.answers import map_of, rows_of
from playbook.analysis.work_system.system_map import MapLink, MapPart, SystemMap

from .maps import any_map


def ids():
    numbers = count()
    return lambda: f"r{next(numbers)}"


def prefixed(make):
    return lambda: f"n{make()}"


@given(any_map(), any_map())
def test_what_is_written_as_rows_is_read_as_the_same_map(old, new):
    before = rows_of(old, [], [], ids())
    parts, links = rows_of(new, *(it.items() for it in before), prefixed(ids()))
    found, broken = map_of(parts.items(), links.items())
    assert broken == 0
    assert [(it.name, it.block) for it in found.parts] == [(it.name, it.block) for it in new.parts]
    ours, theirs = found.by_name().links, new.by_name().links
    assert [(it.ends, it.sign) for it in ours] == [(it.ends, it.sign) for it in theirs]
    for one, other in zip(ours, theirs, strict=True):
        assert abs((one.chance or 0) - (other.chance or 0)) < 1e-9


def test_a_part_of_the_same_name_keeps_its_row_and_what_counts_for_nothing_yet_stays():
    parts = [
        ("a", {"part": "Desk", "block": "people"}),
        ("b", {"part": "Rules", "block": "governance"}),
        ("c", {"part": "Without a block"}),
    ]
    links = [
        ("k", {"source": "a", "target": "b", "effect": "harms", "mitigation": "We talk."}),
        ("m", {"source": "a", "target": "c"}),
    ]
    named = (MapPart("x", "rules ", "people"), MapPart("y", "DESK", "people"))
    new = SystemMap(named, (MapLink("y", "x", 1, 0.35),))
    told_parts, told_links = rows_of(new, parts, links, ids())
    assert list(told_parts) == ["b", "a", "c"]
    assert told_parts["b"]["block"] == "people"
    said = {"effect": "helps", "chance": "35", "mitigation": "We talk."}
    assert told_links == {
        "k": {"source": "a", "target": "b", **said},
        "m": {"source": "a", "target": "c"},
    }
