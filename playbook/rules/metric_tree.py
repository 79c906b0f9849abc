"""The metric tree sheet's rules: does what a group can move reach the money?

Questions are named as in content/sheets/metric_tree.toml, whose `messages` hold words and weights.
What is worked out on the tree is in analysis/metric_tree. A rule speaks once for all metrics it
concerns: {metrics} in a message are their names, for quotation marks around them all.

The chain is a table without candidates, so what is missing in it is found here, names first. What
is not named yet is missing and never wrong: no rule judges a link whose upper end has no name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from playbook.analysis.metric_tree import Node, Tree, tree_of
from playbook.analysis.metric_tree.evaluate import stated, values
from playbook.analysis.metric_tree.uncertainty import monte_carlo, noticed
from playbook.analysis.metric_tree.what_if import lag_weeks
from playbook.model import Value
from playbook.rules import Case, Hit, Number, rule
from playbook.worksheet.figures import figure, percent, whole_percent
from playbook.worksheet.time_series import WEEK

STEPS = ("financial", "operating", "frontline")
NAMES_SHOWN = 4

sheet_rule = partial(rule, scope="sheet")

Row = Mapping[str, Value]


def _tree(case: Case) -> Tree:
    return case.once(_read_tree)


def _read_tree(case: Case) -> Tree:
    return tree_of(case.row_ids.get("nodes", ()), case.rows.get("nodes", ()))


def _named(tree: Tree, *levels: str) -> tuple[Node, ...]:
    """The metrics that have a name, of these levels (of any when none is given)."""
    nodes = (node for node in tree.nodes.values() if node.name)
    return tuple(node for node in nodes if not levels or node.level in levels)


def _nameless(tree: Tree) -> list[Node]:
    """The metrics of which something is said, but no name."""
    return [n for n in tree.nodes.values() if not n.name and (n.answers or n.children)]


def _measures(case: Case) -> tuple[Node, ...]:
    """What the group is to move."""
    return _named(_tree(case), "frontline")


def _links(tree: Tree) -> tuple[Node, ...]:
    """The metrics that move another one, both with a name: each stands for its link to that one."""
    return tuple(node for node in _named(tree) if node.parent and tree.nodes[node.parent].name)


def _about(name: str, nodes: Iterable[Node], *questions: str) -> Iterator[Hit]:
    """A hit that names these metrics; none when there are none."""
    names = [node.name for node in nodes]
    if names:
        shown = [*names[:NAMES_SHOWN], "…"] if len(names) > NAMES_SHOWN else names
        yield Hit(name, questions, {"metrics": "”, “".join(shown), "count": len(names)})


def _lacking(name: str, nodes: Iterable[Node], question: str) -> Iterator[Hit]:
    """A hit about the metrics for which `question` has no answer."""
    yield from _about(name, (node for node in nodes if question not in node.answers), question)


def _filled(case: Case, table: str) -> list[Row]:
    """The rows of `table` in which anything is said."""
    return [row for row in case.rows.get(table, ()) if row]


def _lacks(rows: Iterable[Row], *questions: str) -> tuple[str, ...]:
    """Those of `questions` that at least one of the rows leaves open."""
    rows = list(rows)
    return tuple(question for question in questions if any(question not in row for row in rows))


def _day(row: Row, question: str) -> date | None:
    value = row.get(question)
    return date.fromisoformat(value) if isinstance(value, str) else None


# --------------------------------------------------------------------------- the chain


@sheet_rule("MET-03", raises=(*(f"no_{level}" for level in STEPS), "unnamed", "circle"))
def three_steps(case: Case) -> Iterator[Hit]:
    """A metric without a name is told of, but where its whole step has none."""
    tree = _tree(case)
    open_steps = [level for level in STEPS if not _named(tree, level)]
    yield from (Hit(f"no_{level}", ("name",)) for level in open_steps)
    if beside := [node for node in _nameless(tree) if node.level not in open_steps]:
        yield Hit("unnamed", ("name",), {"count": len(beside)})
    for cycle in tree.cycles:
        yield from _about("circle", (tree.nodes[row] for row in cycle), "parent")


def _reaches_money(tree: Tree, node: Node) -> bool:
    """Whether the metrics above lead to a financial one that has a name."""
    path = tree.financial_path(node.id)
    return bool(path) and bool(path[-1].name)


@sheet_rule("MET-04", raises=("no_path", "loose", "beside", "reaches"))
def a_way_to_the_money(case: Case) -> Iterator[Hit]:
    """It fails only where all three steps are named and stay apart."""
    tree = _tree(case)
    measures = _named(tree, "frontline")
    lost = [node for node in measures if not _reaches_money(tree, node)]
    if lost and len(lost) < len(measures):
        yield from _about("loose", lost, "parent")
    elif lost and all(_named(tree, level) for level in STEPS):
        yield from _about("no_path", lost, "parent", "name")
    elif not lost:
        yield from _about("reaches", measures, "parent")
    if _named(tree, "operating"):
        found = (node for node in measures if node not in lost)
        passing = {step.id for step in _named(tree, "operating")}
        around = (it for it in found if passing.isdisjoint(up.id for up in tree.path(it.id)))
        yield from _about("beside", around, "parent")


@sheet_rule("MET-05", raises=("no_money",))
def the_operating_metric_drives_money(case: Case) -> Iterator[Hit]:
    tree = _tree(case)
    if _named(tree, "financial"):
        lost = (n for n in _named(tree, "operating") if not _reaches_money(tree, n))
        yield from _about("no_money", lost, "parent")


# --------------------------------------------------------------------------- the links


@sheet_rule("MET-04", raises=("no_evidence", "no_reason"))
def every_link_has_evidence_and_a_reason(case: Case) -> Iterator[Hit]:
    """The reason is asked for once it is said how well the link is known."""
    links = _links(_tree(case))
    yield from _lacking("no_evidence", links, "evidence")
    yield from _lacking("no_reason", (n for n in links if "evidence" in n.answers), "because")


@sheet_rule("MET-04", raises=("all_hoped", "some_hoped", "founded"))
def how_well_the_links_are_known(case: Case) -> Iterator[Hit]:
    links = _links(_tree(case))
    hoped = [node for node in links if node.answered("evidence", "hoped")]
    if hoped:
        name = "all_hoped" if len(hoped) == len(links) else "some_hoped"
        yield from _about(name, hoped, "evidence")
    elif all("evidence" in node.answers for node in links):
        yield from _about("founded", links, "evidence")


@sheet_rule("MET-04", raises=("against", "perhaps_nothing"))
def the_effect_is_positive(case: Case) -> Iterator[Hit]:
    """By the person's own estimates, and counted in the direction that is good at both ends."""
    tree = _tree(case)
    against, nothing = [], []
    for node in _named(tree, "frontline"):
        above = tree.nodes.get(node.parent or "")
        if above is None or above.computed or node.elasticity is None:
            continue
        low, base, high = (node.sense * above.sense * end for end in node.elasticity)
        if base < 0:
            against.append(node)
        elif min(low, high) <= 0:
            nothing.append(node)
    yield from _about("against", against, "elasticity", "direction")
    yield from _about("perhaps_nothing", nothing, "elasticity_low")


