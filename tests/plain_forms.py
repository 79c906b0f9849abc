"""A plain form as a browser without scripts has it: what it shows, and what it sends."""

from __future__ import annotations

from html.parser import HTMLParser

CHECKED = ("radio", "checkbox")


class Form(HTMLParser):
    """The one form for a sheet in a page. `sent` is what a browser would send, name by name, the
    hidden ones first; `offered` what may be picked; `errors` what stands at each field."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.offered: dict[str, list[str]] = {}
        self.kinds: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self.row_ops: dict[str, str] = {}
        self.settles: list[str] = []
        self._inside = False
        self._textarea = self._select = self._error = ""
        self._picked = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form" and "data-pb-plain" in told:
            assert told["method"] == "post"
            self._inside = True
        if not self._inside:
            return
        name = told.get("name", "")
        if "data-row-op" in told:
            self.row_ops[told["data-table"]] = told["data-row-op"]
        if tag == "textarea":
            self._note(name, "text")
            self._textarea = name
            self.sent[name] = [""]
        elif tag == "select":
            self._note(name, "select")
            self._select, self._picked = name, False
            self.sent.setdefault(name, []).append("")
        elif tag == "option":
            self.offered[self._select].append(told["value"])
            if "selected" in told:
                self.sent[self._select][-1] = told["value"]
        elif tag == "input" and told["type"] in CHECKED:
            self._note(name, told["type"])
            self.offered[name].append(told["value"])
            if "checked" in told:
                self.sent.setdefault(name, []).append(told["value"])
        elif tag == "input":
            self._note(name, told["type"])
            self.sent[name] = [told["value"]]
        elif tag == "button" and name:
            self.settles.append(told["value"])
        elif told.get("class") == "error":
            self._error = told["id"].removeprefix("e-")

    def _note(self, name: str, kind: str) -> None:
        self.kinds[name] = kind
        self.offered.setdefault(name, [])

    def handle_data(self, data: str) -> None:
        if self._textarea:
            said = self.sent[self._textarea][0] + data
            self.sent[self._textarea] = [said.removeprefix("\n")]  # as HTML has it
        if self._error:
            self.errors[self._error] = self.errors.get(self._error, "") + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._textarea = ""
        elif tag == "p":
            self._error = ""

    @property
    def fields(self) -> list[str]:
        """The fields that it asks, in order."""
        return [name for name in self.kinds if not name.startswith("_")]

    @property
    def worksheet(self) -> str:
        return self.sent["_worksheet"][0]

    def new_row(self, table: str) -> str:
        """The row that it offers in a table."""
        return "r" + self.row_ops[table].replace("-", "")[:12]

    def fill(self, name: str, *values: str) -> None:
        """Type, pick or tick; what can't be picked is no use of a browser."""
        kind = self.kinds[name]
        if kind in (*CHECKED, "select"):
            assert set(values) <= {*self.offered[name], ""}, (name, values)
        if kind == "text":
            values = tuple(value.replace("\n", "\r\n") for value in values)
        blanks = len(self.sent.get(name, ())) - len(values) if kind == "select" else 0
        self.sent[name] = [*values, *[""] * blanks]
        if kind in CHECKED and not values:
            del self.sent[name]
