"""What all pictures share: the look's colours and font, and how text is cut to its place."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from playbook.model.resources import look_dir

if TYPE_CHECKING:
    import altair as alt

Spec = dict[str, Any]
Style = dict[str, Any]
"""Arguments of a mark, or of what encodes it."""

Palette = Mapping[str, str]
"""Colours by token name ("ink", "warn-wash")."""

PHONE_WIDTH = 340
CHARACTER_WIDTH = 5.5
LINE_HEIGHT = 14
"""Sizes in px; a character's width is the average of 12 px text."""

_FONT = re.compile(r"--font:\s*([^;]+);")
_TOKEN = re.compile(r"--([\w-]+):\s*light-dark\(\s*(#\w+)\s*,\s*(#\w+)\s*\)")


def _tokens() -> str:
    return (look_dir() / "tokens.css").read_text(encoding="utf-8")


@cache
def palettes() -> dict[str, Palette]:
    """The look's colours by token name, read from its style sheet.

    "light" and "dark" hold values, for files. "page" holds references that a page resolves, so
    that a picture on screen turns dark, or light for paper, without being drawn again.
    """
    tokens = _TOKEN.findall(_tokens())
    return {
        "light": {name: light for name, light, _ in tokens},
        "dark": {name: dark for name, _, dark in tokens},
        "page": {name: f"var(--{name})" for name, _, _ in tokens},
    }


def folded(text: str, width: int) -> str:
    """`text` in at most two lines of about `width` characters."""
    lines = textwrap.wrap(
        cut(text, 2 * width), width, break_long_words=False, max_lines=2, placeholder="…"
    )
    return "\n".join(lines)


def cut(text: str, length: int) -> str:
    """`text` on one line, shortened with an ellipsis to `length` characters."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


@cache
def font() -> str:
    """The look's font by name: what isn't resolved yet can't be measured."""
    found = _FONT.search(_tokens())
    return found[1] if found else "sans-serif"


def tips(words: Mapping[str, str], *fields: str) -> list[alt.Tooltip]:
    """What a mark says when the pointer rests on it: each field under its word "tip_<field>"."""
    import altair as alt

    return [alt.Tooltip(f"{field}:N", title=words[f"tip_{field}"]) for field in fields]


def picture(words: Mapping[str, str], summary: Sequence[str], spec: Spec | None) -> dict[str, Any]:
    """What the Chart shows: a picture, its title among its words, and its twin in sentences."""
    return {"spec": spec, "title": words["title"], "summary": summary, "words": words}


def downwards(field: str, height: int) -> alt.Y:
    """Where a mark stands: px from the top of a picture of that height."""
    import altair as alt

    scale = alt.Scale(domain=[0, height], nice=False, reverse=True)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def position(height: int, x: str, y: str) -> Style:
    """Where a mark stands in a picture of that height: x as a share of its width, y in px."""
    import altair as alt

    across = alt.X(f"{x}:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    return {"x": across, "y": downwards(y, height)}


def layered(layers: Iterable[alt.Chart], height: int | None, summary: Sequence[str]) -> Spec:
    """Charts on top of one another as one specification; its twin describes it."""
    import altair as alt

    return to_spec(alt.layer(*layers), height, " ".join(summary))


def to_spec(chart: alt.LayerChart | alt.FacetChart, height: int | None, description: str) -> Spec:
    """A chart as one specification: as wide as its place, the same in any theme."""
    import altair as alt

    sized = chart.properties(
        width="container",
        padding=0,
        background="transparent",
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        description=description,
        usermeta={"embedOptions": {"actions": False, "renderer": "svg"}},
        **({"height": height} if height is not None else {}),
    )
    with alt.theme.enable("none"):
        configured = (
            sized.configure(font=font())
            .configure_axis(labelFontSize=12, titleFontSize=12)
            .configure_view(stroke=None)
        )
        spec: Spec = configured.to_dict(validate=False)  # a test holds it against the schema
    return spec
