"""The metric tree sheet's rules: does what a group can move reach the money?

Questions are named as in content/sheets/metric_tree.toml, whose `messages` hold words and weights.
What is worked out on the tree is in analysis/metric_tree. A rule speaks once for all metrics it
concerns: {metrics} in a message are their names, for quotation marks around them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import pairwise
from statistics import median

from playbook.analysis.metric_tree import Node, Tree, tree_of
from playbook.analysis.metric_tree.evaluate import stated, values
from playbook.analysis.metric_tree.tree import points_of
from playbook.analysis.metric_tree.what_if import noticed, what_if
from playbook.model import Value
from playbook.rules import Case, Hit, Number, rule
from playbook.worksheet.series import WEEK, is_stale, weekly

JUDGE = ("group", "noticed", "weakest", "tester", "test_by")
"""What the first screen asks once, below the chain."""

STEPS = ("financial", "operating", "frontline")
WEAK = ("no", "partly")
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


def _measures(case: Case) -> tuple[Node, ...]:
    """What the group is to move."""
    return _named(_tree(case), "frontline")


def _links(tree: Tree) -> tuple[Node, ...]:
    """The metrics that move another one: each stands for its link to that one."""
    return tuple(node for node in _named(tree) if node.parent)


def _about(name: str, nodes: Iterable[Node], *questions: str) -> Iterator[Hit]:
    """A hit that names these metrics; none when there are none."""
    names = [node.name for node in nodes]
    if names:
        shown = [*names[:NAMES_SHOWN], "…"] if len(names) > NAMES_SHOWN else names
        yield Hit(name, questions, {"metrics": "”, “".join(shown), "count": len(names)})


def _unsaid(nodes: Iterable[Node], questions: Iterable[str]) -> dict[str, list[Node]]:
    """By question, the metrics of which nobody knows it yet; questions that all know left out."""
    nodes = list(nodes)
    lacking = {
        question: [node for node in nodes if node.answers.get(question) in (None, "dont_know")]
        for question in questions
    }
    return {question: found for question, found in lacking.items() if found}


def _open(name: str, nodes: Iterable[Node], questions: Iterable[str]) -> Iterator[Hit]:
    """One hit for all `questions` that are open at any of the metrics."""
    lacking = _unsaid(nodes, questions)
    concerned = {node.id: node for found in lacking.values() for node in found}
    yield from _about(name, concerned.values(), *lacking)


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


@sheet_rule("MET-03", raises=("blank",))
def nothing_said(case: Case) -> Iterator[Hit]:
    if not _named(_tree(case)) and not any(question in case.answers for question in JUDGE):
        yield Hit("blank", ("name",))


@sheet_rule("MET-03", raises=("no_financial", "no_operating", "no_frontline", "no_level"))
def three_steps(case: Case) -> Iterator[Hit]:
    tree = _tree(case)
    for level in STEPS:
        if not _named(tree, level):
            yield Hit(f"no_{level}", ("name",))
    yield from _about("no_level", _named(tree, ""), "level")


@sheet_rule("MET-03", raises=("circle",))
def circles(case: Case) -> Iterator[Hit]:
    tree = _tree(case)
    for cycle in tree.cycles:
        yield from _about("circle", (tree.nodes[row] for row in cycle), "parent")


def _reaches_money(tree: Tree, node: Node) -> bool:
    """Whether the metrics above lead to a financial one that has a name."""
    path = tree.financial_path(node.id)
    return bool(path) and bool(path[-1].name)


def _passes_operating(tree: Tree, node: Node) -> bool:
    return any(step.level == "operating" and step.name for step in tree.path(node.id))


@sheet_rule("MET-04", raises=("no_path", "loose", "beside", "reaches"))
def a_way_to_the_money(case: Case) -> Iterator[Hit]:
    """A lone measure is only begun: it fails once there is something above it to reach."""
    tree = _tree(case)
    measures = _named(tree, "frontline")
    lost = [node for node in measures if not _reaches_money(tree, node)]
    if lost and len(lost) < len(measures):
        yield from _about("loose", lost, "parent")
    elif lost and _named(tree, "financial", "operating", "other"):
        yield from _about("no_path", lost, "parent")
    elif not lost:
        yield from _about("reaches", measures, "parent")
    if _named(tree, "operating"):
        found = (node for node in measures if node not in lost)
        yield from _about("beside", (n for n in found if not _passes_operating(tree, n)), "parent")


@sheet_rule("MET-05", raises=("no_money",))
def the_operating_metric_drives_money(case: Case) -> Iterator[Hit]:
    tree = _tree(case)
    lost = (n for n in _named(tree, "operating") if not _reaches_money(tree, n))
    yield from _about("no_money", lost, "parent")


# --------------------------------------------------------------------------- the links


@sheet_rule("MET-04", raises=("no_reason",))
def every_link_has_a_reason(case: Case) -> Iterator[Hit]:
    yield from _open("no_reason", _links(_tree(case)), ("because",))


@sheet_rule("MET-04", raises=("no_evidence", "all_hoped", "some_hoped", "founded"))
def how_well_the_links_are_known(case: Case) -> Iterator[Hit]:
    links = _links(_tree(case))
    hoped = [node for node in links if node.answered("evidence", "hoped")]
    unsaid = [node for node in links if "evidence" not in node.answers]
    yield from _about("no_evidence", unsaid, "evidence")
    if hoped:
        name = "all_hoped" if len(hoped) == len(links) else "some_hoped"
        yield from _about(name, hoped, "evidence")
    elif not unsaid:
        yield from _about("founded", links, "evidence")


def _sense(node: Node) -> int:
    """1 when more of it is good, -1 when less is."""
    return -1 if node.answered("direction", "down") else 1


@sheet_rule("MET-04", raises=("against", "perhaps_nothing"))
def the_effect_is_positive(case: Case) -> Iterator[Hit]:
    """By the person's own estimates, and counted in the direction that is good at both ends."""
    tree = _tree(case)
    against, nothing = [], []
    for node in _named(tree, "frontline"):
        above = tree.nodes.get(node.parent or "")
        if above is None or above.computed or node.elasticity is None:
            continue
        low, base, high = (_sense(node) * _sense(above) * end for end in node.elasticity)
        if base < 0:
            against.append(node)
        elif min(low, high) <= 0:
            nothing.append(node)
    yield from _about("against", against, "elasticity", "direction")
    yield from _about("perhaps_nothing", nothing, "elasticity_low")