@sheet_rule("MET-04", raises=("slow",))
def the_effect_shows_within_the_pilot(case: Case) -> Iterator[Hit]:
    tree, pilot = _tree(case), case.thresholds["pilot_weeks"]
    weeks = max((lag_weeks(tree, node.id) for node in _measures(case)), default=0)
    if weeks > pilot:
        yield Hit("slow", ("lag_weeks",), {"weeks": f"{weeks:g}", "pilot": f"{pilot:g}"})


@sheet_rule("APP-06", raises=("impatient",))
def leaders_wait_for_the_effect(case: Case) -> Iterator[Hit]:
    """The zoom-out asks how long leaders wait; here stands how long the money takes."""
    tree, patience = _tree(case), case.carried.get("patience_weeks")
    weeks = max((lag_weeks(tree, node.id) for node in _measures(case)), default=0)
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
    link = _tree(case).nodes.get(row)
    if link is None or link.parent is None:
        yield Hit("no_link", ("weakest",))
    elif day and day < case.today and not link.answered("evidence", "measured"):
        yield Hit("untested", ("test_by",), {"link": link.label, "days": (case.today - day).days})
    elif day and case.get("test") and case.get("tester"):
        yield Hit("to_be_tested", ("tested", "weakest", "tester", "test_by"), {"link": link.label})


