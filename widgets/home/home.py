"""Home: the pathway with every worksheet that this page may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from playbook.assessing.workbook import Workbook
from playbook.editing.record import KIND
from playbook.framework import Framework
from playbook.model import InputError, StoreError
from playbook.report.brief import stage_in_hand
from playbook.report.calendar import calendar
from playbook.report.outline import pathway_outline
from playbook.report.pathway import pathway, pathway_text
from playbook.report.week import dates, week
from playbook.worksheet.kinds.date import written_date
from widgets import assets
from widgets.brief import brief_reply, door_payload
from widgets.cards import Card, Payload
from widgets.host import host_for
from widgets.session import Host
from widgets.ticks import DEVICE, set_done


class Home(Card):
    """The pathway. It reads no store until a page says hello, and again on each further one.

    From the page: hello {page: {host, app}}, count {worksheet, name}, calendar, and done
    {worksheet, field, done}. To it besides what a card shows: file {file: {name, mime, text}}. Its
    text form is the pathway before anybody begins.
    """

    _esm = assets.esm("home/home.js")
    _css = assets.css("home/home.css", "brief/brief.css")

    def __init__(self, framework: Framework) -> None:
        super().__init__()
        self._framework = framework
        self._host: Host | None = None

    def receive(self, message: Mapping[str, Any]) -> None:
        kind, host = message.get("type"), self._host
        if kind == "hello":
            if host is None:
                page = message.get("page")
                host = host_for(page if isinstance(page, Mapping) else {}, self._framework)
                self._host = host
            self.show(self._payload(host))
        elif kind == "count" and host:
            self._count(host, str(message.get("worksheet")))
        elif kind == "done" and host:
            self._tick(host, message)
        elif kind == "calendar" and host:
            self._send_calendar(host)
        elif kind == "brief" and host:
            self.send(brief_reply(message, self._workbook(host)))
        else:
            super().receive(message)

    def _payload(self, host: Host, said: str = "") -> Payload:
        try:
            return home_payload(self._workbook(host), host, said)
        except StoreError as error:
            told = replace(host, notice=str(error))
            return home_payload(Workbook(self._framework, date.today()), told)

    def _workbook(self, host: Host) -> Workbook:
        return Workbook(self._framework, date.today(), host.store)

    def _count(self, host: Host, worksheet: str) -> None:
        """Let a worksheet count, and say so; or say why not."""
        try:
            change = {"kind": KIND, "op_id": str(uuid4())}
            host.apply(worksheet, host.device or DEVICE, change)
            name = host.store.load(worksheet).info.name
            said = self._framework.words.text("home.now_counts", name=name)
        except (StoreError, InputError) as error:
            host, said = replace(host, notice=str(error)), ""
        self.show(self._payload(host, said))

    def _tick(self, host: Host, message: Mapping[str, Any]) -> None:
        """Set the field that says that an action is done, and say so; or say why not."""
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
        name = self._framework.words.text("home.calendar_file", day=today)
        text = made.decode()
        self.send({"type": "file", "file": {"name": name, "mime": "text/calendar", "text": text}})

    def __repr__(self) -> str:
        return pathway_text(self._framework)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        # The outline is what a saved notebook shows where no widget can be.
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return data | {"text/html": pathway_outline(self._framework)}, metadata


def home_payload(workbook: Workbook, host: Host, said: str = "") -> Payload:
    """What Home shows: the pathway, this week, where the answers are and who can see them.

    `said` tells what was just done.
    """
    words = workbook.framework.words
    return {
        **asdict(pathway(workbook)),
        "week": asdict(week(workbook)),
        "today": written_date(workbook.today, words),
        "privacy": host.privacy,
        "notice": host.notice or None,
        "said": said,
        "brief": door_payload(workbook.framework, stage_in_hand(workbook)),
        "words": words.group("home"),
    }