@sheet_rule("MET-04", raises=("unanswered",))
def still_to_answer(case: Case) -> Iterator[Hit]:
    if missing := tuple(question for question in JUDGE if question not in case.answers):
        yield Hit("unanswered", missing)


@sheet_rule("MET-04", raises=("no_link", "untested", "to_be_tested"))
def the_weakest_link_is_tested(case: Case) -> Iterator[Hit]:
    """A test that is done shows in the link's evidence: measured."""
    tree, row, day = _tree(case), case.get("weakest"), case.day("test_by")
    if row is None:
        return
    if row not in {node.id for node in _links(tree)}:
        yield Hit("no_link", ("weakest",))
        return
    link = tree.nodes[row]
    if day and day < case.today and not link.answered("evidence", "measured"):
        yield Hit("untested", ("test_by",), {"link": link.name, "days": (case.today - day).days})
    elif day and case.get("tester"):
        yield Hit("to_be_tested", ("weakest", "tester", "test_by"), {"link": link.name})


# --------------------------------------------------------------------------- would it count?

RESULT = ("result_low_percent", "result_base_percent", "result_high_percent")
NOTICED = ("noticed_yes", "noticed_partly", "noticed_no", "noticed_dont_know")


@sheet_rule("MET-13", raises=NOTICED)
def leaders_would_notice(case: Case) -> Iterator[Hit]:
    if answer := case.get("noticed"):
        yield Hit(f"noticed_{answer}", ("noticed",))


@sheet_rule("MET-13", raises=("moves", "perhaps", "short", "lost"), numbers=RESULT)
def the_result_moves_enough(case: Case) -> Iterator[Hit | Number]:
    """What the group plans for its measures, followed up to the money."""
    tree, notice_at = _tree(case), case.number("notice_at")
    top = tree.root
    plans = {node.id: node.plan for node in _named(tree, "frontline") if node.plan}
    if top is None or top.level != "financial" or not plans:
        return
    moved = what_if(tree, plans).moved[top.id]
    if moved is None:
        yield Hit("lost", ("elasticity", "now"))
        return
    ends = [round(share * 100, 1) for share in (moved.low, moved.base, moved.high)]
    yield from (Number(name, end) for name, end in zip(RESULT, ends, strict=True))
    if notice_at is not None:
        seen = noticed(moved, notice_at / 100)  # stored in per cent
        backwards = _sense(top) * moved.base < 0
        name = "short" if backwards else {"yes": "moves", "no": "short"}.get(seen, "perhaps")
        worst, best = sorted((ends[0], ends[-1]), key=lambda end: _sense(top) * end)
        filled = {"worst": f"{worst:+g}", "base": f"{ends[1]:+g}", "best": f"{best:+g}"}
        yield Hit(name, ("plan", "notice_at"), filled | {"notice": f"{notice_at:g}"})


