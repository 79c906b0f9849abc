"""Home: the pathway with every worksheet that this page may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from playbook.assessing.workbook import Workbook
from playbook.editing.record import KIND
from playbook.report.brief import stage_in_hand
from playbook.report.outline import pathway_outline
from playbook.report.pathway import pathway, pathway_text
from playbook.report.week import week
from playbook.worksheet.kinds.date import written_date
from widgets import assets
from widgets.brief import door_payload
from widgets.cards import Payload
from widgets.overview import Overview
from widgets.session import Host


class Home(Overview):
    """The pathway. From the page besides: count {worksheet}."""

    _esm = assets.esm("home/home.js")
    _css = assets.css("home/home.css", "brief/brief.css")

    words = "home"

    def gathered(self, workbook: Workbook, host: Host) -> Payload:
        """The pathway, this week, where the answers are and who can see them."""
        words = workbook.framework.words
        return {
            **asdict(pathway(workbook)),
            "week": asdict(week(workbook)),
            "today": written_date(workbook.today, words),
            "privacy": host.privacy,
            "cases": words.group("cases.home") | {"href": workbook.framework.case_play.notebook},
            "brief": door_payload(workbook.framework, stage_in_hand(workbook)),
        }

    def text(self) -> str:
        return pathway_text(self._framework)

    def outline(self) -> str:
        return pathway_outline(self._framework)

    def answer(self, message: Mapping[str, Any], host: Host) -> None:
        if message.get("type") == "count":
            self.do(lambda: self._count(host, str(message.get("worksheet"))), host)
        else:
            super().answer(message, host)

    def _count(self, host: Host, worksheet: str) -> str:
        """Let a worksheet count; what was done, in words."""
        self.apply(host, worksheet, kind=KIND)
        name = host.store.load(worksheet).info.name
        return self._framework.words.text("home.now_counts", name=name)
