"""Home: the pathway with every worksheet that this page may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from playbook.assessing.workbook import Workbook
from playbook.framework import Framework
from playbook.model import StoreError
from playbook.report.pathway import pathway, pathway_text
from widgets import assets
from widgets.cards import Card, Payload
from widgets.host import host_for
from widgets.session import Host


class Home(Card):
    """The pathway. It reads no store until a page says hello, and again on each further one.

    From the page: hello {page: {host, app}}. Its text form is the pathway before anybody begins.
    """

    _esm = assets.esm("home/home.js")
    _css = assets.css("home/home.css")

    def __init__(self, framework: Framework) -> None:
        super().__init__()
        self._framework = framework
        self._host: Host | None = None

    def receive(self, message: Mapping[str, Any]) -> None:
        if message.get("type") != "hello":
            super().receive(message)
            return
        if self._host is None:
            page = message.get("page")
            self._host = host_for(page if isinstance(page, Mapping) else {}, self._framework)
        self.show(self._payload(self._host))

    def _payload(self, host: Host) -> Payload:
        today = date.today()
        try:
            return home_payload(Workbook(self._framework, today, host.store), host)
        except StoreError as error:
            told = replace(host, notice=str(error))
            return home_payload(Workbook(self._framework, today), told)

    def __repr__(self) -> str:
        return pathway_text(self._framework)


def home_payload(workbook: Workbook, host: Host) -> Payload:
    """What Home shows: the pathway, where the answers are and who can see them."""
    framework = workbook.framework
    return {
        **asdict(pathway(framework, workbook.entries(), workbook.gates())),
        "privacy": host.privacy,
        "notice": host.notice or None,
        "words": framework.words.group("home"),
    }
