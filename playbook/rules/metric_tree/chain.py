"""The chain: its three steps, its links, and how well they are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from playbook.analysis.metric_tree import Node, Tree
from playbook.analysis.metric_tree.what_if import lag_weeks
from playbook.rules import Case, Hit
from playbook.rules.metric_tree.shared import (
    STEPS,
    about,
    lacking,
    links_in,
    measures_in,
    named,
    nameless,
    sheet_rule,
    tree_in,
)

# --------------------------------------------------------------------------- the chain


@sheet_rule(
    "MET-03",
    raises=(*(f"no_{level}" for level in STEPS), "unnamed", "circle", "same_name"),
)
def three_steps(case: Case) -> Iterator[Hit]:
    """A metric without a name is told of, but where its whole step has none."""
    tree = tree_in(case)
    open_steps = [level for level in STEPS if not named(tree, level)]
    yield from (Hit(f"no_{level}", ("name",)) for level in open_steps)
    if beside := [node for node in nameless(tree) if node.level not in open_steps]:
        yield Hit("unnamed", ("name",), {"count": len(beside)})
    for cycle in tree.cycles:
        yield from about("circle", (tree.nodes[row] for row in cycle), "parent")
    names = Counter(node.name.casefold() for node in named(tree))
    twice = {node.name.casefold(): node for node in named(tree) if names[node.name.casefold()] > 1}
    yield from about("same_name", twice.values(), "name")


def _reaches_money(tree: Tree, node: Node) -> bool:
    """Whether the metrics above lead to a financial one that has a name."""
    path = tree.financial_path(node.id)
    return bool(path) and bool(path[-1].name)


@sheet_rule("MET-04", raises=("no_path", "loose", "beside", "reaches"))
def a_way_to_the_money(case: Case) -> Iterator[Hit]:
    """It fails only where all three steps are named and stay apart."""
    tree = tree_in(case)
    measures = named(tree, "frontline")
    lost = [node for node in measures if not _reaches_money(tree, node)]
    if lost and len(lost) < len(measures):
        yield from about("loose", lost, "parent")
    elif lost and all(named(tree, level) for level in STEPS):
        yield from about("no_path", lost, "parent", "name")
    elif not lost:
        yield from about("reaches", measures, "parent")
    if named(tree, "operating"):
        found = (node for node in measures if node not in lost)
        passing = {step.id for step in named(tree, "operating")}
        around = (it for it in found if passing.isdisjoint(up.id for up in tree.path(it.id)))
        yield from about("beside", around, "parent")


@sheet_rule("MET-05", raises=("no_money",))
def the_operating_metric_drives_money(case: Case) -> Iterator[Hit]:
    tree = tree_in(case)
    if named(tree, "financial"):
        lost = (n for n in named(tree, "operating") if not _reaches_money(tree, n))
        yield from about("no_money", lost, "parent")


# --------------------------------------------------------------------------- the links


@sheet_rule("MET-04", raises=("no_evidence", "no_reason"))
def every_link_has_evidence_and_a_reason(case: Case) -> Iterator[Hit]:
    """The reason is asked for once it is said how well the link is known."""
    links = links_in(tree_in(case))
    yield from lacking("no_evidence", links, "evidence")
    yield from lacking("no_reason", (n for n in links if "evidence" in n.answers), "because")


@sheet_rule("MET-04", raises=("all_hoped", "some_hoped", "founded"))
def how_well_the_links_are_known(case: Case) -> Iterator[Hit]:
    links = links_in(tree_in(case))
    hoped = [node for node in links if node.answered("evidence", "hoped")]
    if hoped:
        name = "all_hoped" if len(hoped) == len(links) else "some_hoped"
        yield from about(name, hoped, "evidence")
    elif all("evidence" in node.answers for node in links):
        yield from about("founded", links, "evidence")


@sheet_rule("MET-04", raises=("against", "perhaps_nothing"))
def the_effect_is_positive(case: Case) -> Iterator[Hit]:
    """By the person's own estimates, and counted in the direction that is good at both ends."""
    tree = tree_in(case)
    against, nothing = [], []
    for node in named(tree, "frontline"):
        above = tree.nodes.get(node.parent or "")
        if above is None or above.computed or node.elasticity is None:
            continue
        low, base, high = (node.sense * above.sense * end for end in node.elasticity)
        if base < 0:
            against.append(node)
        elif min(low, high) <= 0:
            nothing.append(node)
    yield from about("against", against, "elasticity", "direction")
    yield from about("perhaps_nothing", nothing, "elasticity_low")


@sheet_rule("MET-04", raises=("slow",))
def the_effect_shows_within_the_pilot(case: Case) -> Iterator[Hit]:
    tree, pilot = tree_in(case), case.thresholds["pilot_weeks"]
    weeks = max((lag_weeks(tree, node.id) for node in measures_in(case)), default=0)
    if weeks > pilot:
        yield Hit("slow", ("lag_weeks",), {"weeks": f"{weeks:g}", "pilot": f"{pilot:g}"})


@sheet_rule("APP-06", raises=("impatient",))
def leaders_wait_for_the_effect(case: Case) -> Iterator[Hit]:
    """The zoom-out asks how long leaders wait; here stands how long the money takes."""
    tree, patience = tree_in(case), case.carried.get("patience_weeks")
    weeks = max((lag_weeks(tree, node.id) for node in measures_in(case)), default=0)
    if isinstance(patience, str) and weeks > float(patience):
        values = {"result": f"{weeks:g}", "patience": f"{float(patience):g}"}
        yield Hit("impatient", ("lag_weeks",), values)


@sheet_rule("MET-04", raises=("no_test", "no_link", "untested", "to_be_tested"))
def the_weakest_link_is_tested(case: Case) -> Iterator[Hit]:
    """A test that is done shows in the link's evidence: measured."""
    if case.answered("tested", "no"):
        yield Hit("no_test", ("tested",))
    row, day = case.get("weakest"), case.day("test_by")
    if row is None:
        return
    link = tree_in(case).nodes.get(row)
    if link is None or link.parent is None:
        yield Hit("no_link", ("weakest",))
    elif day and day < case.today and not link.answered("evidence", "measured"):
        yield Hit("untested", ("test_by",), {"link": link.label, "days": (case.today - day).days})
    elif day and case.get("test") and case.get("tester"):
        yield Hit("to_be_tested", ("tested", "weakest", "tester", "test_by"), {"link": link.label})
