"""Ripples: against every way that the links may fall out, and against another package's trees."""

import json
import time
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from playbook.analysis.work_system.ripple import (
    MOST_EXACT,
    by_block,
    effects,
    reachable,
    ripple,
    strongest_chains,
)
from playbook.analysis.work_system.system_map import MapLink, SystemMap
from playbook.model import InputError
from tests.analysis.work_system.maps import any_map, large_map, links, parts

pytestmark = pytest.mark.row("WS-014")
CPM = json.loads((Path(__file__).parent / "cpm_trees.json").read_text(encoding="utf-8"))
"""Five trees, each link as parent, child and chance, and the chances that cpm-lib gives."""


def enumerated(drawn, start):
    """The chance of each part, as a fraction: every set of links, and a walk through each."""
    told = [link for link in drawn.links if link.chance is not None]
    chances = {part.id: Fraction(0) for part in drawn.parts}
    for falls in product([False, True], repeat=len(told)):
        weight = Fraction(1)
        for link, passes in zip(told, falls, strict=True):
            chance = Fraction(link.chance)
            weight *= chance if passes else 1 - chance
        if not weight:
            continue
        open_links = [link.ends for link, passes in zip(told, falls, strict=True) if passes]
        reached, grown = {start}, True
        while grown:
            ahead = {b for a, b in open_links if a in reached} - reached
            reached |= ahead
            grown = bool(ahead)
        for part in reached:
            chances[part] += weight
    return chances


def factored(links, start, target):
    """The chance of one part, by conditioning on one link after the other: quicker than a list of
    all ways, and another method."""
    certain = {start}
    while more := {b for a, b, c in links if c == 1 and a in certain} - certain:
        certain |= more
    if target in certain:
        return Fraction(1)
    pivot = next((it for it in links if it[0] in certain and 0 < it[2] < 1), None)
    if pivot is None:
        return Fraction(0)
    rest = [it for it in links if it is not pivot]
    passed = factored([*rest, (*pivot[:2], Fraction(1))], start, target)
    return pivot[2] * passed + (1 - pivot[2]) * factored(rest, start, target)


@given(any_map(most_links=8))
def test_few_links_are_added_up_as_every_way_that_they_may_fall_out(drawn):
    found = ripple(drawn, ["0"])
    assert found.exact
    for part, chance in enumerated(drawn, "0").items():
        assert abs(found.chances[part] - chance) < 1e-12


@pytest.mark.parametrize("seed", range(3))
def test_sixteen_links_agree_with_another_method(seed):
    drawn = large_map(7, MOST_EXACT, seed)
    told = [(link.source, link.target, Fraction(link.chance)) for link in drawn.links]
    found = ripple(drawn, ["0"])
    assert found.exact
    for part in drawn.by_id:
        assert abs(found.chances[part] - factored(told, "0", part)) < 1e-12


def test_a_tree_gives_what_another_package_gives():
    """Worked out once with cpm-lib 1.1.1 (Clarkson et al. 2004), to search depth 10. It takes ways
    that share a link for unrelated, so it agrees on trees alone."""
    parents = [0, 0, 1, 1, 2, 3, 3, 5, 5, 8, 10]
    chances = [0.8, 0.35, 0.5, 0.9, 0.6, 0.25, 0.75, 0.4, 0.95, 0.55, 0.7]
    told = [0.8, 0.35, 0.4, 0.72, 0.21, 0.1, 0.3, 0.084, 0.1995, 0.0462, 0.03234]
    tree = [(str(p), str(at), c) for at, (p, c) in enumerate(zip(parents, chances, strict=True), 1)]
    found = ripple(SystemMap(parts(12), links(*tree)), ["0"])
    assert [found.chances[str(at)] for at in range(1, 12)] == pytest.approx(told, abs=1e-12)


@pytest.mark.parametrize("told", CPM["trees"])
def test_trees_agree_with_cpm_lib(told):
    """Its figures are kept: installed, it would bring a package `tests` that hides this one."""
    tree = links(*((str(parent), str(child), chance) for parent, child, chance in told["links"]))
    found = ripple(SystemMap(parts(10), tree), ["0"])
    assert [found.chances[str(at)] for at in range(1, 10)] == pytest.approx(
        told["chances"], abs=1e-12
    )


def test_draws_come_close_to_what_is_added_up():
    drawn = large_map(7, MOST_EXACT, seed=1)
    exact = ripple(drawn, ["0"])
    spare = parts(9)
    more = SystemMap(spare, (*drawn.links, *links(("0", "7", 0.5), ("7", "8", 0.5))))
    counted = ripple(more, ["0"])
    assert counted.draws == 4096
    for part, chance in exact.chances.items():
        assert abs(counted.chances[part] - chance) < 0.03
    assert counted.margin("8") == pytest.approx(1.96 * (0.25 * 0.75 / 4096) ** 0.5, rel=0.1)


@given(any_map())
def test_no_change_means_no_ripple(drawn):
    found = ripple(drawn, [])
    assert set(found.chances.values()) == {0.0}
    assert not strongest_chains(drawn, [])
    assert not by_block(drawn, [])


@given(any_map())
def test_a_part_that_hangs_on_nothing_never_moves(drawn):
    found, within = ripple(drawn, ["0"]), reachable(drawn, ["0"])
    assert found.chances["0"] == 1
    assert all(found.chances[part] == 0 for part in drawn.by_id if part not in within)


@given(any_map(), st.data())
def test_more_chance_never_means_less_ripple_added_up(drawn, data):
    assume(drawn.links)
    before, after = raised(drawn, data)
    assert all(after[part] >= before[part] - 1e-12 for part in drawn.by_id)


