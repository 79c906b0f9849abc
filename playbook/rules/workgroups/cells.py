"""Cells: small circles across the groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from playbook.rules import Case, Hit, Number
from playbook.rules.workgroups.shared import Group, in_order, limit, sheet_rule


@sheet_rule("WG-09", raises=("no_cells",))
def cells_can_wait(case: Case) -> Iterator[Hit]:
    if case.answered("cells_by", "none") and not in_order(case, "cell"):
        yield Hit("no_cells", ("cells_by",))


@sheet_rule("WG-38", raises=("found",))
def leaders_may_assign_cells(case: Case) -> Iterator[Hit]:
    if case.answered("cells_by", "chosen"):
        yield Hit("found", ("cells_by",))


@sheet_rule("WG-34", raises=("cells",), numbers=("cells",))
def cells_across_groups(case: Case) -> Iterator[Hit | Number]:
    found = in_order(case, "cell")
    if found:
        yield Number("cells", len(found))
    if found and not _odd_sizes(case) and not _one_sided(case):
        yield Hit("cells", ("cell",), {"count": len(found)})


@sheet_rule("N-07", raises=("size", "one_sided"))
def cells_have_a_good_size_and_mix(case: Case) -> Iterator[Hit]:
    if count := _odd_sizes(case):
        told = {
            "count": count,
            "least": limit(case, "cell_least_people"),
            "most": limit(case, "cell_most_people"),
        }
        yield Hit("size", ("cell",), told)
    if count := _one_sided(case):
        yield Hit("one_sided", ("cell",), {"count": count})


def _odd_sizes(case: Case) -> int:
    least, most = limit(case, "cell_least_people"), limit(case, "cell_most_people")
    return sum(not least <= len(cell) <= most for cell in in_order(case, "cell").values())


def _one_sided(case: Case) -> int:
    """Cells of which more than the share allowed is known to come from one group."""
    most = case.thresholds["cell_one_group_share"]
    return sum(_largest(cell) > most * len(cell) for cell in in_order(case, "cell").values())


def _largest(cell: Group) -> int:
    groups = Counter(row["group"] for row in cell if "group" in row)
    return max(groups.values(), default=0)


@sheet_rule("WG-37", raises=("line",))
def no_reporting_line_in_a_cell(case: Case) -> Iterator[Hit]:
    rows = dict(zip(case.row_ids.get("people", ()), case.rows.get("people", ()), strict=True))
    count = 0
    for row in rows.values():
        above = rows.get(str(row.get("boss", "")), {})
        count += "cell" in row and above is not row and above.get("cell") == row["cell"]
    if count:
        yield Hit("line", ("boss", "cell"), {"count": count})
