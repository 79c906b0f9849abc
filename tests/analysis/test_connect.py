"""Connections as a network: every measure worked out a second way, by matrix or by hand."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.connect import RINGS, Network, Node, codes_in, network_of

CODES = ["H01", "H02", "H03", "H04", "H05", "H06"]
PARTNERS = ["The lab", "Families", "The pharmacy", ""]
codes = st.lists(st.sampled_from(CODES), max_size=3, unique=True).map(", ".join)
row = st.fixed_dictionaries(
    {},
    optional={
        "partner": st.sampled_from(PARTNERS),
        "kind": st.sampled_from(RINGS),
        "tie": st.sampled_from(["strong", "weak", "dont_know"]),
        "hours": st.integers(0, 40).map(str),
        "member": codes,
        "with_code": codes,
        "led_by": st.sampled_from(["member", "supervisor", "leader", "nobody", "dont_know"]),
    },
)
rows = st.lists(row, max_size=9)
group = st.fixed_dictionaries({"members": codes})


def nodes_of(network: Network) -> list[Node]:
    return sorted({node for pair in network.pairs for node in pair})


def reachable(network: Network, without: frozenset[Node] | None = None) -> Any:
    """Who reaches whom, by powers of the matrix of links; `without` is a link that is left out."""
    nodes = nodes_of(network)
    place = {node: at for at, node in enumerate(nodes)}
    links = np.eye(len(nodes), dtype=bool)
    for pair in network.pairs - {without}:
        one, other = (place[node] for node in pair)
        links[one, other] = links[other, one] = True
    reach = links
    for _ in nodes:
        reach = (reach.astype(int) @ links.astype(int)) > 0
    return reach


@given(rows)
def test_parts_are_those_that_reach_each_other(told: list[dict[str, str]]) -> None:
    network = network_of(told)
    assert network.parts == len({tuple(line) for line in reachable(network).tolist()})


@given(rows)
def test_an_only_link_parts_two_sides_of_two_when_it_is_left_out(
    told: list[dict[str, str]],
) -> None:
    network, only = network_of(told), 0
    nodes = nodes_of(network)
    for pair in network.pairs:
        one, other = (nodes.index(node) for node in pair)
        reach = reachable(network, pair)
        apart = not reach[one, other]
        only += bool(apart and min(reach[one].sum(), reach[other].sum()) >= 2)
    assert network.only_links == only


@given(rows)
def test_shares_are_counts_of_rows(told: list[dict[str, str]]) -> None:
    network, said = network_of(told), [one for one in told if one]
    weak = sum(one.get("tie") == "weak" for one in said)
    strong = sum(one.get("tie") == "strong" for one in said)
    assert network.loose_share == (weak / (weak + strong) if weak + strong else None)
    placed = [one["kind"] for one in said if "kind" in one]
    outward = sum(kind != "within" for kind in placed)
    assert network.outward_share == (pytest.approx(outward / len(placed)) if placed else None)
    for ring in RINGS:
        mine = [one for one in said if one.get("kind") == ring]
        assert network.count(ring) == len(mine)
        hours = [float(one["hours"]) for one in mine if "hours" in one]
        assert network.hours(ring) == (sum(hours) if hours else None)


@given(rows, st.lists(group, max_size=4), st.randoms())
def test_the_order_of_rows_changes_nothing(
    told: list[dict[str, str]], groups: list[dict[str, str]], random: Any
) -> None:
    shuffled = random.sample(told, len(told))
    one, other = network_of(told, groups), network_of(shuffled, groups)
    assert (one.parts, one.only_links, one.group_pairs) == (
        other.parts,
        other.only_links,
        other.group_pairs,
    )
    assert (one.loose_share, one.outward_share, one.alone, one.groups_alone) == (
        other.loose_share,
        other.outward_share,
        other.alone,
        other.groups_alone,
    )


@given(rows, st.lists(group, max_size=4))
def test_who_is_alone_stands_in_no_row(
    told: list[dict[str, str]], groups: list[dict[str, str]]
) -> None:
    network = network_of(told, groups)
    text = " ".join(f"{one.get('member', '')} {one.get('with_code', '')}" for one in told)
    listed = {code for one in groups for code in codes_in(one["members"])}
    assert set(network.alone) == {code for code in listed if code not in text}


@given(rows, st.lists(group, max_size=4))
def test_pairs_of_groups_are_linked_by_a_member_of_each(
    told: list[dict[str, str]], groups: list[dict[str, str]]
) -> None:
    """Counted row by row, without the network's links."""
    lists = [mine for one in groups if (mine := set(codes_in(one["members"])))]

    def meet(one: set[str], other: set[str]) -> bool:
        for said in told:
            here, there = (set(codes_in(said.get(key))) for key in ("member", "with_code"))
            if any(
                a != b and ((a in one and b in other) or (a in other and b in one))
                for a in here
                for b in there
            ):
                return True
        return False

    pairs = list(combinations(lists, 2))
    assert network_of(told, groups).group_pairs == (sum(meet(*pair) for pair in pairs), len(pairs))


def test_a_small_picture_by_hand() -> None:
    """Two triangles and the bridge between them: two groups, one part, one link holds them."""
    told = [
        {"kind": "within", "tie": "strong", "member": "A1", "with_code": "A2, A3"},
        {"kind": "within", "tie": "strong", "member": "A2", "with_code": "A3"},
        {"kind": "within", "tie": "strong", "member": "B1", "with_code": "B2, B3"},
        {"kind": "within", "tie": "strong", "member": "b2", "with_code": "b3"},
        {"kind": "across", "tie": "weak", "member": "A3", "with_code": "B1", "led_by": "leader"},
        {"kind": "customers", "tie": "weak", "member": "A1", "partner": "Families", "hours": "3"},
    ]
    network = network_of(told, [{"members": "A1, A2, A3"}, {"members": "B1, B2, B3, B4"}])
    assert (network.parts, network.only_links) == (1, 1)
    assert network.loose_share == pytest.approx(2 / 6)
    assert network.outward_share == pytest.approx(2 / 6)
    assert network.brokered_share == 1.0
    assert network.group_pairs == (1, 1)
    assert (network.alone, network.groups_alone) == (("B4",), ())


def test_a_long_chain_of_people_is_walked_without_recursion() -> None:
    told = [{"member": f"P{at}", "with_code": f"P{at + 1}"} for at in range(3000)]
    network = network_of(told)
    assert (network.parts, network.only_links) == (1, 3000 - 2)


def test_codes_are_read_in_any_case_and_once() -> None:
    assert codes_in(" h05, H22; h05 ") == ("H05", "H22")
    assert codes_in(None) == codes_in("") == ()
