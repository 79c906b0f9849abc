"""The rules of the scorecard: balance, what each measure lacks, triggers, slipping back, money.

Questions are named as in content/sheets/scorecard.toml, whose `messages` hold words and weights. It
guards and doesn't steer: no finding here says that anything worked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from playbook.analysis.pilot.record import Pilot
from playbook.analysis.pilot.told import plain
from playbook.analysis.work_system.scorecard import (
    CATEGORIES,
    Metric,
    balance,
    pays_back,
    return_on,
    stale,
    total_cost,
)
from playbook.analysis.work_system.scorecard_answers import ScorecardLine, lines_of
from playbook.model import Value
from playbook.rules import Case, Hit, Number, rule
from playbook.worksheet.figures import figure, whole_percent

ADVERBS = ("efficiently", "ethically", "sustainably")
ASKED = ("unit", "target", "intervention", "owner")
"""What each measure needs, in the form's order."""

MOST_NAMES = 3
sheet_rule = partial(rule, scope="sheet")


def _rows(case: Case) -> tuple[tuple[str, Mapping[str, Value]], ...]:
    ids, rows = case.row_ids.get("measures", ()), case.rows.get("measures", ())
    return tuple((row, it) for row, it in zip(ids, rows, strict=True) if it)


def _lines(case: Case) -> tuple[ScorecardLine, ...]:
    return lines_of(_rows(case))


def _metrics(case: Case) -> list[Metric]:
    return [it.metric for it in case.once(_lines) if it.metric]


def _compared(case: Case) -> list[ScorecardLine]:
    """Those of which it is said which way is better."""
    return [it for it in case.once(_lines) if it.metric and it.directed]


