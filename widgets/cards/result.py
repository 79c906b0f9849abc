"""The card above the last decision: what the sealed promise and the figures come to."""

from __future__ import annotations

from dataclasses import asdict

from playbook.assessing.workbook import Workbook
from playbook.framework import Framework
from playbook.model import Worksheet
from playbook.model.wording import Words
from playbook.report.act_gate.pilot import FOCUS, focus_of
from playbook.report.act_gate.result import (
    GroupWeeks,
    WhatWasFound,
    levels,
    result_of,
    rivals,
    told,
)
from playbook.report.brief.drawings import ON_SCREEN, run_svg
from playbook.report.pathway import href_of
from playbook.report.weekly.runs import run_alt
from widgets import assets
from widgets.cards import Card, Payload


class ResultCard(Card):
    """What the program found. It shows only its words until it is told of a workbook."""

    _esm = assets.esm("cards/result.js")
    _css = assets.css("cards/result.css")

    def __init__(self, framework: Framework) -> None:
        super().__init__(result_payload(None, None, None, framework))
        self._of: Workbook | None = None
        self._result: WhatWasFound | None = None

    def tell(self, workbook: Workbook, worksheet: Worksheet) -> None:
        """Show what the worksheets that count come to, with the gate's own criteria and
        predictions. The verdict is worked out anew only of another workbook."""
        if workbook is not self._of:
            self._of, self._result = workbook, result_of(workbook)
        payload = result_payload(workbook, self._result, worksheet, workbook.framework)
        if payload != self.payload:
            self.show(payload)


def result_payload(
    workbook: Workbook | None,
    result: WhatWasFound | None,
    worksheet: Worksheet | None,
    framework: Framework,
) -> Payload:
    """What the card shows: the promised measure, the parts in sentences, where the figures are.
    `worksheet` is the gate's."""
    words, focus = framework.words, framework.sheets.get(FOCUS)
    entry = focus_of(workbook) if workbook else None
    gate = framework.sheets.get(worksheet.sheet) if worksheet else None
    shown = ("title", "about", "none", "to_focus", "rivals")
    return {
        "words": {key: words.text(f"act_result.{key}") for key in shown},
        "found": result is not None,
        "metric": words.text("act_result.metric", metric=result.metric) if result else None,
        "levels": [asdict(one) for one in levels(worksheet, gate, words)] if gate else [],
        "verdict": result.verdict if result else (),
        "lots": [_drawn(one, words) for one in result.groups] if result else [],
        "parts": [{"name": name, "said": said} for name, said in told(result, worksheet, words)],
        "rivals": [asdict(one) for one in rivals(worksheet, gate, words)] if gate else [],
        "href": href_of(focus, entry.info.id if entry else "") if focus else None,
    }


def _drawn(one: GroupWeeks, words: Words) -> Payload:
    return {
        "group": one.run.group,
        "start": one.start,
        "svg": run_svg(one.run, words, ON_SCREEN, named=False),
        "alt": f"{run_alt(one.run, words)} {one.start}.",
    }
