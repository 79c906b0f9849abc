"""Standard or flexible: a line for each kind of case, a ring for today and a disc for what fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.flow.ways import WAYS, KindOfCase, in_words, kinds_of_case
from widgets.cards import Payload
from widgets.charts.look import (
    CHARACTER_WIDTH,
    PHONE_WIDTH,
    Palette,
    Spec,
    cut,
    folded,
    layered,
    palettes,
    picture,
    position,
    tips,
)

if TYPE_CHECKING:
    import altair as alt

ROW, HEAD, LINE = 56, 58, 32
"""Sizes in px; `LINE` is how far below its name a kind of case has its line."""
ENDS = (0.05, 0.5, 0.95)
"""Where the ways stand, as shares of the width."""
LETTERS = int(PHONE_WIDTH / CHARACTER_WIDTH * 0.85)


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows; nothing before a kind of case has a place on its line."""
    words, kinds = framework.words.group("flow_ways"), kinds_of_case(worksheet, framework)
    said = in_words(sheet, worksheet, assessment, framework)
    if not kinds:
        return picture(words, said, None)
    return picture(words, said, ways_chart(kinds, words, said, palettes()["page"]))


def ways_chart(
    kinds: list[KindOfCase], words: dict[str, str], said: list[str], palette: Palette
) -> Spec:
    """A line for each kind of case. What had best be left as it is has no disc."""
    rows: list[dict[str, Any]] = []
    for place, kind in enumerate(kinds):
        top = HEAD + place * ROW
        told = {
            "name": cut(kind.name, LETTERS),
            "now": words[kind.now or "open"],
            "fits": words[kind.fits or "open"],
        }
        rows.append({"top": top, "y": top + LINE, "from": ENDS[0], "to": ENDS[-1], **told})
        if kind.now in WAYS:
            rows[-1]["ring"] = ENDS[WAYS.index(kind.now)]
        if kind.fits in WAYS:
            rows[-1]["disc"] = ENDS[WAYS.index(kind.fits)]
    height = HEAD + ROW * len(kinds)
    return layered(_layers(rows, words, height, palette), height, said)


def _layers(
    rows: list[dict[str, Any]], words: dict[str, str], height: int, palette: Palette
) -> list[alt.Chart]:
    import altair as alt

    data = alt.Data(values=rows)
    ends = [
        {"x": 0, "y": 38, "text": words["standard"], "align": "left"},
        {"x": 0.5, "y": 38, "text": words["standard_with_path"], "align": "center"},
        {"x": 1, "y": 38, "text": words["flexible"], "align": "right"},
    ]
    heads = [
        alt.Chart(alt.Data(values=[end]))
        .mark_text(align=end["align"], baseline="top", fontSize=12, color=palette["soft"])  # type: ignore[arg-type]
        .encode(text="text:N", **position(height, "x", "y"))
        for end in ends
    ]
    key = alt.Data(values=[{"text": folded(words["key"], LETTERS)}])
    shown = tips(words, "name", "now", "fits")
    down = position(height, "from", "y")["y"]
    return [
        alt.Chart(key)
        .mark_text(align="left", baseline="top", fontSize=12, color=palette["soft"], lineBreak="\n")
        .encode(x=alt.value(0), y=alt.value(0), text="text:N"),
        *heads,
        alt.Chart(data)
        .mark_text(align="left", baseline="top", fontSize=13, color=palette["ink"])
        .encode(x=alt.value(0), y=position(height, "from", "top")["y"], text="name:N"),
        alt.Chart(data)
        .mark_rule(strokeWidth=2, color=palette["line"])
        .encode(x2="to:Q", **position(height, "from", "y")),
        alt.Chart(data)
        .transform_filter("isValid(datum.ring)")
        .mark_point(size=230, strokeWidth=2.5, color=palette["brand"], filled=False)
        .encode(x="ring:Q", y=down, tooltip=shown),
        alt.Chart(data)
        .transform_filter("isValid(datum.disc)")
        .mark_circle(size=90, opacity=1, color=palette["brand"])
        .encode(x="disc:Q", y=down, tooltip=shown),
    ]
