"""Would it count? The estimate, what leaders notice, figures that fit, and the talks about it."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.analysis.metric_tree.evaluate import stated, values
from playbook.analysis.metric_tree.uncertainty import monte_carlo, noticed
from playbook.rules import Case, Hit, Number
from playbook.rules.metric_tree.shared import about, filled, sheet_rule, tree_in
from playbook.worksheet.figures import figure, percent, whole_percent

RESULT = ("result_low_percent", "result_likely_percent", "result_high_percent")
NOTICED = {"yes": "moves", "perhaps": "perhaps", "no": "short", "worse": "worse"}


@sheet_rule("MET-13", raises=("noticed_yes", "noticed_partly", "noticed_no"))
def leaders_would_notice(case: Case) -> Iterator[Hit]:
    if case.answered("noticed", "yes", "partly", "no"):
        yield Hit(f"noticed_{case.get('noticed')}", ("noticed",))


@sheet_rule(
    "MET-13",
    raises=(*NOTICED.values(), "estimate", "lost", "too_good"),
    numbers=(*RESULT, "noticed_percent"),
)
def the_result_moves_enough(case: Case) -> Iterator[Hit | Number]:
    """From today to what is wanted of the measures, followed up to the money."""
    tree, notice_at = tree_in(case), case.number("notice_at")
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
    if abs(found.estimate.likely) > case.thresholds["result_most"]:
        yield Hit("too_good", ("elasticity", "target"), filled)
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
    tree = tree_in(case)
    if not stated(tree):
        return
    wrong = [it for it in values(tree).problems if it.key not in ("cycle", "missing")]
    yield Number("misfits", len(wrong))
    yield from about("misfit", (tree.nodes[row] for row in {it.row: it for it in wrong}), "now")


@sheet_rule("MET-14", raises=("shown",))
def shown_to_be_pressing(case: Case) -> Iterator[Hit]:
    if case.get("pressing_evidence"):
        yield Hit("shown", ("pressing_evidence",))


@sheet_rule("MET-02", raises=("one_sided", "apart"))
def the_last_round(case: Case) -> Iterator[Hit]:
    """By its day; talks without one are taken together, for nobody can say which was the last."""
    rounds = filled(case, "rounds")
    day = max((row["round_on"] for row in rounds if "round_on" in row), default=None)
    last = [row for row in rounds if row.get("round_on") == day]
    sides = ("pressing", "influence") if last else ()
    if missing := tuple(it for it in sides if not any(it in row for row in last)):
        yield Hit("one_sided", missing)
    if left := [str(row["round_left"]) for row in last if "round_left" in row]:
        yield Hit("apart", ("round_left",), {"left": left[-1]})
