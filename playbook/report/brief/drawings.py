"""The brief's small pictures as SVG: once for screens, whose colours follow the page, once for
files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from textwrap import shorten

from playbook.model.wording import Words
from playbook.report.brief.brief import EffectRange, Hours, Map
from playbook.report.weekly.runs import WeeklyRun
from playbook.worksheet.figures import figure, percent, whole_percent

Palette = Mapping[str, str]

ON_PAPER: Palette = {
    "ink": "#17242c",
    "soft": "#52626c",
    "edge": "#7d8b93",
    "card": "#ffffff",
    "wash": "#f1efe8",
    "brand": "#0b5d66",
    "brand-ink": "#ffffff",
    "brand-wash": "#cfe5e6",
    "pass-wash": "#e7f3ec",
    "warn-wash": "#fdf1de",
    "unknown-wash": "#eceff1",
}
"""The light look's colours; files know no style sheet."""

ON_SCREEN: Palette = {name: f"var(--{name})" for name in ON_PAPER} | {"edge": "var(--soft)"}

MAP_SIZE = 200, 124
RANGE_SIZE = 360, 56
HOURS_SIZE = 360, 52
RUN_SIZE = 220, 112
_PLOT = 172, 86
_RIM = 8
_NAME = 16
"""Room for a measure's name above its chart."""
_LONGEST_NAME = 34
_FIELD = 200, 108
_PIN = 10
_FOUR = ("warn-wash", "pass-wash", "wash", "unknown-wash")
_ROOM = 0.25
"""How much further the axis of a range goes than what stands on it."""


def map_svg(drawn: Map, words: Words, palette: Palette) -> str:
    """The places by impact (upwards) and likelihood (to the right), as numbered pins."""
    width, height = _FIELD
    half_x, half_y = width / 2, height / 2
    fields = (
        f'<rect x="{half_x * (place % 2):g}" y="{half_y * (place // 2):g}" width="{half_x:g}" '
        f'height="{half_y:g}" style="fill:{palette[name]}"/>'
        for place, name in enumerate(_FOUR)
    )
    cross = (
        f'<path d="M{half_x:g} 0V{height}M0 {half_y:g}H{width}" '
        f'style="stroke:{palette["edge"]};stroke-width:.6"/>'
    )
    taken: list[tuple[float, float]] = []
    pins = []
    for pin in drawn.pins:
        at = (pin.likelihood * width, (1 - pin.impact) * height)
        while at in taken:
            at = (at[0] + 2 * _PIN + 1, at[1])  # two places of one answer stand beside each other
        taken.append(at)
        chosen = pin.number == 1
        fill, ink = ("brand", "brand-ink") if chosen else ("card", "ink")
        pins.append(
            f'<circle cx="{at[0]:g}" cy="{at[1]:g}" r="{_PIN}" '
            f'style="fill:{palette[fill]};stroke:{palette["edge"]}"/>'
            + _text(at[0], at[1] + 4.5, str(pin.number), palette[ink], anchor="middle")
        )
    axes = _text(0, height + 14, words.text("brief.map_impact"), palette["soft"]) + _text(
        width, height + 14, words.text("brief.map_likelihood"), palette["soft"], anchor="end"
    )
    return _svg(MAP_SIZE, "".join((*fields, cross, *pins, axes)))


def range_svg(drawn: EffectRange, words: Words, palette: Palette) -> str:
    """The estimate on its range, from zero; a broken line where leaders begin to notice."""
    width, height = RANGE_SIZE
    ends = [0.0, drawn.low, drawn.high, *([drawn.limit] if drawn.limit is not None else [])]
    least, most = min(ends), max(ends)
    room = (most - least or 1.0) * _ROOM
    start = least - room if least < 0 else 0.0
    end = most + room

    def at(share: float) -> float:
        return (share - start) / (end - start) * width

    middle = height / 2
    band = (
        f'<rect x="{at(drawn.low):g}" y="{middle - 7:g}" '
        f'width="{max(1.0, at(drawn.high) - at(drawn.low)):g}" height="14" rx="2" '
        f'style="fill:{palette["brand-wash"]};stroke:{palette["edge"]};stroke-width:.6"/>'
    )
    parts = [
        _stroke(0, middle, width, middle, palette["edge"]),
        band,
        _stroke(
            at(drawn.likely), middle - 11, at(drawn.likely), middle + 11, palette["brand"], 2.5
        ),
        _placed(at, drawn.likely, 12, f"{percent(drawn.likely)}%", palette["ink"], width),
        _text(at(0.0), height - 8, "0", palette["soft"]),
    ]
    if drawn.limit is not None:
        line = _stroke(at(drawn.limit), middle - 13, at(drawn.limit), middle + 14, palette["soft"])
        said = words.text("brief.limit", limit=figure(drawn.limit * 100))
        parts += [
            line.replace("style=", 'stroke-dasharray="3 2" style='),
            _placed(at, drawn.limit, height - 1, said, palette["soft"], width),
        ]
    return _svg(RANGE_SIZE, "".join(parts))


