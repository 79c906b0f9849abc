"""What the page of the last gate may ask: what the sealed promise and the figures come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from weakref import WeakKeyDictionary

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
from widgets.form.asks import Answer, Ask
from widgets.session import Session

Message = Mapping[str, Any]


_found: WeakKeyDictionary[Session, tuple[object, WhatWasFound | None]] = WeakKeyDictionary()
"""What each page was told last, and of what: the verdict and the history behind it are looked at
anew only where that changed, and not with every answer at the gate."""


def _result(session: Session, _: Message) -> Answer:
    known = session.look()
    book = known.story(session.story) if session.story else known
    entry = focus_of(book)
    of = entry and (entry.info, book.today, book.carried(entry.sheet))
    kept = _found.get(session)
    if kept is None or kept[0] != of:
        _found[session] = kept = (of, result_of(book))
    return {
        "pilot_result": result_payload(book, kept[1], session.worksheet, session.framework),
    }


def result_payload(
    workbook: Workbook, result: WhatWasFound | None, worksheet: Worksheet, framework: Framework
) -> Answer:
    """What the view shows: the two levels and other explanations of the gate's `worksheet`, the
    promised measure with its groups, the parts in sentences, where the figures are."""
    words, focus = framework.words, framework.sheets.get(FOCUS)
    entry, gate = focus_of(workbook), framework.sheets[worksheet.sheet]
    shown = ("about", "none", "to_focus", "rivals")
    return {
        "words": {key: words.text(f"act_result.{key}") for key in shown},
        "found": result is not None,
        "metric": words.text("act_result.metric", metric=result.metric) if result else None,
        "levels": [asdict(one) for one in levels(worksheet, gate, words)],
        "verdict": result.verdict if result else (),
        "lots": [_drawn(one, words) for one in result.groups] if result else [],
        "parts": [{"name": name, "said": said} for name, said in told(result, worksheet, words)],
        "rivals": [asdict(one) for one in rivals(worksheet, gate, words)],
        "href": href_of(focus, entry.info.id if entry else "") if focus else None,
    }


def _drawn(one: GroupWeeks, words: Words) -> Answer:
    return {
        "group": one.run.group,
        "start": one.start,
        "svg": run_svg(one.run, words, ON_SCREEN, named=False),
        "alt": f"{run_alt(one.run, words)} {one.start}.",
    }


ASKS: Mapping[str, Ask] = {"pilot_result": _result}