# --------------------------------------------------------------------------- would it count?

RESULT = ("result_low_percent", "result_likely_percent", "result_high_percent")
NOTICED = {"yes": "moves", "perhaps": "perhaps", "no": "short", "worse": "worse"}


@sheet_rule("MET-13", raises=("noticed_yes", "noticed_partly", "noticed_no"))
def leaders_would_notice(case: Case) -> Iterator[Hit]:
    if case.answered("noticed", "yes", "partly", "no"):
        yield Hit(f"noticed_{case.get('noticed')}", ("noticed",))


@sheet_rule(
    "MET-13",
    raises=(*NOTICED.values(), "estimate", "lost"),
    numbers=(*RESULT, "noticed_percent"),
)
def the_result_moves_enough(case: Case) -> Iterator[Hit | Number]:
    """From today to what is wanted of the measures, followed up to the money."""
    tree, notice_at = _tree(case), case.number("notice_at")
    top, plans = tree.root, tree.plans
    if top is None or top.level != "financial" or not plans:
        return
    found = monte_carlo(tree, top.id, plans)
    if found.estimate is None:
        yield Hit("lost", ("elasticity", "now"))
        return
    for name, share in zip(RESULT, found.estimate, strict=True):
        yield Number(name, round(share * 100, 1))
    low, likely, high = map(percent, found.estimate)
    filled = {"low": low, "likely": likely, "high": high}
    limit = None if notice_at is None else notice_at / 100  # stored in per cent
    seen = noticed(found, top.sense, limit, case.thresholds)
    if limit is None or notice_at is None:
        yield Hit("worse" if seen == "worse" else "estimate", ("target", "notice_at"), filled)
        return
    chance = found.chance(limit, top.sense)
    yield Number("noticed_percent", round(chance * 100))
    filled |= {"notice": figure(notice_at), "chance": whole_percent(chance)}
    yield Hit(NOTICED[seen], ("target", "notice_at"), filled)


@sheet_rule("MET-06", raises=("misfit",), numbers=("misfits",))
def figures_fit_together(case: Case) -> Iterator[Hit | Number]:
    """Circles are told as such; a figure that is still missing is no misfit."""
    tree = _tree(case)
    if not stated(tree):
        return
    wrong = [it for it in values(tree).problems if it.key not in ("cycle", "missing")]
    yield Number("misfits", len(wrong))
    yield from _about("misfit", (tree.nodes[row] for row in {it.row: it for it in wrong}), "now")


@sheet_rule("MET-14", raises=("shown",))
def shown_to_be_pressing(case: Case) -> Iterator[Hit]:
    if case.get("pressing_evidence"):
        yield Hit("shown", ("pressing_evidence",))


@sheet_rule("MET-02", raises=("one_sided", "apart"))
def the_last_round(case: Case) -> Iterator[Hit]:
    for row in _filled(case, "rounds")[-1:]:
        if missing := _lacks([row], "pressing", "influence"):
            yield Hit("one_sided", missing)
        if "round_left" in row:
            yield Hit("apart", ("round_left",), {"left": row["round_left"]})


# --------------------------------------------------------------------------- frontline measures


@sheet_rule("MET-09", raises=("single", "few", "five", "many"))
def only_a_few(case: Case) -> Iterator[Hit]:
    """A measure whose name is missing may be the second one, so a single one is told of without."""
    measures, limits = _measures(case), case.thresholds
    if len(measures) < limits["measures_least"]:
        name = "single"
        if any(node.level == "frontline" for node in _nameless(_tree(case))):
            return
    elif len(measures) <= limits["measures_aim"]:
        name = "few"
    else:
        name = "five" if len(measures) <= limits["measures_most"] else "many"
    yield from _about(name, measures, "name")


@sheet_rule("MET-09", raises=("not_theirs", "theirs"))
def in_the_hands_of_the_group(case: Case) -> Iterator[Hit]:
    if case.answered("in_hands", "partly", "no"):
        yield Hit("not_theirs", ("in_hands", "not_alone"))
    elif case.answered("in_hands", "yes"):
        yield Hit("theirs", ("in_hands",))


