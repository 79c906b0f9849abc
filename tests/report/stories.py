"""Somebody's worksheets in a store: the finished example as one's own, and changes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

from playbook.assessing.workbook import Workbook
from playbook.editing.apply import apply_change
from playbook.framework import Framework
from playbook.model.storage import Store
from playbook.store.sql import SqliteStore
from playbook.worksheet.fields import EXAMPLE

GATE = "recognise_gate"


class Story:
    """A store of one person, `today`, and what home would say then."""

    def __init__(self, framework: Framework, today: date, store: Store | None = None) -> None:
        self.framework, self.today = framework, today
        self.store = store or SqliteStore(None)

    def change(self, worksheet: str, kind: str, **values: Any) -> None:
        change = {"kind": kind, "op_id": str(uuid4()), **values}
        apply_change(self.store, self.framework, worksheet, "laptop", change, lambda: self.today)

    def write(self, sheet: str, name: str = "", **fields: Any) -> str:
        """A worksheet with these fields, "table__row__question" for those of rows; its id."""
        title = self.framework.sheets[sheet].title
        worksheet = self.store.create(sheet, name or title).id
        named = {field.replace("__", "/"): value for field, value in fields.items()}
        self.change(worksheet, "replace", fields=named)
        return worksheet

    def example_of(self, sheet: str, without: tuple[str, ...] = (), story: str = "example") -> str:
        """The sheet's example in a story as one's own, without answers to these questions; its
        id."""
        scratch = self.store.create(sheet, "Scratch").id
        self.change(scratch, "example", story=story)
        said = self.store.load(scratch).fields
        self.store.erase_worksheet(scratch)
        fields = {
            field: state.value
            for field, state in said.items()
            if field != EXAMPLE and field.split("/")[-1] not in without
        }
        return self.write(sheet, **fields)

    def finish(self, but: tuple[str, ...] = ()) -> dict[str, str]:
        """All sheets as in the example, but these; the worksheets' ids by sheet."""
        return {sheet: self.example_of(sheet) for sheet in self._sheets() if sheet not in but}

    def _sheets(self) -> Iterator[str]:
        return (sheet for sheet in self.framework.order if sheet in self.framework.sheets)

    @property
    def workbook(self) -> Workbook:
        return Workbook(self.framework, self.today, self.store)
