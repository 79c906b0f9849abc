"""Visitors of the playbook and of plain Voila, for benchmarks.load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from benchmarks.answers import answer
from benchmarks.client import PATIENCE, Page
from playbook.framework import load_framework
from playbook.model import Question

CANDIDATES = 3
QUESTION = "breaks"
"""The one that is answered with no and yes in turn; the verdict stops at each no."""


class Ours:
    """A visitor of the playbook, by whatever server its notebooks are served."""

    def __init__(self, address: str, page: str) -> None:
        self.address, self.notebook = address, page.rpartition("/")[2]
        parts = urlsplit(address)
        self.base = f"{parts.scheme}://{parts.netloc}"
        self.http = httpx.Client(
            base_url=self.base, timeout=PATIENCE, verify=False, follow_redirects=True
        )
        self.page: Page | None = None
        self.rows: list[str] = []
        self.worksheet = ""
        self.revisions: Counter[str] = Counter()
        self.values: dict[str, Any] = {}
        self._next = self._cells()

    def enter(self) -> None:
        """By the printed address, which sets a cookie. The door of a class takes this one's place:
        there a visitor posts the join form and gets a cookie too."""
        if urlsplit(self.address).query:
            self.http.get(self.address, follow_redirects=False)

    def open(self) -> None:
        self.page = Page(self, self.notebook)
        self.page.hello()

    def prepare(self) -> None:
        """A worksheet of one's own: solo visitors would share the last one."""
        assert self.page
        reply = self.page.say({"type": "ask", "id": 1, "what": "new"}, "reply", id=1)
        self.worksheet = reply["state"]["worksheet"]["id"]
        for _ in range(CANDIDATES):
            made = self.page.op("add_row", table="candidates")
            self.rows = made["state"]["rows"]["candidates"]

    def answer(self, value: str) -> None:
        self._set(f"candidates/{self.rows[0]}/{QUESTION}", value)

    def close(self) -> None:
        if self.page:
            self.page.close()
        self.http.close()

    # -- filling in

    @property
    def acknowledged(self) -> int:
        return self.revisions.total()

    def write(self) -> None:
        row, question, place = next(self._next)
        self._set(f"candidates/{row}/{question.id}", answer(question, place))

    def _cells(self) -> Iterator[tuple[str, Question, int]]:
        """Every question about every candidate, over and over, each time with the next answer: the
        same one again would be no change."""
        questions = tuple(load_framework().sheets["catalyst"].questions("candidates"))
        for turn in count():
            yield from ((row, asked, turn) for row in self.rows for asked in questions)

    def _set(self, field: str, value: Any) -> None:
        assert self.page
        ack = self.page.op("set", field=field, value=value, base_rev=self.revisions[field])
        if ack["status"] != "saved":
            raise RuntimeError(f"{field}: {ack['status']} {ack.get('text', '')}")
        self.revisions[field] += 1
        self.values[field] = value

    def lost(self) -> list[str]:
        """Every acknowledged answer raised its field's revision by one, and the last one stands."""
        page = Page(self, self.notebook)
        fields = page.hello(worksheet=self.worksheet)["fields"]
        page.close()
        expected = {f: {"value": self.values[f], "rev": self.revisions[f]} for f in self.values}
        return [
            f"{f}: {fields.get(f)}, not {it}" for f, it in expected.items() if fields.get(f) != it
        ]


class InClass(Ours):
    """A participant of a class, who joins with its code."""

    def enter(self) -> None:
        parts = urlsplit(self.address)
        self.http.get(self.address)
        form = {
            "code": parse_qs(parts.query)["code"][0],
            "name": f"P{id(self)}",
            "_xsrf": self.http.cookies["_xsrf"],
        }
        answer = self.http.post(parts.path, data=form, follow_redirects=False)
        if answer.status_code != HTTPStatus.SEE_OTHER:
            raise RuntimeError(f"did not get in: {answer.status_code}")


class Stock(Ours):
    """A visitor of the sheet in stock ipywidgets, which opens and does no more."""

    def open(self) -> None:
        self.page = Page(self, self.notebook)
