"""Worksheets as a document: what it takes to draw one, wherever that is done. Reads no store."""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal

from playbook.assessing.workbook import CaseNote, Entry, Workbook
from playbook.framework import Framework
from playbook.kit.choices import KitChoices
from playbook.kit.class_kit import class_kit
from playbook.kit.files import one_file
from playbook.model.storage import Event, Snapshot, Stored, WorksheetInfo
from playbook.report import FilledWorksheet, document_html
from playbook.report.carried import note_text
from playbook.report.private import for_others
from playbook.report.take_home.pdf_file import take_home_pdf
from playbook.report.take_home.take_home import ClassTold, take_home
from playbook.report.take_home.word_file import take_home_docx


@dataclass(frozen=True, slots=True)
class WorkspaceSnapshots:
    """The worksheets of one workspace as they were read, the last changed first."""

    snapshots: tuple[Snapshot, ...]

    def worksheets(self, sheet: str | None = None) -> list[WorksheetInfo]:
        """As in Store."""
        return [it.info for it in self.snapshots if sheet in (None, it.info.sheet)]

    def values(self, sheet: str, field: str) -> dict[str, Stored]:
        """As in Store."""
        mine = (it for it in self.snapshots if it.info.sheet == sheet and field in it.fields)
        return {it.info.id: it.fields[field].value for it in mine}

    def load(self, worksheet: str) -> Snapshot:
        """As in Store, for an id that is there."""
        return next(it for it in self.snapshots if it.info.id == worksheet)

    def history(self, worksheet: str, limit: int = 200) -> list[Event]:  # noqa: ARG002  # as in Store
        """Nothing: a document tells how things stand."""
        return []


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """A document to be drawn: the workspaces that it has, its title, the day, a note above.

    `others`: it is read by others, so what is private is left out. `only` is the id of the one
    worksheet to draw; the others are there for what they carry into it.
    """

    workspaces: tuple[WorkspaceSnapshots, ...]
    title: str
    today: date
    note: str = ""
    others: bool = False
    only: str | None = None

    @property
    def snapshots(self) -> tuple[Snapshot, ...]:
        """Every worksheet that was read."""
        return tuple(it for workspace in self.workspaces for it in workspace.snapshots)


@dataclass(frozen=True, slots=True)
class TakeHomeRequest:
    """What somebody takes home of a class: the workspaces their pilot may be in, their own first,
    and what the class comes to. `kind` is "pdf" or "docx"."""

    workspaces: tuple[WorkspaceSnapshots, ...]
    told: ClassTold
    kind: Literal["pdf", "docx"]


@dataclass(frozen=True, slots=True)
class KitRequest:
    """A file of what a trainer takes to a class: the choices, and its path."""

    choices: KitChoices
    path: str


class _Papers:
    """The last papers that were drawn: a trainer takes a file along, and then all of them."""

    def __init__(self) -> None:
        self._drawn: OrderedDict[bytes, bytes] = OrderedDict()

    def drawn(self, request: KitRequest, framework: Framework) -> bytes:
        """The file, drawn once for the same choices."""
        key = sha256(pickle.dumps(request)).digest()
        if key not in self._drawn:
            made = one_file(class_kit(request.choices, framework), request.path).make()
            self._drawn[key] = made
            while sum(map(len, self._drawn.values())) > KEPT_BYTES and len(self._drawn) > 1:
                self._drawn.popitem(last=False)
        self._drawn.move_to_end(key)
        return self._drawn[key]


KEPT_BYTES = 16_000_000
"""What a host keeps of them: some classes' papers."""
_papers = _Papers()
Request = DocumentRequest | TakeHomeRequest | KitRequest


def render(request: Request, framework: Framework) -> bytes:
    """The document asked for: HTML in UTF-8, PDF, for Word, or slides."""
    if isinstance(request, DocumentRequest):
        return render_document(request, framework).encode()
    if isinstance(request, KitRequest):
        return _papers.drawn(request, framework)
    books = [Workbook(framework, request.told.day, it) for it in request.workspaces]
    begun = (book for book in books if any(True for _ in book.entries()))
    home = take_home(request.told, next(begun, books[0]))
    make = take_home_pdf if request.kind == "pdf" else take_home_docx
    return make(home, framework.words)


def render_document(request: DocumentRequest, framework: Framework) -> str:
    """The document as one HTML page that stands alone, in the pathway's order."""
    filled = [_filled(one) for one in _entries(request, framework)]
    seen = [for_others(one) for one in filled] if request.others else filled
    return document_html(seen, framework, request.title, request.today, request.note)


def _entries(request: DocumentRequest, framework: Framework) -> Iterator[Entry]:
    order = {sheet: place for place, sheet in enumerate(framework.order)}
    books = (Workbook(framework, request.today, workspace) for workspace in request.workspaces)
    found = [one for book in books for one in book.entries()]
    for one in sorted(found, key=lambda one: (order[one.sheet.id], one.info.created)):
        if request.only in (None, one.info.id):
            yield one


def _filled(one: Entry) -> FilledWorksheet:
    return FilledWorksheet(
        sheet=one.sheet,
        worksheet=one.worksheet,
        assessment=one.assessment,
        name=one.info.name,
        saved_at=one.info.changed.astimezone().strftime("%Y-%m-%d %H:%M"),
        example=one.note,
        notes=tuple(note_text(it, one.workbook.framework) for it in _notes(one)),
    )


def _notes(one: Entry) -> Sequence[CaseNote]:
    """What was written for its sheet at the end of cases, with the worksheet that counts alone."""
    current = one.workbook.current(one.sheet)
    counts = current is not None and current.info.id == one.info.id
    return one.workbook.notes(one.sheet) if counts else ()
