"""A page by itself that gathers from all sheets: what home and the weekly page have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from playbook.assessing.workbook import Workbook
from playbook.framework import Framework
from playbook.model import InputError, StoreError
from playbook.model.content import DONE
from playbook.report.calendar import calendar
from playbook.report.week import dates
from widgets.brief import brief_reply
from widgets.cards import Card, Payload
from widgets.host import host_for
from widgets.session import Host

DEVICE = "home"
"""Who chose what counts or ticked what is done, where the host does not say: undo leaves it alone,
whoever it was."""


def _is_outdated(known: Workbook) -> bool:
    """Whether a worksheet changed; a store that can't be read says why where it is read next."""
    try:
        return known.is_outdated("")
    except StoreError:
        return True


class Overview(Card):
    """A page that gathers. It reads no store until it says hello, and again on each further one.

    From the page: hello {page: {host, app}}, done {worksheet, field, done}, calendar, brief as its
    door asks, and what a class answers besides. To it besides what a card shows: brief, and
    file {file: {name, mime, text}}.
    """

    words: str
    """The group of the wording that it speaks in."""
    story = ""
    """The finished story that its brief is of; empty for one's own answers."""

    def __init__(self, framework: Framework) -> None:
        super().__init__()
        self._framework = framework
        self._host: Host | None = None
        self._known: Workbook | None = None

    def gathered(self, workbook: Workbook, host: Host) -> Payload:
        """What the page shows besides a notice and what was just done."""
        raise NotImplementedError

    def text(self) -> str:
        """The page before anybody begins, and so the same whatever somebody saved."""
        raise NotImplementedError

    def outline(self) -> str:
        """The same as HTML: what a saved notebook shows where no widget can be."""
        raise NotImplementedError

    def answer(self, message: Mapping[str, Any], host: Host) -> None:
        """Answer one message of a page that said hello."""
        kind = message.get("type")
        if kind == "done":
            self.do(lambda: self._tick(host, message), host)
        elif kind == "calendar":
            self._send_calendar(host)
        elif kind == "brief":
            self.send(brief_reply(message, self._workbook(host), self.story))
        else:
            super().receive(message)

    def receive(self, message: Mapping[str, Any]) -> None:
        if message.get("type") == "hello":
            if self._host is None:
                page = message.get("page")
                self._host = host_for(page if isinstance(page, Mapping) else {}, self._framework)
            self.tell(self._host)
        elif self._host:
            self.answer(message, self._host)

    def tell(self, host: Host, said: str = "") -> None:
        """Show how all stands; `said` is what was just done."""
        try:
            payload = self.gathered(self._workbook(host), host)
        except StoreError as error:
            host = replace(host, notice=str(error))
            payload = self.gathered(Workbook(self._framework, date.today()), host)
        words = self._framework.words.group(self.words)
        self.show(payload | {"notice": host.notice or None, "said": said, "words": words})

    def do(self, change: Callable[[], str], host: Host) -> None:
        """Change something and show what was done, which `change` says; or why it was not."""
        try:
            said = change()
        except (StoreError, InputError) as error:
            host, said = replace(host, notice=str(error)), ""
        self.tell(host, said)

    def apply(self, host: Host, worksheet: str, **change: Any) -> None:
        """Make one change of a worksheet."""
        host.apply(worksheet, host.device or DEVICE, {"op_id": str(uuid4()), **change})

    def _workbook(self, host: Host) -> Workbook:
        """What was read stays read until a worksheet changes: a year of weeks is long to read."""
        known, today = self._known, date.today()
        if known is None or known.today != today or _is_outdated(known):
            known = self._known = Workbook(self._framework, today, host.store)
        return known

    def _tick(self, host: Host, message: Mapping[str, Any]) -> str:
        """Set the field that says that an action is done; what was done, in words."""
        worksheet, field = str(message.get("worksheet")), str(message.get("field"))
        done = message.get("done") is True
        state = host.store.load(worksheet).fields.get(field)
        value, rev = [DONE] if done else None, state.rev if state else 0
        self.apply(host, worksheet, kind="set", field=field, value=value, base_rev=rev)
        return self._framework.words.text(f"home.{'now_done' if done else 'not_done'}")

    def _send_calendar(self, host: Host) -> None:
        try:
            made = calendar(dates(self._workbook(host)), datetime.now(UTC))
        except StoreError as error:
            self.tell(replace(host, notice=str(error)))
            return
        today = date.today().isoformat()
        name = self._framework.words.text(f"{self.words}.calendar_file", day=today)
        file = {"name": name, "mime": "text/calendar", "text": made.decode()}
        self.send({"type": "file", "file": file})

    def __repr__(self) -> str:
        return self.text()

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        return data | {"text/html": self.outline()}, metadata
