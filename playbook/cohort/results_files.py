"""What a class published as slides and as PDF, for sponsors: a chart a vote, and what was agreed.

Pure, as results.py: nothing unpublished comes in here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playbook.cohort.results import JsonObject
from playbook.model.wording import Words
from playbook.report.deck import FONT, HIGH, MARGIN, WIDE, add_slide, new_deck, saved_deck
from playbook.report.take_home import room
from playbook.report.typeset import FONTS, typeset
from playbook.worksheet.inert import inert
from playbook.worksheet.kinds.date import written_date

TEMPLATE = Path(__file__).with_name("results.typ")
_BRAND, _PALE = "0B5D66", "9FB8BA"


@dataclass(frozen=True, slots=True)
class ClassResults:
    """What was shown: the votes (as in results.as_data) and what was agreed, of one class."""

    cohort: str
    day: date
    votes: Sequence[JsonObject]
    agreed: Sequence[JsonObject]
    least: int


@dataclass(frozen=True, slots=True)
class _Bars:
    """Choices with their counts, before and after a talk; None where a count is hidden."""

    labels: tuple[str, ...]
    after: tuple[int | None, ...]
    before: tuple[int | None, ...]
    of: int


def _bars(vote: JsonObject, words: Words) -> _Bars | None:
    counts, learned = vote["result"]["counts"], vote["result"].get("learned")
    if learned and not learned["hidden"]:
        labels = words.text("learned.before"), words.text("learned.after")
        return _Bars(labels, (learned["before"], learned["after"]), (), of=100)
    if counts is None:
        return None
    before = (vote["result"]["before"] or {}).get("counts") or {}
    ids = [choice["id"] for choice in vote["choices"]]
    return _Bars(
        labels=tuple(choice["label"] for choice in vote["choices"]),
        after=tuple(counts[it] for it in ids),
        before=tuple(before.get(it) for it in ids) if before else (),
        of=max(vote["result"]["respondents"], 1),
    )


def _lines(vote: JsonObject, words: Words) -> list[str]:
    """What is said beside a vote's chart: who answered, who changed, ranges, texts, the fact."""
    result = vote["result"]
    people = room.plural("take_home.people", result["respondents"], words)
    if result.get("learned"):
        return [people, *result["learned"]["says"]]
    texts = [f"“{it['text']}”" for it in result["texts"] or ()]
    lines = [people, *room.beside_counts(vote, words), *texts, room.known(vote, words)]
    return [it for it in lines if it]


def _agreed(action: JsonObject, words: Words) -> str:
    day = written_date(date.fromisoformat(action["due"]), words)
    key = "agreed_one" if action["owner"] else "agreed_alone"
    return words.text(f"take_home.{key}", what=action["what"], owner=action["owner"], day=day)


def _all_agreed(results: ClassResults, words: Words) -> list[str]:
    told = [_agreed(it, words) for it in results.agreed]
    return told or [words.text("results_file.agreed_none")]


# --------------------------------------------------------------------------- PDF


def as_pdf(results: ClassResults, words: Words) -> bytes:
    """The results as PDF (PDF/UA-1); the same bytes for the same results."""
    data = {
        "title": words.text("results_file.title", cohort=results.cohort),
        "name": words.text("results_file.name"),
        "lead": words.text("results_file.lead", least=results.least),
        "foot": words.text(
            "results_file.foot", cohort=results.cohort, day=written_date(results.day, words)
        ),
        "day": [results.day.year, results.day.month, results.day.day],
        "fonts": list(FONTS),
        "brand": words.text("brief.brand"),
        "heads": [words.text(f"results_file.{it}") for it in ("choice", "count", "before")],
        "votes": [_vote_data(vote, words) for vote in room.in_one(results.votes)],
        "none": words.text("results_file.none"),
        "agreed_title": words.text("results_file.agreed"),
        "agreed": _all_agreed(results, words),
    }
    return typeset(TEMPLATE.read_bytes(), data, words)


def _vote_data(vote: JsonObject, words: Words) -> dict[str, Any]:
    bars = _bars(vote, words)
    rows = []
    unit = "%" if vote["result"].get("learned") else ""
    if bars:
        hidden = words.text("take_away.hidden")
        before = bars.before or (None,) * len(bars.after)
        rows = [
            {
                "label": label,
                "share": min((after or 0) / bars.of, 1),
                "told": hidden if after is None else f"{after}{unit}",
                "before": "" if was is None else str(was),
            }
            for label, after, was in zip(bars.labels, bars.after, before, strict=True)
        ]
    again = bool(bars and bars.before)
    return {"question": vote["text"], "rows": rows, "again": again, "lines": _lines(vote, words)}


# --------------------------------------------------------------------------- slides


def as_pptx(results: ClassResults, words: Words) -> bytes:
    """The results as slides, one a vote with a chart that can be edited, then what was agreed."""
    deck = new_deck()
    title = words.text("results_file.title", cohort=results.cohort)
    add_slide(deck, title, [words.text("results_file.lead", least=results.least)])
    for vote in room.in_one(results.votes):
        bars = _bars(vote, words)
        left = WIDE * 0.62 if bars else MARGIN
        slide = add_slide(deck, vote["text"], _lines(vote, words), left=left)
        if bars:
            _chart(slide, vote["text"], bars, words)
    add_slide(deck, words.text("results_file.agreed"), _all_agreed(results, words))
    return saved_deck(deck, title, words.text("results_file.name"), results.day, words)


def _chart(slide: Any, question: str, bars: _Bars, words: Words) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.util import Inches, Pt

    data = CategoryChartData()  # type: ignore[no-untyped-call]
    # A bar chart begins at the foot; its workbook would run a label that begins as a formula does.
    data.categories = [inert(label) for label in reversed(bars.labels)]
    series = [("after" if bars.before else "count", bars.after)]
    series += [("before", bars.before)] if bars.before else []
    for name, counts in series:
        data.add_series(words.text(f"results_file.{name}"), list(reversed(counts)))  # type: ignore[no-untyped-call]
    place = map(Inches, (MARGIN, 1.7, WIDE * 0.58, HIGH - 2.3))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
    told = ", ".join(_named(bars, words))
    alt = words.text("results_file.chart", question=question, told=told)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    chart = frame.chart
    chart.font.size, chart.font.name = Pt(14), FONT
    chart.has_legend = bool(bars.before)
    if bars.before:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 40, True
    for one, colour in zip(plot.series, (_BRAND, _PALE), strict=False):
        one.format.fill.solid()
        one.format.fill.fore_color.rgb = RGBColor.from_string(colour)  # type: ignore[no-untyped-call]


def _named(bars: _Bars, words: Words) -> Iterator[str]:
    for label, count in zip(bars.labels, bars.after, strict=True):
        key = "hidden" if count is None else "count"
        yield words.text(f"take_home.{key}", label=label, count=count)
