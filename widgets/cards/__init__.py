"""Cards: what answers back. A card shows what it is told to show; it observes nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import anywidget

from playbook.framework import Framework
from playbook.model import Assessment, Level, Sheet, Worksheet
from playbook.report import summarise
from playbook.report.pathway import example_href
from playbook.report.steps import NextStep
from playbook.report.summary import FindingText, sentence
from widgets import assets

log = logging.getLogger(__name__)

Payload = dict[str, Any]

OPEN_REASONS = 3
"""So many reasons a person sees at once; all else is one more click away."""


class Card(anywidget.AnyWidget):
    """A widget that shows its last payload in every view of it, however late the view comes.

    What is shown travels in custom messages, never in synced traits: nbclient would write those
    into executed notebooks. To the page: show. From the page: ready.
    """

    def __init__(self, payload: Payload | None = None) -> None:
        super().__init__()
        self.payload = payload
        self.on_msg(self._receive)

    def show(self, payload: Payload) -> None:
        """Show `payload` in place of what was shown; the same again changes nothing."""
        self.payload = payload
        self.send({"type": "show", **payload})

    def receive(self, message: Mapping[str, Any]) -> None:
        """Answer one message of the page."""
        if message.get("type") == "ready" and self.payload is not None:
            self.show(self.payload)

    def _receive(self, _: Any, message: Any, __: Any) -> None:
        """Every message passes here, so no traceback ever reaches the page."""
        try:
            if isinstance(message, Mapping):
                self.receive(message)
        except Exception:
            log.exception("message to %s", type(self).__name__)


class VerdictCard(Card):
    """The verdict with its reasons and what to do next."""

    _esm = assets.esm("cards/verdict.js")
    _css = assets.css("cards/verdict.css")


def verdict_payload(
    sheet: Sheet,
    assessment: Assessment | None,
    framework: Framework,
    worksheet: Worksheet | None = None,
    *,
    example: bool = False,
) -> Payload:
    """What Says shows of a worksheet; only its words while there is no assessment yet.

    From an `example` the next step leads to the next sheet's example.
    """
    words = framework.words.group("cards")
    if assessment is None:
        return {"verdict": None, "words": words}
    told = summarise(sheet, worksheet or Worksheet(sheet.id), assessment, framework)
    musts = [finding for finding in told.findings if finding.sheet]
    reasons = [finding for finding in told.findings if not finding.sheet]
    return {
        "sheet": sheet.id,
        "verdict": {
            "level": told.level.value,
            "word": told.word,
            "says": sentence(sheet, assessment.verdict, framework),
        },
        "about": told.about or None,
        "about_text": told.about_text,
        "musts": [_plain(must) for must in sorted(musts, key=_in_order(sheet))],
        "reasons": [_plain(reason) for reason in reasons],
        "open": min(OPEN_REASONS, _weighty(reasons, told.level)),
        "next": _next(told.next, framework, example=example),
        "brief": _brief(sheet, framework),
        "numbers": [list(number) for number in told.numbers] if told.completeness.answered else [],
        "changed": told.changed or None,
        "words": words,
    }


def _next(step: NextStep | None, framework: Framework, *, example: bool) -> Payload | None:
    if step and example and step.sheet:
        step = replace(step, href=example_href(framework, step.sheet) or step.href)
    return asdict(step) if step else None


def _brief(sheet: Sheet, framework: Framework) -> str | None:
    """What the button to the brief says, at the gate of a stage that has one."""
    stages = (stage.id for stage in framework.stages if stage.gate == sheet.id)
    return next((framework.briefs[it].door.open for it in stages if it in framework.briefs), None)


def _in_order(sheet: Sheet) -> Callable[[FindingText], int]:
    """Musts in the order in which the gate names them."""
    places = {carry.sheet: place for place, carry in enumerate(sheet.carries) if carry.must}
    return lambda finding: places[finding.sheet]


def _weighty(reasons: Sequence[FindingText], verdict: Level) -> int:
    """How many of the first reasons made the verdict what it is: good news does not explain bad."""
    if verdict == Level.PASS:
        return len(reasons)
    return sum(reason.level not in (Level.PASS, Level.INFO) for reason in reasons)


def _plain(value: Any) -> Any:
    """A dataclass of plain values and of such as JSON data: dataclasses.asdict copies, and each
    answer has a dozen findings to tell."""
    names = getattr(type(value), "__dataclass_fields__", None)  # as is_dataclass and fields look
    return value if names is None else {name: _plain(getattr(value, name)) for name in names}