@given(st.integers(0, 50), st.data())
def test_more_chance_never_means_less_ripple_drawn(seed, data):
    """Not by one draw: each link keeps its own numbers. (Added up, it holds but for rounding.)"""
    drawn = large_map(12, 60, seed)
    assert not ripple(drawn, ["0"]).exact
    before, after = raised(drawn, data)
    assert all(after[part] >= before[part] for part in before)


def raised(drawn, data):
    """The chances before and after one link's chance is raised, its first chance given too."""
    at = data.draw(st.integers(0, len(drawn.links) - 1))
    low, high = sorted(data.draw(st.tuples(st.floats(0, 1), st.floats(0, 1))))

    def with_chance(chance):
        told = [*drawn.links]
        told[at] = replace(told[at], chance=chance)
        return ripple(replace(drawn, links=tuple(told)), ["0"], draws=512).chances

    return with_chance(low), with_chance(high)


def test_a_link_without_a_chance_passes_nothing_on_and_is_counted():
    drawn = SystemMap(parts(4), links(("0", "1", None), ("1", "2", 1.0), ("3", "2", None)))
    found = ripple(drawn, ["0"])
    assert found.open_links == 1
    assert found.chances == {"0": 1, "1": 0, "2": 0, "3": 0}


def test_a_change_begins_at_a_part_of_the_map():
    with pytest.raises(InputError, match="'7', which is no part"):
        ripple(SystemMap(parts(2)), ["7"])
    with pytest.raises(InputError, match="1 or more"):
        ripple(SystemMap(parts(2)), ["0"], draws=0)


def test_the_same_seed_gives_the_same_and_another_one_something_else():
    drawn = large_map(12, 30)
    assert ripple(drawn, ["0"]) == ripple(drawn, ["0"])
    assert ripple(drawn, ["0"], seed=2) != ripple(drawn, ["0"])


@pytest.mark.timed
def test_the_largest_map_takes_no_longer_than_a_blink():
    drawn = large_map(150, 600)
    ripple(drawn, ["0"])
    took = []
    for _ in range(5):
        begun = time.process_time()  # other tests run beside it
        ripple(drawn, ["0"])
        took.append(time.process_time() - begun)
    assert min(took) < 0.05


# --------------------------------------------------------------------------- chains


@given(any_map())
def test_the_strongest_chain_is_the_best_of_all_ways(drawn):
    chances = {link.ends: link.chance or 0.0 for link in drawn.links}
    signs = {link.ends: link.sign for link in drawn.links}
    best = {}
    waiting = [(("0",), 1.0)]
    while waiting:
        way, chance = waiting.pop()
        best[way[-1]] = max(best.get(way[-1], 0.0), chance)
        for (a, b), passes in chances.items():
            if a == way[-1] and b not in way and passes:
                waiting.append(((*way, b), chance * passes))
    found = strongest_chains(drawn, ["0"])
    assert {part: chain.chance for part, chain in found.items()} == pytest.approx(
        {part: chance for part, chance in best.items() if part != "0" and chance}
    )
    for part, chain in found.items():
        assert (chain.parts[0], chain.parts[-1]) == ("0", part)
        sign = 1
        for ends in zip(chain.parts, chain.parts[1:], strict=False):
            sign *= signs[ends]
        assert chain.sign == sign


@given(any_map())
def test_no_chain_is_likelier_than_its_last_part(drawn):
    chances = ripple(drawn, ["0"]).chances
    for part, chain in strongest_chains(drawn, ["0"]).items():
        assert chain.chance <= chances[part] + 1e-12


# --------------------------------------------------------------------------- helps and harms


def test_blocks_are_helped_harmed_or_unsure():
    drawn = SystemMap(
        parts(7),
        links(
            ("0", "1", 0.5), ("1", "2", 0.5, -1), ("2", "3", 0.1, -1), ("0", "4", 0.2, 0),
            ("0", "5", 0.3), ("2", "5", 0.3), ("0", "6", 0.0),
        ),
    )  # fmt: skip
    assert effects(drawn, ["0"]) == {"1": 1, "2": -1, "3": 1, "4": 0, "5": 0}
    told = {it.block: (it.helps, it.harms, it.unsure) for it in by_block(drawn, ["0"])}
    assert told == {
        "processes": (("1",), (), ()),
        "information": ((), ("2",), ()),
        "technology": (("3",), (), ()),
        "governance": ((), (), ("4",)),
        "infrastructure": ((), (), ("5",)),
    }


@given(any_map())
def test_what_a_change_does_follows_from_the_signs_of_all_ways(drawn):
    """Ways of up to twice as many links as parts: each state (part, sign) is reached by then."""
    ways = {("0", 1)}
    steps = {(it.source, it.target, it.sign) for it in drawn.links if it.chance != 0}
    for _ in range(3 * len(drawn.parts)):
        ways |= {(b, sign * s) for a, b, s in steps for part, sign in ways if part == a}
    told = {part: {sign for it, sign in ways if it == part} for part, _ in ways if part != "0"}
    expected = {part: signs.pop() if len(signs) == 1 else 0 for part, signs in told.items()}
    assert effects(drawn, ["0"]) == expected


def test_a_link_without_a_chance_has_its_effect_and_one_that_never_passes_on_has_none():
    drawn = SystemMap(parts(3), (MapLink("0", "1", -1), MapLink("0", "2", 1, 0.0)))
    assert effects(drawn, ["0"]) == {"1": -1}
