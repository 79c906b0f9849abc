"""Weekly measures: whether there are figures, how far back, how fresh, and what changed in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from playbook.analysis.pilot.record import Measure, Pilot
from playbook.analysis.pilot.told import plain
from playbook.rules import Case, Hit, Number
from playbook.rules.focus.shared import pilot, quoted, sheet_rule
from playbook.worksheet.time_series import WEEK, monday_of


def _with_figures(found: Pilot) -> set[str]:
    return {weeks.measure.id for weeks in found.weeks}


def _named(measures: list[Measure]) -> dict[str, str]:
    return {"measures": quoted([it.name for it in measures])}


@sheet_rule("FOC-04", raises=("none", "no_daily", "no_role", "whose", "no_figures", "only_money"))
def daily_measures_have_figures(case: Case) -> Iterator[Hit]:
    found = pilot(case)
    measures = list(found.measures.values())
    if not measures:
        yield Hit("none", ("measure",))
        return
    if open_ones := [it for it in measures if not it.role or not it.better]:
        asked = ("role", "better") if any(not it.role for it in open_ones) else ("better",)
        yield Hit("no_role", asked, _named(open_ones))
    elif all(it.role == "financial" for it in measures):
        yield Hit("only_money", ("role",))
    elif not any(it.role == "daily" for it in measures):
        yield Hit("no_daily", ("role",))
    without = [it for it in measures if it.id not in _with_figures(found)]
    if open_ones := [it for it in without if not it.counted]:
        yield Hit("whose", ("counted",), _named(open_ones))
    if said := [it for it in without if it.counted]:
        by_group = said[0].counted == "groups"
        yield Hit("no_figures", ("group_data", "counted") if by_group else ("data",), _named(said))


@sheet_rule("MET-12", raises=("weeks_before", "too_short"))
def the_weeks_before(case: Case) -> Iterator[Hit]:
    """Of the measures that a group moves; money is known too rarely."""
    found, least = pilot(case), round(case.thresholds["past_weeks"])
    daily = [it for it in found.charts if it.weeks.measure.role == "daily"]
    if not daily or found.pilot_from is None:
        return
    short: dict[str, Measure] = {}
    for one in daily:
        limits = one.chart.periods[0].limits
        if limits is None or limits.points < least:
            short[one.weeks.measure.id] = one.weeks.measure
    if short:
        yield Hit("too_short", ("data",), _named(list(short.values())) | {"least": least})
    else:
        yield Hit("weeks_before", ("data",), {"least": least})


@sheet_rule("MET-12", raises=("twice",))
def a_group_has_its_figures_once(case: Case) -> Iterator[Hit]:
    if groups := pilot(case).twice:
        yield Hit("twice", ("group",), {"groups": quoted(list(groups))})


@sheet_rule("MET-12", raises=("old", "gaps"))
def figures_come_each_week(case: Case) -> Iterator[Hit]:
    """Up to the pilot's end; a measure is as fresh as its freshest figure."""
    found = pilot(case)
    end = found.promised.get("pilot_until")
    until = case.today
    if isinstance(end, str):
        until = min(until, monday_of(date.fromisoformat(end)) + WEEK)
    most = case.thresholds["stale_days_weekly"]
    latest = {
        measure: max(it.last for it in found.weeks if it.measure.id == measure)
        for measure in _with_figures(found)
    }
    begun = found.pilot_from is not None and case.today >= found.pilot_from
    old = [it for it in found.measures.values() if it.id in latest and it.role != "financial"]
    old = [it for it in old if begun and (until - latest[it.id]).days > most + WEEK.days]
    if old:
        yield Hit("old", ("data",), _named(old))
    if gaps := sum(weeks.gaps for weeks in found.weeks):
        yield Hit("gaps", ("data",), {"count": gaps})


@sheet_rule(
    "FOC-04",
    raises=("changed", "quiet"),
    numbers=("charts_watched", "charts_signalled"),
)
def something_changed(case: Case) -> Iterator[Hit | Number]:
    """A signal of a settled chart is a reason to ask; how many luck alone brings is told beside
    the charts, where it is worked out."""
    settled = [it for it in pilot(case).charts if it.chart.settled]
    signalled = [it for it in settled if it.chart.signalled]
    yield Number("charts_watched", len(settled))
    yield Number("charts_signalled", len(signalled))
    if not settled:
        return
    told = {"signalled": len(signalled), "charts": len(settled)}
    if signalled:
        names = dict.fromkeys(it.weeks.measure.name for it in signalled)
        yield Hit("changed", ("data",), told | {"measures": quoted(list(names))})
    else:
        yield Hit("quiet", ("data",), told)


@sheet_rule("MET-12", raises=("baseline_lacks",))
def a_new_baseline_says_why(case: Case) -> Iterator[Hit]:
    asks = {"first": "new_from", "who": "new_who", "why": "new_why", "despite": "new_despite"}
    lacks = [one.lacks for it in pilot(case).charts for one in it.asked if one.lacks]
    if lacks:
        named = tuple(dict.fromkeys(asks[one] for one in lacks))
        yield Hit("baseline_lacks", named, {"count": len(lacks)})


@sheet_rule("FOC-03", raises=("apart",))
def the_tree_set_the_focus(case: Case) -> Iterator[Hit]:
    """Names as the metric tree has them; nothing is said where it has none."""
    known = case.carried.get("measures", ())
    tree = {plain(name) for name in ((known,) if isinstance(known, str) else known)}
    daily = [it for it in pilot(case).measures.values() if it.role == "daily"]
    if tree and (apart := [it for it in daily if plain(it.name) not in tree]):
        yield Hit("apart", ("measure",), _named(apart))


@sheet_rule("X-05", raises=("judged_yes", "judged_partly", "judged_no"))
def nobody_is_judged(case: Case) -> Iterator[Hit]:
    if case.answered("judged", "yes", "partly", "no"):
        yield Hit(f"judged_{case.get('judged')}", ("judged",))
