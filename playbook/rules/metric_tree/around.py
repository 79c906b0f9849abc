"""What surrounds the chain: targets relaxed for a while, and predictions that are sealed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from playbook.rules import Case, Hit
from playbook.rules.metric_tree.shared import day_in, filled, lacks, links_in, sheet_rule, tree_in


@sheet_rule("MET-10", raises=("no_end", "over", "agreed"))
def relaxed_with_an_end(case: Case) -> Iterator[Hit]:
    rows = filled(case, "relaxed")
    loose = lacks(rows, "relaxed_until", "relaxed_sponsor")
    over = [row for row in rows if (day_in(row, "relaxed_until") or case.today) < case.today]
    if loose:
        yield Hit("no_end", loose)
    if over:
        names = "”, “".join(str(row.get("relaxed_what", "…")) for row in over)
        yield Hit("over", ("relaxed_until",), {"metrics": names})
    if rows and not loose and not over:
        yield Hit("agreed", ("relaxed_until", "relaxed_sponsor"))


@sheet_rule("MET-04", raises=("seal", "blind", "due"))
def sealed_predictions(case: Case) -> Iterator[Hit]:
    sealed = [row for row in filled(case, "predictions") if "sealed_on" in row]
    if not sealed and links_in(tree_in(case)):
        yield Hit("seal", ("expects", "sealed_on"))
    if blind := lacks(sealed, "link", "by_when"):
        yield Hit("blind", blind)
    shut = [row for row in sealed if "opened_on" not in row and "happened" not in row]
    due = [row for row in shut if (day_in(row, "by_when") or date.max) <= case.today]
    if due:
        yield Hit("due", ("opened_on", "happened"), {"count": len(due)})
