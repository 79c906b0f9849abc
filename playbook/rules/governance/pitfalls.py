"""Five pitfalls, looked at in what this sheet and others say."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.rules import Case, Hit
from playbook.rules.governance.protects import sheet_rule, told


def _carried_number(case: Case, name: str) -> float:
    given = case.carried.get(name)
    return float(given) if isinstance(given, str) else 0


@sheet_rule("WS-081", raises=("over",))
def parts_serve_a_result(case: Case) -> Iterator[Hit]:
    """More parts than the map has can't be without a result."""
    parts, idle = _carried_number(case, "map_parts"), case.number("no_value")
    if not parts or idle is None:
        return
    share = 100 * min(idle, parts) / parts
    if share > case.thresholds["parts_without_result_percent"]:
        yield Hit("over", ("no_value",), {"percent": f"{share:.0f}%"})


@sheet_rule("WS-082", raises=("late", "falling"))
def people_take_part_from_the_outset(case: Case) -> Iterator[Hit]:
    if case.answered("involved", "pilot", "later"):
        yield Hit("late", ("involved",))
    if case.answered("turnout", "falling"):
        yield Hit("falling", ("turnout",))


@sheet_rule("WS-083", raises=("unowned",))
def data_have_owners(case: Case) -> Iterator[Hit]:
    if case.answered("data_owned", "no", "partly"):
        yield Hit("unowned", ("data_owned",))


@sheet_rule("WS-084", raises=("one_layer",))
def the_change_is_whole(case: Case) -> Iterator[Hit]:
    reached, layers = _carried_number(case, "map_reached"), told(case, "layers")
    if reached and layers is not None and len(layers) == 1:
        yield Hit("one_layer", ("layers",), {"count": f"{reached:.0f}"})


@sheet_rule("WS-085", raises=("nobody",))
def somebody_goes_on(case: Case) -> Iterator[Hit]:
    if case.answered("after", "no"):
        yield Hit("nobody", ("after",))


@sheet_rule("WS-086", raises=("told",))
def a_failure_was_thought_through(case: Case) -> Iterator[Hit]:
    if case.get("story"):
        yield Hit("told", ("story",))