def _quoted(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return f"{shown} + {more}" if more > 0 else shown


# --------------------------------------------------------------------------- the whole


@sheet_rule("WS-007", raises=("all_three", "some", "none"))
def measures_watch_how_value_is_delivered(case: Case) -> Iterator[Hit]:
    picked = case.many("touches")
    if not picked or "dont_know" in picked:
        return
    count = len({*picked} & {*ADVERBS})
    name = "all_three" if count == len(ADVERBS) else "some" if count else "none"
    yield Hit(name, ("touches",), {"count": count})


@sheet_rule("WS-055", raises=("none_listed", "unsorted", "empty", "lopsided", "balanced"))
def the_set_is_balanced(case: Case) -> Iterator[Hit]:
    lines, metrics = case.once(_lines), _metrics(case)
    if not lines:
        yield Hit("none_listed", ("measure", "category"))
        return
    if unsorted := [it.name for it in lines if it.metric is None]:
        yield Hit("unsorted", ("category",), {"measures": _quoted(unsorted)})
    if not metrics:
        return
    found = balance(metrics)
    if found.empty:
        yield Hit("empty", ("category",), {"count": len(found.empty)})
    lopsided = found.share >= case.thresholds["scorecard_largest_share"] and len(metrics) > 1
    if lopsided:
        yield Hit("lopsided", ("category",), {"share": whole_percent(found.share)})
    if not (found.empty or lopsided or unsorted):
        yield Hit("balanced", ("category",), {"count": len(CATEGORIES)})


@sheet_rule("WS-054", raises=("changed", "quiet"))
def something_changed(case: Case) -> Iterator[Hit]:
    """A signal is a reason to ask; how many luck alone brings is told beside the charts."""
    begins = case.carried.get("pilot_start")
    day = date.fromisoformat(begins) if isinstance(begins, str) and begins else None
    settled = [it for it in Pilot({}, {"measures": _rows(case)}, day).charts if it.chart.settled]
    if not settled:
        return
    names = [it.weeks.measure.name for it in settled if it.chart.signalled]
    told = {"charts": len(settled), "signalled": len(names), "measures": _quoted(names)}
    yield Hit("changed" if names else "quiet", ("data",), told)


@sheet_rule("X-05", raises=("steers",))
def what_steers_also_guards(case: Case) -> Iterator[Hit]:
    known = case.carried.get("steers", ())
    tree = {plain(name) for name in ((known,) if isinstance(known, str) else known)}
    if both := [it.name for it in case.once(_lines) if plain(it.name) in tree]:
        yield Hit("steers", ("measure",), {"measures": _quoted(both)})


@sheet_rule("WS-100", raises=("watched", "not_watched"))
def well_being_is_watched(case: Case) -> Iterator[Hit]:
    people = [it for it in case.once(_lines) if it.metric and it.metric.category == "people"]
    if people:
        name = "watched" if any(it.wellbeing for it in people) else "not_watched"
        yield Hit(name, ("people_like",))


# --------------------------------------------------------------------------- each measure


@sheet_rule("WS-062", raises=("lacks", "complete"))
def each_measure_can_be_acted_on(case: Case) -> Iterator[Hit]:
    metrics = _metrics(case)
    open_ones = [it for it in metrics if it.lacks]
    if open_ones:
        lacking = {name for it in open_ones for name in it.lacks}
        asked = tuple(name for name in ASKED if name in lacking)
        yield Hit("lacks", asked, {"measures": _quoted([it.name for it in open_ones])})
    elif metrics:
        yield Hit("complete", ASKED)


@sheet_rule(
    "WS-063", raises=("crossed", "no_trigger", "no_figures", "old", "contradicts", "watched")
)
def figures_are_fresh_and_triggers_are_kept(case: Case) -> Iterator[Hit]:
    metrics, compared = _metrics(case), [it.metric for it in _compared(case) if it.metric]
    if not metrics:
        return
    found = list(_of_triggers(metrics, compared))
    days = round(case.thresholds["scorecard_stale_days"])
    if old := stale(metrics, case.today, days):
        told = {"days": days, "measures": _quoted([it.name for it in old])}
        found.append(Hit("old", ("data",), told))
    yield from found or [Hit("watched", ("trigger", "data"))]


def _of_triggers(metrics: Sequence[Metric], compared: Sequence[Metric]) -> Iterator[Hit]:
    crossed = [it for it in compared if it.crossed]
    if crossed:
        told = {"measures": " ".join(map(_crossed, crossed))}
        yield Hit("crossed", ("trigger", "data", "intervention"), told)
    if wrong := [it.name for it in compared if it.contradicts]:
        yield Hit("contradicts", ("target", "trigger"), {"measures": _quoted(wrong)})
    directed = {id(it) for it in compared}
    if open_ones := [it for it in metrics if it.trigger is None or id(it) not in directed]:
        lacking = {"better": any(id(it) not in directed for it in open_ones)}
        lacking["trigger"] = any(it.trigger is None for it in open_ones)
        told = {"measures": _quoted([it.name for it in open_ones])}
        yield Hit("no_trigger", tuple(name for name, open_ in lacking.items() if open_), told)
    if bare := [it.name for it in metrics if it.latest is None]:
        yield Hit("no_figures", ("data",), {"measures": _quoted(bare)})


def _crossed(it: Metric) -> str:
    """“Days”: 9 days (8 days) → Two handlers step in."""
    latest = figure(it.latest or 0.0, it.unit)
    trigger = figure(it.trigger or 0.0, it.unit)
    return f"“{it.name}”: {latest} ({trigger}) → {it.intervention.rstrip('.') or '–'}."


@sheet_rule("WS-073", raises=("slipped", "kept"), numbers=("results_slipped",))
def results_do_not_slip_back(case: Case) -> Iterator[Hit | Number]:
    limit = case.thresholds["scorecard_slip_share"]
    lost = [
        (it.name, share)
        for it in _compared(case)
        if it.metric and it.kept is not None and (share := it.metric.slipped(it.kept)) is not None
    ]
    if lost:
        yield Number("results_slipped", sum(share >= limit for _, share in lost))
    if slipped := [name for name, share in lost if share >= limit]:
        yield Hit("slipped", ("kept_level", "data"), {"measures": _quoted(slipped)})
    elif lost:
        yield Hit("kept", ("kept_level", "data"))


# --------------------------------------------------------------------------- money


@sheet_rule("WS-060", raises=("money",), numbers=("total_cost", "return_percent"))
def return_and_total_cost(case: Case) -> Iterator[Hit | Number]:
    """From the four entered figures, without interest; nothing while one is open."""
    names = ("cost_once", "cost_year", "gain_year", "years")
    once, yearly, gain, span = (case.number(name) for name in names)
    if once is None or yearly is None or gain is None or not span:
        return
    years = round(span)
    total = total_cost(once, [yearly] * years)
    share = return_on(gain * years, total)
    periods = pays_back([-once, *[gain - yearly] * years])
    after = None if periods is None else max(0.0, periods - 1)  # what is paid once takes no year
    yield Number("total_cost", total)
    if share is not None:
        yield Number("return_percent", share * 100)
    told = {
        "years": str(years),
        "total": figure(total),
        "share": "–" if share is None else whole_percent(share),
        "after": "–" if after is None else figure(round(after, 1)),
    }
    yield Hit("money", names, told)
