"""The rules of the flow: how clear it is, where a case waits, and which way unusual ones go.

Questions are named as in content/sheets/flow.toml, whose `messages` hold words and weights. What a
change would do is tried by simulation, which takes a second: the picture does it, and no rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from playbook.analysis.work_system.alignment import Way, standard_or_flexible
from playbook.analysis.work_system.answers import said
from playbook.analysis.work_system.flow_answers import ListedFlow, flow_of, number
from playbook.model import Value
from playbook.rules import Case, Hit, Number, rule

LAYERS = 3
"""Of clear, repeatable and worth doing."""
TIMES = ("touch", "wait")
sheet_rule = partial(rule, scope="sheet")


def listed_flow(case: Case) -> ListedFlow:
    """The steps on the sheet, as a flow."""
    rows = zip(case.row_ids.get("steps", ()), case.rows.get("steps", ()), strict=True)
    return flow_of(rows, case.answers)


# --------------------------------------------------------------------------- the steps


@sheet_rule("WS-024", raises=("none_listed", "no_lane", "times_open", "handoffs"))
def it_is_mapped_step_by_step(case: Case) -> Iterator[Hit]:
    rows = [answers for answers in case.rows.get("steps", ()) if answers]
    if not rows:
        yield Hit("none_listed", ("step", "lane"))
        return
    if bare := sum(not said(answers, "lane") for answers in rows):
        yield Hit("no_lane", ("lane",), {"count": bare})
    steps = case.once(listed_flow).flow.steps
    timed = [step for step in steps if step.touch is not None or step.wait is not None]
    if timed and (half := sum(step.touch is None or step.wait is None for step in steps)):
        yield Hit("times_open", TIMES, {"count": half})
    if count := len(case.once(listed_flow).flow.handoffs):
        yield Hit("handoffs", ("lane",), {"count": count})


@sheet_rule(
    "WS-024",
    raises=("efficiency", "waits", "first_time_right"),
    numbers=("flow_hours", "flow_efficiency_percent", "flow_right_percent"),
)
def time_is_spent_on_work(case: Case) -> Iterator[Hit | Number]:
    flow = case.once(listed_flow).flow
    if flow.lead_time and flow.touch is not None and flow.efficiency is not None:
        told = {"lead": _plain(flow.lead_time), "touch": _plain(flow.touch)}
        yield Hit("efficiency", TIMES, told | {"share": f"{flow.efficiency:.0%}"})
        yield Number("flow_hours", round(flow.lead_time, 6))
        yield Number("flow_efficiency_percent", round(100 * flow.efficiency, 1))
    if (at := flow.longest_wait) is not None:
        step = flow.steps[at]
        yield Hit("waits", ("wait",), {"step": _named(step.name), "wait": _plain(step.wait or 0.0)})
    if (right := flow.first_time_right) is not None:
        yield Hit("first_time_right", ("errors",), {"share": f"{right:.0%}"})
        yield Number("flow_right_percent", round(100 * right, 1))


@sheet_rule("WS-024", raises=("narrowest", "overfull"), numbers=("flow_most_a_week",))
def no_step_has_more_than_it_can_take(case: Case) -> Iterator[Hit | Number]:
    listed = case.once(listed_flow)
    narrow = listed.flow.bottleneck
    if narrow is None or narrow.load is None or listed.week is None:
        return
    most = narrow.most * listed.week
    yield Number("flow_most_a_week", round(most, 2))
    told = {
        "step": _named(listed.flow.steps[narrow.step].name),
        "most": _plain(most),
        "arrivals": _plain((listed.flow.arrivals or 0.0) * listed.week),
        "load": f"{narrow.load:.0%}",
    }
    asked = ("touch", "people", "errors", "arrivals", "week_hours")
    yield Hit("overfull" if narrow.load > 1 else "narrowest", asked, told)


@sheet_rule("WS-024", raises=("figures_fit", "figures_apart"), numbers=("flow_under_way",))
def what_is_under_way_fits_the_times(case: Case) -> Iterator[Hit | Number]:
    """Little's law against a count: the larger of the two so many times the smaller is too far."""
    flow = case.once(listed_flow).flow
    expected, counted = flow.in_progress, case.number("open_cases")
    if expected is None:
        return
    yield Number("flow_under_way", round(expected, 1))
    if counted is None:
        return
    least, most = sorted((expected, counted))
    apart = most > least * (1 + case.thresholds["flow_figures_apart_share"])
    told = {"expected": _plain(expected), "counted": _plain(counted)}
    yield Hit("figures_apart" if apart else "figures_fit", ("open_cases", *TIMES), told)


