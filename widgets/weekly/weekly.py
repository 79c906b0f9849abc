"""The weekly page with every worksheet that this page may see.

It is an app beside home and the sheets: it gathers from four sheets and answers none, so it is no
view of one sheet's form. Each part leads to the field that changes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from playbook.assessing.workbook import Workbook
from playbook.framework.framework import EXAMPLE
from playbook.model.wording import Words
from playbook.report.brief.drawings import ON_SCREEN, run_svg
from playbook.report.weekly.page import weekly_page
from playbook.report.weekly.parts import Drawn
from playbook.report.weekly.text import weekly_outline, weekly_text
from widgets import assets
from widgets.brief import door_payload
from widgets.cards import Payload
from widgets.overview import Overview
from widgets.session import Host

STAGE, GATE = "act", "act_gate"


class Weekly(Overview):
    """The weekly page. From the page besides: look {group, example}."""

    _esm = assets.esm("weekly/weekly.js")
    _css = assets.css("weekly/weekly.css", "brief/brief.css")

    words = "weekly"
    group = ""
    """The workgroup that is shown; empty for the one whose check-ins count."""

    def gathered(self, workbook: Workbook, host: Host) -> Payload:  # noqa: ARG002  # as its parent
        """One group, or the finished example on the day of its decision."""
        framework, example = workbook.framework, bool(self.story)
        told = workbook.story(EXAMPLE) if example else workbook
        day = framework.examples[GATE].today if example and GATE in framework.examples else None
        page = weekly_page(told, self.group, day)
        return asdict(replace(page, charts=())) | {
            "charts": [_chart(drawn, framework.words) for drawn in page.charts],
            "example": example,
            "brief": door_payload(framework, STAGE),
            "move_words": framework.words.group("four_moves"),
        }

    def text(self) -> str:
        return weekly_text(self._framework)

    def outline(self) -> str:
        return weekly_outline(self._framework)

    def answer(self, message: Mapping[str, Any], host: Host) -> None:
        if message.get("type") == "look":
            self.group = str(message.get("group", ""))
            self.story = EXAMPLE if message.get("example") is True else ""
            self.tell(host)
        else:
            super().answer(message, host)


def _chart(drawn: Drawn, words: Words) -> Payload:
    """A chart as the page draws it; its run is in the picture."""
    return {
        "says": drawn.says,
        "alt": drawn.alt,
        "href": drawn.href,
        "svg": run_svg(drawn.run, words, ON_SCREEN, named=False),
        "signal": drawn.run.signal,
        "name": drawn.run.name,
    }
