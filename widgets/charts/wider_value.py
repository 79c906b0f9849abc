"""What pictures of wider value share: before somebody wants it, there is nothing to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from playbook.framework import Framework
from playbook.model import Sheet, Worksheet
from playbook.report.returns import wider_value_is_wanted
from widgets.cards import Payload
from widgets.charts.look import Palette, Spec, palettes, picture

Draw = Callable[[Mapping[str, str], Sequence[str], Palette], Spec]


def wider_value_payload(
    group: str,
    summarise: Callable[[], list[str]],
    draw: Draw,
    sheet: Sheet,
    worksheet: Worksheet,
    framework: Framework,
) -> Payload:
    """What the Chart shows: drawn with the words of `group`, and its twin in sentences."""
    words, summary, drawn = framework.words.group(group), [], None
    if wider_value_is_wanted(sheet, worksheet, framework):
        summary = summarise()
        drawn = draw(words, summary, palettes()["page"])
    return picture(words, summary, drawn)