@sheet_rule("WS-038", raises=("step_back", "no_step_back"))
def a_step_brings_the_result_back(case: Case) -> Iterator[Hit]:
    rows = [answers for answers in case.rows.get("steps", ()) if said(answers, "moment")]
    back = [said(answers, "step") for answers in rows if said(answers, "moment") == "feedback"]
    if back:
        yield Hit("step_back", ("moment",), {"step": _names(back)})
    elif rows:
        yield Hit("no_step_back", ("moment",))


# --------------------------------------------------------------------------- how well it runs


@sheet_rule("WS-023", raises=("clear", "partly_clear", "unclear"))
def it_is_clear_and_repeatable(case: Case) -> Iterator[Hit]:
    picked = {*case.many("clear")}
    if not picked or "dont_know" in picked:
        return
    count = len(picked - {"none"})
    name = "clear" if count == LAYERS else "partly_clear" if count else "unclear"
    yield Hit(name, ("clear",), {"count": count})


@sheet_rule("WS-025", raises=("has_path", "part_path", "no_path"))
def unusual_cases_have_a_way(case: Case) -> Iterator[Hit]:
    names = {"yes": "has_path", "partly": "part_path", "no": "no_path"}
    if name := names.get(case.get("path") or ""):
        yield Hit(name, ("path",))


@sheet_rule("X-01", raises=("steady", "both", "find_out"))
def known_work_goes_one_way_and_unknown_another(case: Case) -> Iterator[Hit]:
    names = {"known": "steady", "partly": "both", "unknown": "find_out"}
    if name := names.get(case.get("best_way") or ""):
        yield Hit(name, ("best_way",))


@sheet_rule("WS-051", raises=("review_set", "review_over"))
def it_is_looked_at_again(case: Case) -> Iterator[Hit]:
    if day := case.day("review"):
        yield Hit("review_over" if day < case.today else "review_set", ("review",))


# --------------------------------------------------------------------------- standard or flexible


def advised(answers: Mapping[str, Value], many: float) -> Way | None:
    """How a kind of case should run, None while an answer is open; `many` is a share."""
    impact, varies = said(answers, "impact"), said(answers, "varies")
    share = number(answers, "unusual")
    return standard_or_flexible(
        impact == "high" if impact else None,
        varies == "differs" if varies else None,
        None if share is None else share / 100,
        many=many,
    )


@sheet_rule("WS-050", raises=("standard", "standard_with_path", "flexible", "leave"))
def what_matters_is_a_standard_with_a_way_out(case: Case) -> Iterator[Hit]:
    told: dict[str, list[str]] = {}
    for answers, way in _ways(case):
        if way:
            told.setdefault(way, []).append(said(answers, "kind_of_case"))
    for found, names in told.items():
        yield Hit(found, ("impact", "varies", "unusual"), {"names": _names(names)})


@sheet_rule("WS-049", raises=("too_rigid", "too_loose"))
def a_standard_leaves_room(case: Case) -> Iterator[Hit]:
    rigid, loose = [], []
    for answers, way in _ways(case):
        now = said(answers, "way_now")
        if now == "standard" and way in ("flexible", "standard_with_path"):
            rigid.append(said(answers, "kind_of_case"))
        elif now == "flexible" and way in ("standard", "standard_with_path"):
            loose.append(said(answers, "kind_of_case"))
    if rigid:
        yield Hit("too_rigid", ("way_now", "varies", "unusual"), {"names": _names(rigid)})
    if loose:
        yield Hit("too_loose", ("way_now", "impact", "varies"), {"names": _names(loose)})


def _ways(case: Case) -> Iterator[tuple[Mapping[str, Value], Way | None]]:
    many = case.thresholds["flow_many_exceptions_share"]
    for answers in case.rows.get("processes", ()):
        if answers:
            yield answers, advised(answers, many)


def _named(name: str) -> str:
    return f"“{name or '–'}”"


def _names(names: list[str]) -> str:
    return ", ".join(_named(name) for name in names)


def _plain(value: float) -> str:
    """At most one digit behind the point, none where it says nothing."""
    return f"{value:,.1f}".removesuffix(".0")