@sheet_rule("MET-06", raises=("misfit",), numbers=("misfits",))
def figures_fit_together(case: Case) -> Iterator[Hit | Number]:
    """Circles are told as such; a figure that is still missing is no misfit."""
    tree = _tree(case)
    if not stated(tree):
        return
    wrong = [it for it in values(tree).problems if it.key not in ("cycle", "missing")]
    yield Number("misfits", len(wrong))
    yield from _about("misfit", (tree.nodes[row] for row in {it.row: it for it in wrong}), "now")


@sheet_rule("MET-14", raises=("unshown",))
def shown_to_be_pressing(case: Case) -> Iterator[Hit]:
    if _named(_tree(case)) and "pressing_evidence" not in case.answers:
        yield Hit("unshown", ("pressing_evidence",))


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
    measures, limits = _measures(case), case.thresholds
    if len(measures) < limits["measures_least"]:
        name = "single"
    elif len(measures) <= limits["measures_aim"]:
        name = "few"
    else:
        name = "five" if len(measures) <= limits["measures_most"] else "many"
    yield from _about(name, measures, "level")


@sheet_rule("MET-09", raises=("open",))
def still_to_say_of_measures(case: Case) -> Iterator[Hit]:
    yield from _open("open", _measures(case), ("control", "output_only", "refresh"))


@sheet_rule("MET-09", raises=("not_theirs", "theirs"))
def in_the_hands_of_the_group(case: Case) -> Iterator[Hit]:
    measures = _measures(case)
    yield from _about(
        "not_theirs", (n for n in measures if n.answered("control", *WEAK)), "control"
    )
    if all(node.answered("control", "yes") for node in measures):
        yield from _about("theirs", measures, "control")


@sheet_rule("MET-11", raises=("output",))
def more_than_output(case: Case) -> Iterator[Hit]:
    counted = (node for node in _measures(case) if node.answered("output_only", "yes", "partly"))
    yield from _about("output", counted, "output_only")


def _comes_rarely(node: Node) -> bool:
    """Whether its figures are mostly more than a week apart, whatever was said of them."""
    gaps = [(later.date - earlier.date).days for earlier, later in pairwise(points_of(node))]
    return len(gaps) > 1 and median(gaps) > WEEK.days


@sheet_rule("MET-08", raises=("monthly", "sparse", "leading"))
def leading_indicators(case: Case) -> Iterator[Hit]:
    measures = _measures(case)
    prompt = [node for node in measures if node.answered("refresh", "daily", "weekly")]
    sparse = [node for node in prompt if _comes_rarely(node)]
    slow = (node for node in measures if node.answered("refresh", "monthly", "slower"))
    yield from _about("monthly", slow, "refresh")
    yield from _about("sparse", sparse, "data", "refresh")
    if len(prompt) == len(measures) and not sparse:
        yield from _about("leading", measures, "refresh")


@sheet_rule("MET-08", raises=("old",))
def figures_are_fresh(case: Case) -> Iterator[Hit]:
    def is_old(node: Node) -> bool:
        refresh = str(node.answers.get("refresh", ""))
        return is_stale(points_of(node), refresh, case.today, case.thresholds)

    old = (node for node in _named(_tree(case)) if is_old(node))
    yield from _about("old", old, "data")


@sheet_rule("GAP-20", raises=("no_past", "late"))
def the_past_twelve_weeks(case: Case) -> Iterator[Hit]:
    """Somebody brings them by a day, unless the figures are here already."""
    enough = case.thresholds["past_weeks"]
    lacking = [node for node in _measures(case) if len(weekly(points_of(node))) < enough]
    days = {node.id: _day(node.answers, "past_by") for node in lacking}
    late = (node for node in lacking if (days[node.id] or case.today) < case.today)
    yield from _open("no_past", lacking, ("past_who", "past_by"))
    yield from _about("late", late, "past_by")


@sheet_rule("WS-062", raises=("undefined",))
def measurable_and_somebodys(case: Case) -> Iterator[Hit]:
    yield from _open("undefined", _named(_tree(case), *STEPS), ("unit", "owner", "target"))


# --------------------------------------------------------------------------- what surrounds it


@sheet_rule("MET-10", raises=("no_end", "over", "half", "agreed"))
def relaxed_with_an_end(case: Case) -> Iterator[Hit]:
    rows = _filled(case, "relaxed")
    loose = _lacks(rows, "relaxed_until", "relaxed_sponsor")
    over = [row for row in rows if (_day(row, "relaxed_until") or case.today) < case.today]
    if loose:
        yield Hit("no_end", loose)
    if over:
        names = "”, “".join(str(row.get("relaxed_what", "…")) for row in over)
        yield Hit("over", ("relaxed_until",), {"metrics": names})
    if half := _lacks(rows, "relaxed_what", "relaxed_to", "relaxed_by", "relaxed_restore"):
        yield Hit("half", half)
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
