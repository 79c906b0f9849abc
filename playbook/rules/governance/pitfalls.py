"""Five pitfalls, looked at in what this sheet and others say.

What another sheet shows counts whatever is said here, and where nothing is said, too. A pitfall of
which nobody said anything is open, like one of which nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from playbook.rules import Case, Hit
from playbook.rules.governance.protects import RUNNING, sheet_rule, told

KNOWN = ("yes", "partly", "no")


def _carried(case: Case, name: str) -> float | None:
    """A figure of another sheet; None while there is none."""
    given = case.carried.get(name)
    return float(given) if isinstance(given, str) else None


def _take_part(case: Case) -> frozenset[str] | None:
    """Who takes part, by the alignment sheet; None while nobody said, or knows."""
    given = case.carried.get("takes_part", ())
    picked = frozenset((given,) if isinstance(given, str) else given)
    return None if not picked or "dont_know" in picked else picked


def _review(case: Case) -> date | None:
    given = case.carried.get("review")
    return date.fromisoformat(given) if isinstance(given, str) else None


@sheet_rule("WS-081", raises=("over", "idle"))
def parts_serve_a_result(case: Case) -> Iterator[Hit]:
    """More parts than the map has can't be without a result."""
    if idle := _carried(case, "tools_idle"):
        yield Hit("idle", ("no_value",), {"count": f"{idle:.0f}"})
    parts, without = _carried(case, "map_parts"), case.number("no_value")
    if not parts or without is None:
        return
    share = 100 * min(without, parts) / parts
    if share > case.thresholds["parts_without_result_percent"]:
        yield Hit("over", ("no_value",), {"percent": f"{share:.0f}%"})


@sheet_rule("WS-082", raises=("late", "falling", "left_out"))
def people_take_part_from_the_outset(case: Case) -> Iterator[Hit]:
    if case.answered("involved", "pilot", "later"):
        yield Hit("late", ("involved",))
    if case.answered("turnout", "falling"):
        yield Hit("falling", ("turnout",))
    part = _take_part(case)
    if part is not None and "front_line" not in part:
        yield Hit("left_out", ("involved",))


@sheet_rule("WS-083", raises=("unowned", "elsewhere", "unnamed"))
def data_have_owners(case: Case) -> Iterator[Hit]:
    if case.answered("data_owned", "no", "partly"):
        yield Hit("unowned", ("data_owned",))
    listed = _carried(case, "data_open")
    if listed:
        yield Hit("elsewhere", ("data_owned",), {"count": f"{listed:.0f}"})
    said = case.answered("data_owned", "yes", "partly")
    if said and listed is None and not case.get("data_who"):
        yield Hit("unnamed", ("data_who",))


@sheet_rule("WS-084", raises=("one_layer", "weak_pair"))
def the_change_is_whole(case: Case) -> Iterator[Hit]:
    reached, layers = _carried(case, "map_reached"), told(case, "layers")
    if reached and layers is not None and len(layers) == 1:
        yield Hit("one_layer", ("layers",), {"count": f"{reached:.0f}"})
    level = _carried(case, "alignment_level")
    if level is not None and level < case.thresholds["alignment_least_level"]:
        yield Hit("weak_pair", ("layers",), {"level": f"{level:.0f}"})


@sheet_rule("WS-085", raises=("nobody", "slipping", "not_reviewed"))
def somebody_goes_on(case: Case) -> Iterator[Hit]:
    if case.answered("after", "no"):
        yield Hit("nobody", ("after",))
    if slipped := _carried(case, "results_slipped"):
        yield Hit("slipping", ("after",), {"count": f"{slipped:.0f}"})
    if (day := _review(case)) and day < case.today:
        yield Hit("not_reviewed", ("after",))


PITFALLS: Mapping[str, Callable[[Case], bool]] = {
    "no_value": lambda case: (
        _carried(case, "tools_idle") is not None
        or (case.number("no_value") is not None and _carried(case, "map_parts") is not None)
    ),
    "involved": lambda case: (
        case.answered("involved", "discovery", "design", "pilot", "later")
        or _take_part(case) is not None
    ),
    "data_owned": lambda case: (
        case.answered("data_owned", *KNOWN) or _carried(case, "data_open") is not None
    ),
    "layers": lambda case: (
        told(case, "layers") is not None or _carried(case, "alignment_level") is not None
    ),
    "after": lambda case: (
        case.answered("after", *KNOWN)
        or _carried(case, "results_slipped") is not None
        or _review(case) is not None
    ),
}
"""Whether something is known of each pitfall, here or elsewhere, by its first question."""


@sheet_rule("WS-086", raises=("told", "open"))
def a_failure_was_thought_through(case: Case) -> Iterator[Hit]:
    if case.get("story"):
        yield Hit("told", ("story",))
    unknown = tuple(asked for asked, known in PITFALLS.items() if not known(case))
    if unknown and case.answered("phase", *RUNNING):
        yield Hit("open", unknown, {"count": len(unknown)})