@sheet_rule("MET-11", raises=("output",))
def more_than_output(case: Case) -> Iterator[Hit]:
    counted = (node for node in _measures(case) if node.answered("output_only", "yes", "partly"))
    yield from _about("output", counted, "output_only")


def _comes_rarely(node: Node) -> bool:
    """Whether its figures are mostly more than a week apart."""
    return (node.series.typical_gap() or 0) > WEEK.days


@sheet_rule("MET-08", raises=("monthly", "not_weekly", "slow", "sparse", "leading"))
def leading_indicators(case: Case) -> Iterator[Hit]:
    """What is said of all measures decides; what the tree says of one of them only warns."""
    measures = _measures(case)
    slow = [node for node in measures if node.answered("refresh", "monthly", "slower")]
    sparse = [node for node in measures if node not in slow and _comes_rarely(node)]
    if case.answered("rhythm", "monthly"):
        yield Hit("monthly", ("rhythm",))
    elif case.answered("rhythm", "some", "fortnightly"):
        yield Hit("not_weekly", ("rhythm",))
    else:
        yield from _about("slow", slow, "refresh")
    yield from _about("sparse", sparse, "data", "refresh")
    if case.answered("rhythm", "weekly") and not slow and not sparse:
        yield Hit("leading", ("rhythm",))


@sheet_rule("MET-08", raises=("old",))
def figures_are_fresh(case: Case) -> Iterator[Hit]:
    def is_old(node: Node) -> bool:
        refresh = str(node.answers.get("refresh", ""))
        return node.series.is_stale(refresh, case.today, case.thresholds)

    old = (node for node in _named(_tree(case)) if is_old(node))
    yield from _about("old", old, "data")


@sheet_rule("GAP-20", raises=("no_baseline",))
def where_it_stands_today(case: Case) -> Iterator[Hit]:
    """Of the chain's three steps; what is worked out from other metrics needs no figure."""
    steps = (node for node in _named(_tree(case), *STEPS) if not node.computed)
    yield from _lacking("no_baseline", steps, "now")


@sheet_rule("GAP-20", raises=("late",))
def the_past_twelve_weeks(case: Case) -> Iterator[Hit]:
    """They are overdue when somebody promised them by a day that has passed."""
    enough = case.thresholds["past_weeks"]
    lacking = [node for node in _measures(case) if len(node.series.weekly()) < enough]
    days = {node.id: _day(node.answers, "past_by") for node in lacking}
    late = (node for node in lacking if (days[node.id] or case.today) < case.today)
    yield from _about("late", late, "past_by")


@sheet_rule("WS-062", raises=("no_target", "defined"))
def measurable_and_somebodys(case: Case) -> Iterator[Hit]:
    measures = _measures(case)
    yield from _lacking("no_target", measures, "target")
    if all({"unit", "owner", "target"} <= node.answers.keys() for node in measures):
        yield from _about("defined", measures, "unit", "owner", "target")


# --------------------------------------------------------------------------- what surrounds it


@sheet_rule("MET-10", raises=("no_end", "over", "agreed"))
def relaxed_with_an_end(case: Case) -> Iterator[Hit]:
    rows = _filled(case, "relaxed")
    loose = _lacks(rows, "relaxed_until", "relaxed_sponsor")
    over = [row for row in rows if (_day(row, "relaxed_until") or case.today) < case.today]
    if loose:
        yield Hit("no_end", loose)
    if over:
        names = "”, “".join(str(row.get("relaxed_what", "…")) for row in over)
        yield Hit("over", ("relaxed_until",), {"metrics": names})
    if rows and not loose and not over:
        yield Hit("agreed", ("relaxed_until", "relaxed_sponsor"))


@sheet_rule("MET-04", raises=("seal", "blind", "due"))
def sealed_predictions(case: Case) -> Iterator[Hit]:
    sealed = [row for row in _filled(case, "predictions") if "sealed_on" in row]
    if not sealed and _links(_tree(case)):
        yield Hit("seal", ("expects", "sealed_on"))
    if blind := _lacks(sealed, "link", "by_when"):
        yield Hit("blind", blind)
    shut = [row for row in sealed if "opened_on" not in row and "happened" not in row]
    due = [row for row in shut if (_day(row, "by_when") or date.max) <= case.today]
    if due:
        yield Hit("due", ("opened_on", "happened"), {"count": len(due)})
