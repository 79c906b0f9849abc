"""The shape of a map: reach by powers of a matrix, clusters and order by hand."""

import numpy as np
import pytest
from hypothesis import given

from playbook.analysis.work_system.dependency import structure, without
from playbook.analysis.work_system.system_map import SystemMap
from tests.analysis.work_system.maps import any_map, large_map, links, parts

pytestmark = pytest.mark.row("WS-039")


def visibility(drawn):
    """Who reaches whom, itself included, by powers of the matrix of links."""
    place = {part.id: at for at, part in enumerate(drawn.parts)}
    steps = np.eye(len(place), dtype=int)
    for link in drawn.links:
        steps[place[link.source], place[link.target]] = 1
    return np.linalg.matrix_power(steps.astype(object), len(place)) > 0


@given(any_map())
def test_change_cost_is_the_share_of_pairs_that_a_change_reaches(drawn):
    seen = visibility(drawn)
    found = structure(drawn)
    assert found.change_cost == pytest.approx(float(seen.mean()))
    assert list(found.reaches.values()) == [int(line.sum()) - 1 for line in seen]


@given(any_map())
def test_every_part_is_in_one_cluster_and_once_in_the_order(drawn):
    found = structure(drawn)
    ids = [part.id for part in drawn.parts]
    assert sorted(part for parts_ in found.clusters for part in parts_) == sorted(ids)
    assert sorted(found.order) == sorted(ids)
    cluster = {part: at for at, parts_ in enumerate(found.clusters) for part in parts_}
    across = [link for link in drawn.links if cluster[link.source] != cluster[link.target]]
    assert list(found.across) == across
    if drawn.links:
        assert found.coupling == pytest.approx(len(across) / len(drawn.links))


@given(any_map())
def test_links_lead_back_only_among_parts_that_hang_on_each_other(drawn):
    found, seen = structure(drawn), visibility(drawn)
    place = {part.id: at for at, part in enumerate(drawn.parts)}
    for link in found.back(drawn.links):
        assert seen[place[link.target], place[link.source]]
        assert any({link.source, link.target} <= {*round_} for round_ in found.rounds)


def test_two_modules_with_one_interface():
    """Two triangles and one link between them."""
    ring = [("0", "1"), ("1", "2"), ("2", "0"), ("3", "4"), ("4", "5"), ("5", "3"), ("2", "3")]
    drawn = SystemMap(parts(6), links(*((a, b, 0.5) for a, b in ring)))
    found = structure(drawn)
    assert found.clusters == (("0", "1", "2"), ("3", "4", "5"))
    assert [link.ends for link in found.across] == [("2", "3")]
    assert found.coupling == pytest.approx(1 / 7)
    assert found.change_cost == pytest.approx((3 * 6 + 3 * 3) / 36)
    assert found.rounds == (("0", "1", "2"), ("3", "4", "5"))
    apart = without(drawn, ["3"])
    assert structure(apart).change_cost == pytest.approx((9 + 2 + 1) / 25)


def test_a_chain_is_put_in_order_and_nothing_leads_back():
    drawn = SystemMap(parts(4), links(("3", "1", None), ("1", "0", 0.5), ("0", "2", 0.1, -1)))
    found = structure(drawn)
    assert found.order == ("3", "1", "0", "2")
    assert found.rounds == found.back(drawn.links) == ()


def test_a_map_without_links_or_parts_has_no_shares():
    assert structure(SystemMap()).change_cost is None
    alone = structure(SystemMap(parts(3)))
    assert (alone.change_cost, alone.coupling) == (pytest.approx(1 / 3), None)
    assert alone.clusters == (("0",), ("1",), ("2",))


def test_the_largest_map_is_told_the_same_each_time():
    drawn = large_map(150, 600)
    assert structure(drawn) == structure(drawn)
