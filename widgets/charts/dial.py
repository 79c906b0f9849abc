"""The planning dial: three zones on one scale, and a dot for each preparation critical now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.report.create_gate.dial import OPEN, Dial, dial_of, dial_summary
from widgets.cards import Payload
from widgets.charts.look import LINE_HEIGHT, Palette, Spec, cut, layered, palettes, picture, tips

if TYPE_CHECKING:
    import altair as alt

TOP, BAND = 2 * LINE_HEIGHT + 8, 40
REST = TOP + BAND + 10
HEIGHT = REST + LINE_HEIGHT + 4
"""Sizes in px: names of the zones, the zones, what is not critical now."""

ROOM = 3
"""So many places are drawn for too much, where fewer are taken."""

NAME = 60
WASH = {"too_little": "warn-wash", "critical": "pass-wash", "too_much": "warn-wash"}


def chart_payload(_: Sheet, worksheet: Worksheet, __: Assessment, framework: Framework) -> Payload:
    """What the Chart shows; before a preparation is placed, nothing."""
    dial, words = dial_of(worksheet, framework), framework.words
    summary = dial_summary(dial, framework)
    drawn = dial_chart(dial, words, summary, palettes()["page"]) if dial.zone else None
    told = words.group("dial")
    return picture(told, summary, drawn)


def dial_chart(dial: Dial, words: Words, summary: Sequence[str], palette: Palette) -> Spec:
    """The zones by how many are critical now; the pointer is the last dot."""
    return layered(_layers(dial, words, palette), HEIGHT, summary)


def zones(dial: Dial, words: Words) -> list[dict[str, Any]]:
    """One row of data a zone: from where to where, its name and its count."""
    ends = (-0.5, 0.5, dial.most + 0.5, max(dial.most + ROOM, len(dial.now)) + 0.5)
    found = []
    for place, name in enumerate(WASH):
        count = words.text(f"dial.count.{name}", most=dial.most, **{"from": dial.most + 1})
        at = (ends[0], (ends[1] + ends[2]) / 2, ends[3])[place]
        found.append(
            {
                "zone": name,
                "x": ends[place],
                "x2": ends[place + 1],
                "at": at,
                "align": ("left", "center", "right")[place],
                "text": f"{words.text(f'dial.zone.{name}')}\n{count}",
                "here": name == dial.zone,
            }
        )
    return found


def _layers(dial: Dial, words: Words, palette: Palette) -> list[alt.Chart]:
    import altair as alt

    rows = zones(dial, words)
    domain = [rows[0]["x"], rows[-1]["x2"]]
    scale = alt.Scale(domain=domain, nice=False, zero=False)

    def across(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=scale)

    layers = []
    for one in sorted(rows, key=lambda row: row["here"]):  # its edge lies over the others'
        zone = alt.Chart(alt.Data(values=[one]))
        edge = palette["ink"] if one["here"] else palette["line"]
        layers += [
            zone.mark_rect(fill=palette[WASH[one["zone"]]], stroke=edge, opacity=1).encode(
                x=across("x"), x2="x2:Q", y=alt.value(TOP), y2=alt.value(TOP + BAND)
            ),
            zone.mark_text(
                align=one["align"],
                baseline="top",
                fontSize=12,
                fontWeight=600 if one["here"] else 400,
                lineBreak="\n",
                lineHeight=LINE_HEIGHT,
                color=palette["ink"],
            ).encode(x=across("at"), y=alt.value(0), text="text:N"),
        ]
    layers += _dots(dial, words, palette, across("at"))
    rest = " · ".join(
        words.text(f"dial.rest.{place}", count=len(dial.placed[place]))
        for place in ("later", "never", OPEN)
        if dial.placed[place]
    )
    below = alt.Chart(alt.Data(values=[{"text": rest}])).mark_text(
        align="left", baseline="top", fontSize=12, color=palette["soft"]
    )
    return [*layers, below.encode(x=alt.value(0), y=alt.value(REST), text="text:N")]


def _dots(dial: Dial, words: Words, palette: Palette, across: alt.X) -> list[alt.Chart]:
    """A filled dot for each that is critical now; a ring at nothing where none is."""
    import altair as alt

    middle = alt.value(TOP + BAND / 2)
    if not dial.now:
        ring = alt.Chart(alt.Data(values=[{"at": 0}])).mark_point(
            filled=False, size=140, stroke=palette["ink"], strokeWidth=2, opacity=1
        )
        return [ring.encode(x=across, y=middle)]
    dots = [
        {"at": place, "place": place, "what": cut(name, NAME)}
        for place, name in enumerate(dial.now, 1)
    ]
    many = alt.Chart(alt.Data(values=dots)).mark_point(
        filled=True, size=140, fill=palette["brand"], stroke=palette["card"], opacity=1
    )
    tip = tips(words.group("dial"), "what", "place")
    return [many.encode(x=across, y=middle, tooltip=tip)]
