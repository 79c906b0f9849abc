"""The weekly charts in words and as plain data for a page. A signal is a reason to ask, no more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from playbook.analysis.pilot.charts import Limits
from playbook.analysis.pilot.record import Pilot, WeeklyChart
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.report.focus.shared import pilot_in, week_of
from playbook.worksheet.figures import figure
from playbook.worksheet.kinds.date import written_date

if TYPE_CHECKING:
    from playbook.analysis.pilot.chances import Luck

_WIDE = 5
"""From this width on whole numbers tell a range."""

_SHORT_UNIT = 2
GRAVEST_FIRST = ("limit", "run", "trend", "near")
"""Of several patterns the first of these is told; the picture has all of them."""


def charts_view(pilot: Pilot, words: Words) -> dict[str, Any]:
    """{charts, summary}: a chart each with its weeks, limits and words, and how many signal beside
    what luck alone would bring."""
    charts = [_chart(it, pilot, words) for it in pilot.charts]
    return {"charts": charts, "summary": luck_text(pilot, words)}


def luck_text(pilot: Pilot, words: Words) -> str:
    """How many of all charts signalled, and how many luck alone would bring; empty where no chart
    may say anything yet."""
    if not any(it.chart.settled for it in pilot.charts):
        return ""
    found = pilot.once(_luck)
    told = {"charts": found.charts, "expected": _about(found.expected)}
    if not found.signalled:
        return words.text("evidence.chart.luck_none", **told)
    return words.text("evidence.chart.luck", signalled=found.signalled, **told)


def _luck(pilot: Pilot) -> Luck:
    from playbook.analysis.pilot.pilot_shows import luck_of  # late: numpy

    return luck_of(pilot.charts)


def _about(expected: float) -> str:
    """How many, as whole charts; a tenth where it is less than one."""
    return f"{expected:.0f}" if expected >= 1 else f"{expected:.1f}"


def _chart(it: WeeklyChart, pilot: Pilot, words: Words) -> dict[str, Any]:
    weeks, measure = it.weeks, it.weeks.measure
    points = [
        {
            "day": weeks.monday(n).isoformat(),
            "week": written_date(weeks.monday(n), words),
            "value": value,
            "shown": "" if value is None else figure(value, measure.unit),
            "brief": "" if value is None else figure(value, _brief(measure.unit)),
        }
        for n, value in enumerate(weeks.values)
    ]
    return {
        "field": weeks.field,
        "name": measure.name,
        "group": weeks.group,
        "decides": measure.id == pilot.promised.get("primary"),
        "unit": measure.unit,
        "points": points,
        "begins": weeks.place(pilot.pilot_from) if pilot.pilot_from else None,
        "target": measure.target,
        "target_shown": None if measure.target is None else figure(measure.target, measure.unit),
        "periods": [_period(it, place, words) for place in range(len(it.chart.periods))],
        "rings": list(it.chart.marked),
        "state": {"changed": "signal"}.get(_state(it), _state(it)),
        "word": words.text(f"evidence.chart.word.{_state(it)}"),
        "sentences": [chart_says(it, words), *chart_notes(it, words)],
        "named": named(it, words),
    }


def _brief(unit: str) -> str:
    """A unit that has room beside a point."""
    return unit if len(unit) <= _SHORT_UNIT else ""


def _state(it: WeeklyChart) -> str:
    return "changed" if it.chart.signalled else "quiet" if it.chart.settled else "provisional"


def _period(it: WeeklyChart, place: int, words: Words) -> dict[str, Any]:
    period = it.chart.periods[place]
    limits = period.limits
    told: dict[str, Any] = {"first": period.baseline.first, "end": period.end}
    if limits:
        told |= {"lower": limits.lower, "upper": limits.upper, "mean": limits.mean}
        told["shown"] = words.text("evidence.chart.range", **_range(it, limits))
    if place:
        told["why"] = words.text(
            "evidence.chart.new_range",
            who=period.baseline.who,
            why=period.baseline.why,
            week=written_date(it.weeks.monday(period.baseline.first), words),
        )
    return told


def _range(it: WeeklyChart, limits: Limits) -> dict[str, str]:
    """The usual range with as many digits as its width needs; no figure is below 0 where none of
    them ever was."""
    floor = min((value for value in it.weeks.values if value is not None), default=0)
    lower = max(limits.lower, 0.0) if floor >= 0 else limits.lower
    digits = 0 if limits.upper - limits.lower >= _WIDE else 1
    ends = (round(lower, digits), round(limits.upper, digits))
    return {"lower": figure(ends[0]), "upper": figure(ends[1], it.weeks.measure.unit)}


def chart_says(it: WeeklyChart, words: Words) -> str:
    """What may be said of a chart, in a sentence or two: the same on sheet, weekly page, sponsor
    page and in files."""
    limits = it.chart.present.limits

    def say(key: str, **given: Any) -> str:
        return words.text(f"evidence.chart.{key}", **given)

    if limits is None:
        return say("no_limits")
    if limits.provisional:
        return say("provisional", points=limits.points)
    if not it.chart.watched:
        return say("waits", **_range(it, limits))
    if it.chart.signalled:
        return f"{say('changed')} {_signal(it, limits, words)}"
    return say("quiet", **_range(it, limits))


def _signal(it: WeeklyChart, limits: Limits, words: Words) -> str:
    """The gravest pattern; of weeks outside the range, how many there are."""
    rule = min((one.rule for one in it.chart.present.signals), key=GRAVEST_FIRST.index)
    spans = [one for one in it.chart.present.signals if one.rule == rule]
    if rule != "limit":
        spans = spans[-1:]
    inside = [value for one in spans for value in it.weeks.values[one.first : one.last + 1]]
    count = sum(value is not None for value in inside)
    week = week_of(it.weeks.monday(spans[0].first), words)
    key = "limits" if rule == "limit" and count > 1 else rule
    told = {"week": week[:1].upper() + week[1:], "count": count, **_range(it, limits)}
    return words.text(f"evidence.chart.{key}", **told)


def chart_notes(it: WeeklyChart, words: Words) -> Iterator[str]:
    """What else is known of a chart: weeks that were unsteady before, gaps, a range not used."""

    def say(key: str, **given: Any) -> str:
        return words.text(f"evidence.chart.{key}", **given)

    if it.chart.present.unsteady:
        first = it.chart.present.unsteady[0].first
        yield say("unsteady", week=week_of(it.weeks.monday(first), words))
    if it.weeks.gaps:
        yield say("gaps", count=it.weeks.gaps)
    yield from (say(f"lacks.{one.lacks}") for one in it.asked if one.lacks)


def named(it: WeeklyChart, words: Words) -> str:
    """What counts as a signal, and from which weeks the usual range comes."""
    baseline = it.chart.present.baseline
    rules = words.text(f"evidence.rules.{it.chart.rules.name}")
    screening = words.text(f"evidence.screening.{'on' if it.chart.screened else 'off'}")
    if not baseline.weeks:
        return words.text("evidence.chart.named_none", rules=rules, screening=screening)
    first, last = (
        written_date(it.weeks.monday(place), words)
        for place in (baseline.first, baseline.first + baseline.weeks - 1)
    )
    told = {"rules": rules, "first": first, "last": last, "screening": screening}
    return words.text("evidence.chart.named", **told)


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """All charts in sentences, how many signal first."""
    pilot, words = pilot_in(sheet, worksheet), framework.words
    if not pilot.charts:
        return []
    view = charts_view(pilot, words)
    lines = [view["summary"]] if view["summary"] else []
    for it in pilot.charts:
        name = _name(it, words)
        told = " ".join([chart_says(it, words), *chart_notes(it, words)])
        lines.append(words.text("evidence.chart.line", name=name, told=told))
    return lines


def _name(it: WeeklyChart, words: Words) -> str:
    if not it.weeks.group:
        return it.weeks.measure.name
    return words.text("evidence.chart.of_group", name=it.weeks.measure.name, group=it.weeks.group)
