"""An exhibit as native charts of a slide: points alone, one chart a series, scales from zero.

Every chart has the same years, so nothing is drawn where nothing was found. Two scales in one field
and lines across gaps are on one slide only: the one that nobody should make, which says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from playbook.model.case import Exhibit, ExhibitPoint
from playbook.report.brief.archive import BEGINNING
from playbook.report.deck import HIGH, MARGIN, WIDE, printable, write

_TOP, _BELOW, _POINTS = 1.35, 1.3, 12
_ROOM = 1.5
"""The height of a chart, as a share of its largest figure: its number stands above it."""
_DATES = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>")
_INK, _WARN = "10595F", "A81818"


def add_charts(slide: Any, exhibit: Exhibit, told: str, below: Sequence[str]) -> None:
    """The exhibit's charts, each with `told` as alt text, and the lines `below` them."""
    series = [
        sorted(points, key=lambda it: it.year)
        for _, points in groupby(exhibit.points, key=lambda it: (it.series, it.unit))
    ]
    years = [it.year for it in exhibit.points]
    high = HIGH - _TOP - _BELOW
    each = high if exhibit.never else high / len(series)
    for number, points in enumerate(series):
        top = _TOP if exhibit.never else _TOP + number * each
        frame = _chart(slide, points, (top, each), exhibit.never)
        chart = frame.chart
        chart.category_axis.minimum_scale = min(years) - 1
        chart.category_axis.maximum_scale = max(years) + 1
        if exhibit.never and number:
            _on_the_right(chart)
            chart.plots[0].series[0].format.line.color.rgb = _color(_WARN)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", printable(told))
    _lines(slide, below, warn=exhibit.never)


def _chart(
    slide: Any, points: Sequence[ExhibitPoint], place: tuple[float, float], joined: bool
) -> Any:
    from pptx.chart.data import XyChartData
    from pptx.enum.chart import (
        XL_CHART_TYPE,
        XL_LABEL_POSITION,
        XL_MARKER_STYLE,
        XL_TICK_LABEL_POSITION,
    )
    from pptx.util import Inches, Pt

    given = XyChartData()  # type: ignore[no-untyped-call]
    name = f"{points[0].series}, {points[0].unit}"
    line = given.add_series(name)  # type: ignore[no-untyped-call]
    for it in points:
        line.add_data_point(it.year, it.value)
    kind = XL_CHART_TYPE.XY_SCATTER_LINES if joined else XL_CHART_TYPE.XY_SCATTER
    top, high = place
    box = map(Inches, (MARGIN, top, WIDE - 2 * MARGIN, high))
    frame = slide.shapes.add_chart(kind, *box, given)
    chart = frame.chart
    chart.has_legend, chart.has_title = False, not joined
    if not joined:
        write(chart.chart_title.text_frame.paragraphs[0], name, _POINTS, strong=True)
    chart.font.size = Pt(_POINTS)
    value, year = chart.value_axis, chart.category_axis
    value.minimum_scale = 0
    value.maximum_scale = max(it.value for it in points) * _ROOM
    value.has_major_gridlines = year.has_major_gridlines = False
    year.major_unit = 1 if len({it.year for it in points}) > 1 else None
    year.tick_labels.number_format, year.tick_labels.number_format_is_linked = "0", False
    drawn = chart.plots[0].series[0]
    drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, 9
    drawn.marker.format.fill.solid()
    drawn.marker.format.fill.fore_color.rgb = _color(_WARN if joined else _INK)
    if not joined:
        value.tick_label_position = XL_TICK_LABEL_POSITION.NONE  # each point says its figure
        decimals = max(len(f"{it.value:g}".partition(".")[2]) for it in points)
        drawn.format.line.fill.background()
        for number, it in enumerate(points):
            label = drawn.points[number].data_label
            write(label.text_frame.paragraphs[0], f"{it.value:,.{decimals}f}", _POINTS)
            label.text_frame.word_wrap = False
            label.position = XL_LABEL_POSITION.ABOVE
    _undated(chart)
    return frame


def _on_the_right(chart: Any) -> None:
    """A second scale in the same field: how not to do it."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE


def _lines(slide: Any, lines: Sequence[str], *, warn: bool) -> None:
    from pptx.util import Inches

    place = map(Inches, (MARGIN, HIGH - _BELOW + 0.05, WIDE - 2 * MARGIN, _BELOW - 0.2))
    frame = slide.shapes.add_textbox(*place).text_frame
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        write(paragraph, line, 18, strong=number == 0)
        if warn and number == 0:
            color = _color(_WARN)
            for run in paragraph.runs:
                run.font.color.rgb = color


def _color(hexadecimal: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(hexadecimal)  # type: ignore[no-untyped-call]


def _undated(chart: Any) -> None:
    """The chart's own workbook without the moment at which it was made: the same data, the same
    bytes."""
    part = chart.part.chart_workbook.xlsx_part
    out = BytesIO()
    with ZipFile(BytesIO(part.blob)) as made, ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name in made.namelist():
            if name != "docProps/core.xml":
                archive.writestr(ZipInfo(name, BEGINNING), made.read(name))
            else:
                archive.writestr(ZipInfo(name, BEGINNING), _DATES.sub(b"", made.read(name)))
    part._blob = out.getvalue()