def hours_svg(drawn: Hours, words: Words, palette: Palette) -> str:
    """A week of those who are freed: the free share first, and a broken line at what it takes."""
    width, height = HOURS_SIZE
    free, limit = max(0.0, drawn.free) * width, drawn.limit * width
    said = words.text("brief.hours_free", share=whole_percent(drawn.free))
    kept = words.text("brief.hours_kept", share=whole_percent(1 - drawn.free))
    at_least = words.text("brief.hours_limit", share=whole_percent(drawn.limit))
    line = _stroke(limit, 0, limit, height - 14, palette["ink"], 1.2)
    parts = [
        f'<rect x="0" y="4" width="{width}" height="26" rx="3" '
        f'style="fill:{palette["wash"]};stroke:{palette["edge"]};stroke-width:.6"/>',
        f'<rect x="0" y="4" width="{free:g}" height="26" rx="3" style="fill:{palette["brand"]}"/>',
        _text(10, 21, said, palette["brand-ink"]),
        _text(width - 8, 21, kept, palette["ink"], anchor="end"),
        line.replace("style=", 'stroke-dasharray="3 2" style='),
        _text(limit, height - 2, at_least, palette["soft"], anchor="end"),
    ]
    return _svg(HOURS_SIZE, "".join(parts))


def run_svg(drawn: WeeklyRun, words: Words, palette: Palette, *, named: bool = True) -> str:
    """A measure by week: the usual range as a band, a broken line where the pilot began, a ring
    around each week of a signal, and the latest figure behind it; `named` above it."""
    width, height = _PLOT
    known = [value for value in drawn.values if value is not None]
    ends = [*known, *(drawn.range or ())] or [0.0]
    least, most = min(ends), max(ends)
    room = (most - least) or 1.0

    def x(place: float) -> float:
        return _RIM + place / max(len(drawn.values) - 1, 1) * (width - _RIM)

    def y(value: float) -> float:
        return float(_NAME + _RIM + (most - value) / room * (height - _RIM - _NAME))

    parts = []
    if drawn.range:
        lower, upper = drawn.range
        parts.append(
            f'<rect x="0" y="{y(upper):g}" width="{width + _RIM}" '
            f'height="{y(lower) - y(upper):g}" style="fill:{palette["wash"]}"/>'
        )
    foot = [_text(0, height + 20, words.text("weekly.run.before"), palette["soft"])]
    if drawn.begins is not None and 0 <= drawn.begins < len(drawn.values):
        at = x(drawn.begins - 0.5)
        line = _stroke(at, _NAME, at, height + 8, palette["edge"])
        parts.append(line.replace("style=", 'stroke-dasharray="3 2" style='))
        foot.append(_text(at + 4, height + 20, words.text("weekly.run.pilot"), palette["soft"]))
    parts += _weeks(drawn, x, y, palette)
    if drawn.last is not None:
        place = max(at for at, value in enumerate(drawn.values) if value is not None)
        said = figure(round(drawn.last, 1), "%" if drawn.unit == "%" else "")
        parts.append(_text(x(place) + 9, y(drawn.last) + 4, said, palette["ink"]))
    name = shorten(drawn.name, _LONGEST_NAME, placeholder="…")
    head = [_text(0, 11, name, palette["ink"])] if named else []
    return _svg(RUN_SIZE, "".join((*head, *parts, *foot)))


def _weeks(
    drawn: WeeklyRun, x: Callable[[float], float], y: Callable[[float], float], palette: Palette
) -> list[str]:
    """The line, broken where a week has no figure, and the rings."""
    parts, path = [], ""
    for place, value in enumerate(drawn.values):
        if value is None:
            path += " "
            continue
        joined = place and drawn.values[place - 1] is not None
        path += f"{'L' if joined else 'M'}{x(place):.1f} {y(value):.1f}"
    style = f"fill:none;stroke:{palette['brand']};stroke-width:1.8"
    parts.append(f'<path d="{path.strip()}" style="{style}"/>')
    ring = f"fill:{palette['card']};stroke:{palette['brand']};stroke-width:1.8"
    for place in drawn.marked:
        value = drawn.values[place]
        if value is not None:
            parts.append(f'<circle cx="{x(place):.1f}" cy="{y(value):.1f}" r="4" style="{ring}"/>')
    return parts


def _placed(
    at: Callable[[float], float], share: float, y: float, text: str, colour: str, width: float
) -> str:
    """A text at a share of the axis that does not leave the picture."""
    half = len(text) * 3.2
    return _text(min(max(at(share), half), width - half), y, text, colour, anchor="middle")


def _svg(size: tuple[int, int], inside: str) -> str:
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{inside}</svg>'
    )


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 0.8) -> str:
    return (
        f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" '
        f'style="stroke:{colour};stroke-width:{width:g}"/>'
    )


def _text(x: float, y: float, text: str, colour: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="12" '
        f'style="fill:{colour}">{escape(text)}</text>'
    )
