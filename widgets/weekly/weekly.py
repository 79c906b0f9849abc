"""The weekly page with every worksheet that this page may see.

It is an app beside home and the sheets: it gathers from four sheets and answers none, so it is no
view of one sheet's form. Each part leads to the field that changes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

from playbook.assessing.workbook import Workbook
from playbook.framework import Framework
from playbook.framework.framework import EXAMPLE
from playbook.model import InputError, StoreError
from playbook.report.brief.drawings import ON_SCREEN, run_svg
from playbook.report.calendar import calendar
from playbook.report.week import dates
from playbook.report.weekly.page import weekly_page
from playbook.report.weekly.text import weekly_outline, weekly_text
from widgets import assets
from widgets.brief import brief_reply, door_payload
from widgets.cards import Card, Payload
from widgets.host import host_for
from widgets.session import Host
from widgets.ticks import set_done

STAGE, GATE = "act", "act_gate"


class Weekly(Card):
    """The weekly page. It reads no store until a page says hello, and again on each further one.

    From the page: hello {page: {host, app}}, look {group, example}, done {worksheet, field, done},
    calendar, and brief as its door asks. To it besides what a card shows: file, brief.
    """

    _esm = assets.esm("weekly/weekly.js")
    _css = assets.css("weekly/weekly.css", "brief/brief.css")

    def __init__(self, framework: Framework) -> None:
        super().__init__()
        self._framework = framework
        self._host: Host | None = None
        self._group, self._example = "", False
        self._known: Workbook | None = None

    def receive(self, message: Mapping[str, Any]) -> None:
        kind, host = message.get("type"), self._host
        if kind == "hello":
            if host is None:
                page = message.get("page")
                host = host_for(page if isinstance(page, Mapping) else {}, self._framework)
                self._host = host
            self.show(self._payload(host))
        elif kind == "look" and host:
            self._group, self._example = (
                str(message.get("group", "")),
                message.get("example") is True,
            )
            self.show(self._payload(host))
        elif kind == "done" and host:
            self._tick(host, message)
        elif kind == "calendar" and host:
            self._send_calendar(host)
        elif kind == "brief" and host:
            self.send(brief_reply(message, self._workbook(host), EXAMPLE if self._example else ""))
        else:
            super().receive(message)

    def _workbook(self, host: Host) -> Workbook:
        """What was read stays read until a worksheet changes: a year of weeks is long to read."""
        known, today = self._known, date.today()
        if known is None or known.today != today or known.is_outdated(""):
            known = self._known = Workbook(self._framework, today, host.store)
        return known

    def _payload(self, host: Host, said: str = "") -> Payload:
        try:
            return weekly_payload(self._workbook(host), host, self._group, said, self._example)
        except StoreError as error:
            told = replace(host, notice=str(error))
            return weekly_payload(Workbook(self._framework, date.today()), told, "", said)

    def _tick(self, host: Host, message: Mapping[str, Any]) -> None:
        """Say that an action is done, or why that can't be said."""
        try:
            said = set_done(host, message, self._framework.words)
        except (StoreError, InputError) as error:
            host, said = replace(host, notice=str(error)), ""
        self.show(self._payload(host, said))

    def _send_calendar(self, host: Host) -> None:
        try:
            made = calendar(dates(self._workbook(host)), datetime.now(UTC))
        except StoreError as error:
            self.show(self._payload(replace(host, notice=str(error))))
            return
        today = date.today().isoformat()
        name = self._framework.words.text("weekly.calendar_file", day=today)
        file = {"name": name, "mime": "text/calendar", "text": made.decode()}
        self.send({"type": "file", "file": file})

    def __repr__(self) -> str:
        return weekly_text(self._framework)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        # The outline is what a saved notebook shows where no widget can be.
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return data | {"text/html": weekly_outline(self._framework)}, metadata


def weekly_payload(
    workbook: Workbook, host: Host, group: str = "", said: str = "", example: bool = False
) -> Payload:
    """What the page shows of a group, or of the finished `example` on the day of its decision."""
    framework = workbook.framework
    told = workbook.story(EXAMPLE) if example else workbook
    day = framework.examples[GATE].today if example and GATE in framework.examples else None
    page = weekly_page(told, group, day)
    payload = asdict(page)
    for drawn, chart in zip(page.charts, payload["charts"], strict=True):
        chart["svg"] = run_svg(drawn.run, framework.words, ON_SCREEN, named=False)
        chart["signal"], chart["name"] = drawn.run.signal, drawn.run.name
        del chart["run"]
    return payload | {
        "example": example,
        "notice": host.notice or None,
        "said": said,
        "brief": door_payload(framework, STAGE),
        "words": framework.words.group("weekly"),
        "move_words": framework.words.group("four_moves"),
    }
