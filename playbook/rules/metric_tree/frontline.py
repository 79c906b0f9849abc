"""What the group moves itself: how many, in whose hands, how often seen, from where to where."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.analysis.metric_tree import Node
from playbook.rules import Case, Hit
from playbook.rules.metric_tree.shared import (
    STEPS,
    about,
    day_in,
    lacking,
    measures_in,
    named,
    nameless,
    sheet_rule,
    tree_in,
)
from playbook.worksheet.time_series import WEEK


@sheet_rule("MET-09", raises=("single", "few", "five", "many"))
def only_a_few(case: Case) -> Iterator[Hit]:
    """A measure whose name is missing may be the second one, so a single one is told of without."""
    measures, limits = measures_in(case), case.thresholds
    if len(measures) < limits["measures_least"]:
        name = "single"
        if any(node.level == "frontline" for node in nameless(tree_in(case))):
            return
    elif len(measures) <= limits["measures_aim"]:
        name = "few"
    else:
        name = "five" if len(measures) <= limits["measures_most"] else "many"
    yield from about(name, measures, "name")


@sheet_rule("MET-09", raises=("not_theirs", "theirs"))
def in_the_hands_of_the_group(case: Case) -> Iterator[Hit]:
    if case.answered("in_hands", "partly", "no"):
        yield Hit("not_theirs", ("in_hands", "not_alone"))
    elif case.answered("in_hands", "yes"):
        yield Hit("theirs", ("in_hands",))


@sheet_rule("MET-11", raises=("output",))
def more_than_output(case: Case) -> Iterator[Hit]:
    counted = (node for node in measures_in(case) if node.answered("output_only", "yes", "partly"))
    yield from about("output", counted, "output_only")


def _comes_rarely(node: Node) -> bool:
    """Whether its figures are mostly more than a week apart."""
    return (node.series.typical_gap() or 0) > WEEK.days


@sheet_rule("MET-08", raises=("monthly", "not_weekly", "slow", "sparse", "leading"))
def leading_indicators(case: Case) -> Iterator[Hit]:
    """What is said of all measures decides; what the tree says of one of them only warns."""
    measures = measures_in(case)
    slow = [node for node in measures if node.answered("refresh", "monthly", "slower")]
    sparse = [node for node in measures if node not in slow and _comes_rarely(node)]
    if case.answered("rhythm", "monthly"):
        yield Hit("monthly", ("rhythm",))
    elif case.answered("rhythm", "some", "fortnightly"):
        yield Hit("not_weekly", ("rhythm",))
    else:
        yield from about("slow", slow, "refresh")
    yield from about("sparse", sparse, "data", "refresh")
    if case.answered("rhythm", "weekly") and not slow and not sparse:
        yield Hit("leading", ("rhythm",))


@sheet_rule("MET-08", raises=("old",))
def figures_are_fresh(case: Case) -> Iterator[Hit]:
    def is_old(node: Node) -> bool:
        refresh = str(node.answers.get("refresh", ""))
        return node.series.is_stale(refresh, case.today, case.thresholds)

    old = (node for node in named(tree_in(case)) if is_old(node))
    yield from about("old", old, "data")


@sheet_rule("GAP-20", raises=("no_baseline",))
def where_it_stands_today(case: Case) -> Iterator[Hit]:
    """Of the chain's three steps; what is worked out from other metrics needs no figure."""
    steps = (node for node in named(tree_in(case), *STEPS) if not node.computed)
    yield from lacking("no_baseline", steps, "now")


@sheet_rule("GAP-20", raises=("late",))
def the_past_twelve_weeks(case: Case) -> Iterator[Hit]:
    """They are overdue when somebody promised them by a day that has passed."""
    enough = case.thresholds["past_weeks"]
    lacking = [node for node in measures_in(case) if len(node.series.weekly()) < enough]
    days = {node.id: day_in(node.answers, "past_by") for node in lacking}
    late = (node for node in lacking if (days[node.id] or case.today) < case.today)
    yield from about("late", late, "past_by")


@sheet_rule("WS-062", raises=("no_unit",))
def figures_have_a_unit(case: Case) -> Iterator[Hit]:
    steps = (node for node in named(tree_in(case), *STEPS) if node.now is not None)
    yield from about("no_unit", (node for node in steps if not node.unit), "now", "unit")


@sheet_rule("WS-062", raises=("no_target", "no_change", "backwards", "defined"))
def measurable_and_somebodys(case: Case) -> Iterator[Hit]:
    """A measure may stay where it is, as a guard, while another one is to change."""
    measures = measures_in(case)
    yield from lacking("no_target", measures, "target")
    wanted = [n for n in measures if n.now is not None and n.target is not None]
    if len(wanted) == len(measures) and all(n.target == n.now for n in wanted):
        yield from about("no_change", wanted, "target")
    worse = (n for n in wanted if "direction" in n.answers and _gain(n) < 0)
    yield from about("backwards", worse, "target", "direction")
    if all({"unit", "owner", "target"} <= node.answers.keys() for node in measures):
        yield from about("defined", measures, "unit", "owner", "target")


def _gain(node: Node) -> float:
    """How far what is wanted lies beyond today, in the direction that is good."""
    return node.sense * ((node.target or 0) - (node.now or 0))
