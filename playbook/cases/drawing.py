"""An exhibit as a picture: points alone, one panel a series, each scale from zero, the same one for
the same unit.

A year is a line of the picture, so nothing runs from one point to the next; years without a figure
are named as such. Two scales in one field, and lines across gaps, are in one picture only: the
slide that nobody should make, which says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from playbook.cases.exhibits import ShownExhibit, ShownSeries
from playbook.model.wording import Words

WIDTH = 340
ROW, HEAD, FOOT = 24, 48, 12
FROM, TO = 62, 236
"""Where zero and the largest figure stand; the figure is written beside its point."""


def drawing(exhibit: ShownExhibit, words: Words) -> str:
    """The exhibit as SVG, in colours that follow the page."""
    if exhibit["never"]:
        return _slide(exhibit, words)
    parts: list[str] = []
    top = 0
    for series in exhibit["series"]:
        parts.extend(_panel(series, top, _largest(exhibit, series["unit"]), words))
        top += HEAD + ROW * len(_rows(series)) + FOOT
    if len(exhibit["series"]) > 1:
        parts.append(_text(0, top + 14, common(exhibit, words), weight=650))
        top += 24
    return _svg(top, parts)


def common(exhibit: ShownExhibit, words: Words) -> str:
    """How many years all series have a figure for, and which."""
    years = exhibit["in_common"]
    key = "common_years" if years else "common"
    named = ", ".join(map(str, years))
    return words.text(f"cases.exhibit.{key}", count=len(years), years=named)


def alt(exhibit: ShownExhibit, words: Words) -> str:
    """What the picture shows, in a sentence; the figures stand in the table beside it."""
    series = (
        words.text(
            "cases.exhibit.alt_series",
            name=it["name"],
            n=it["n"],
            first=it["points"][0]["year"],
            last=it["points"][-1]["year"],
        )
        for it in exhibit["series"]
    )
    told = words.text("cases.exhibit.alt", title=exhibit["title"], series="; ".join(series))
    return f"{told}. {common(exhibit, words)}."


def figure(value: float) -> str:
    """A figure as it is written beside its point."""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if value < 1 else f"{value:,.10g}"


# --------------------------------------------------------------------------- panels


def _rows(series: ShownSeries) -> list[int | tuple[int, int]]:
    """The years from first to last: one with a figure, or a run without any."""
    years = [point["year"] for point in series["points"]]
    rows: list[int | tuple[int, int]] = []
    for before, year in zip([None, *years], years, strict=False):
        if before is not None and year > before + 1:
            rows.append((before + 1, year - 1))
        rows.append(year)
    return rows


def _largest(exhibit: ShownExhibit, unit: str) -> float:
    """The largest figure in that unit, so that panels of one unit can be compared."""
    same = (it["points"] for it in exhibit["series"] if it["unit"] == unit)
    return max(point["value"] for points in same for point in points) or 1


def _panel(series: ShownSeries, top: int, largest: float, words: Words) -> Iterator[str]:
    n = words.text("cases.exhibit.n", count=series["n"])
    yield _text(0, top + 18, series["name"], weight=650)
    yield _text(0, top + 38, f"{series['unit']}, {n}", soft=True)
    points = {point["year"]: point for point in series["points"]}
    for place, row in enumerate(_rows(series)):
        y = top + HEAD + ROW * place + ROW / 2 + 5
        if isinstance(row, tuple):
            first, last = row
            span = f"{first}" if first == last else f"{first}–{last}"
            yield _text(0, y, words.text("cases.exhibit.gap", years=span), soft=True)
            continue
        point = points[row]
        x = FROM + (TO - FROM) * point["value"] / largest
        yield _text(0, y, str(row), soft=True)
        yield f'<rect x="{FROM}" y="{y - 5:g}" width="{TO - FROM}" height="1" fill="var(--line)"/>'
        yield _text(x, y, point["mark"], middle=True)
        yield _text(x + 14, y, figure(point["value"]))


# --------------------------------------------------------------------------- how not to


def _slide(exhibit: ShownExhibit, words: Words) -> str:
    """Two series on two scales, joined across their gaps: what others' slides may look like."""
    height, years = 190, [it["year"] for one in exhibit["series"] for it in one["points"]]
    first, last = min(years), max(years)
    parts = []
    for at, series in enumerate(exhibit["series"][:2]):
        largest = max(point["value"] for point in series["points"]) or 1
        way = " ".join(
            f"{20 + 300 * (it['year'] - first) / (last - first):.1f},"
            f"{height - 56 - 80 * it['value'] / largest:.1f}"
            for it in series["points"]
        )
        dash = ' stroke-dasharray="6 4"' if at else ""
        colour = ("var(--brand)", "var(--warn)")[at]
        parts.append(
            f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="3"{dash}/>'
        )
        parts.append(_text(8 if not at else WIDTH - 8, 20 + 18 * at, series["name"], end=bool(at)))
    parts += [_text(20, height - 6, str(first)), _text(320, height - 6, str(last), end=True)]
    parts.append(
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" fill="none" '
        'stroke="var(--fail)" stroke-width="2"/>'
    )
    stamp = words.text("cases.exhibit.never")
    parts.append(
        _text(WIDTH / 2, height - 34, stamp, middle=True, weight=700, colour="var(--fail)")
    )
    return _svg(height, parts)


def _svg(height: int, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-size="14">{"".join(parts)}</svg>'
    )


def _text(
    x: float,
    y: float,
    text: str,
    *,
    soft: bool = False,
    middle: bool = False,
    end: bool = False,
    weight: int = 400,
    colour: str = "",
) -> str:
    fill = colour or ("var(--soft)" if soft else "var(--ink)")
    anchor = "middle" if middle else "end" if end else "start"
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-weight="{weight}" '
        f'fill="{fill}">{escape(text)}</text>'
    )
