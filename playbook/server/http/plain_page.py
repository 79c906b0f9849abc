"""A plain form with what its page says of it: what stands there, and what became of what came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from playbook.assessing.workbook import Workbook
from playbook.editing.apply import apply_change
from playbook.editing.filled_form import FilledForm, KeptForm, fields_of, keep_form, offered_row
from playbook.editing.opening import opened
from playbook.framework import Framework
from playbook.model import Sheet
from playbook.model.storage import Outcome, Snapshot, Store, WorksheetInfo
from playbook.report.plain_form import PlainForm, lost, says_html
from playbook.store.errors import GoneError


@dataclass(frozen=True, slots=True)
class Workspace:
    """Whose worksheets a request is about: their `store`, the name of the browser that writes, and
    who sees the answers, in a sentence."""

    store: Store
    device: str
    privacy: str


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A form with what is said above it, (kind, sentence) each; what its worksheet comes to, as
    HTML; and the fields that were kept just now. A page without a form says something alone."""

    form: PlainForm | None
    said: Sequence[tuple[str, str]] = ()
    says: str = ""
    kept: Sequence[str] = ()


def shown_page(
    framework: Framework, sheet: Sheet, wanted: str, whole: bool, place: Workspace
) -> PlainPage:
    """The worksheet that `wanted` names, or that opens without a name; `whole` as in PlainForm."""
    snapshot = _opened(framework, sheet, wanted, place)
    form = _new_form(framework, sheet, snapshot, place.privacy, whole=whole)
    return PlainPage(form, says=_says(form, place) if whole else "")


def _opened(framework: Framework, sheet: Sheet, wanted: str, place: Workspace) -> Snapshot:
    def record() -> WorksheetInfo | None:
        entry = Workbook(framework, date.today(), place.store).current(sheet)
        return entry.info if entry else None

    def apply(worksheet: str, change: Mapping[str, Any]) -> Outcome:
        return apply_change(place.store, framework, worksheet, place.device, change)

    return opened(place.store, framework, sheet, wanted, record, apply)


def _new_form(
    framework: Framework, sheet: Sheet, snapshot: Snapshot, privacy: str, **more: Any
) -> PlainForm:
    rows = {table.id: str(uuid4()) for table in sheet.tables}
    return PlainForm(
        sheet, framework, snapshot, str(uuid4()), rows | more.pop("rows", {}), privacy, **more
    )


def _says(form: PlainForm, place: Workspace) -> str:
    entry = Workbook(form.framework, date.today(), place.store).read(form.snapshot)
    book = entry.workbook
    notes = () if form.note else book.notes(form.sheet)
    return says_html(form, entry.assessment, book, notes)


def taken_page(framework: Framework, sheet: Sheet, form: FilledForm, place: Workspace) -> PlainPage:
    """Save a form; the page that says what became of it."""
    try:
        kept = keep_form(place.store, framework, sheet, form, place.device, date.today())
    except GoneError:
        return _moved(framework, sheet, form, place)
    typed = {name: form.given.get(name, ()) for name in kept.refused}
    there = {field.rpartition("/")[0] for field in kept.snapshot.fields}
    offered = {table: f"{table}/{offered_row(form.rows, table)}" for table in form.rows}
    again = {
        table: form.rows[table]
        for table, row in offered.items()
        if row not in there and any(name.startswith(f"{row}/") for name in typed)
    }
    shown = _new_form(
        framework,
        sheet,
        kept.snapshot,
        place.privacy,
        rows=again,
        typed=typed,
        refused=kept.refused,
    )
    said = [*_said(framework, kept), *(("bad", text) for text in lost(shown))]
    return PlainPage(shown, said, _says(shown, place), kept.kept)


def _said(framework: Framework, kept: KeptForm) -> Iterator[tuple[str, str]]:
    say = framework.words.text
    time = kept.snapshot.info.changed.astimezone().strftime("%H:%M")
    if kept.kept:
        key = "saved_one" if len(kept.kept) == 1 else "saved"
        yield "good", say(f"plain_form.{key}", time=time, count=len(kept.kept))
    elif not (kept.refused or kept.aside):
        yield "good", say("plain_form.saved_none")
    if kept.aside:
        yield "bad", say("plain_form.aside")
    if kept.refused:
        count = len(kept.refused)
        key = "refused_one" if count == 1 else "refused"
        yield "bad", say(f"plain_form.{key}", count=count)


def _moved(framework: Framework, sheet: Sheet, form: FilledForm, place: Workspace) -> PlainPage:
    """The worksheet is gone: what was typed stands in the one that is opened now."""
    snapshot = _opened(framework, sheet, "", place)
    typed = {name: texts for name, texts in form.given.items() if any(texts)}
    shown = _new_form(framework, sheet, snapshot, place.privacy, rows=form.rows, typed=typed)
    homeless = {name: "" for name in typed if name not in shown.fields}
    told = lost(replace(shown, refused=homeless))
    text = framework.words.text("plain_form.gone", name=snapshot.info.name)
    return PlainPage(shown, [("bad", text), *(("bad", it.strip()) for it in told)])


def unsaved_page(
    framework: Framework, sheet: Sheet, form: FilledForm | None, why: str
) -> PlainPage:
    """A form as it came, a blank one without, where nothing can be read or written just now."""
    now = datetime.now(UTC)
    info = WorksheetInfo(form.worksheet if form else "", sheet.id, sheet.title, now, now)
    snapshot = Snapshot(info, fields_of(sheet, form) if form else {}, (), 0, None)
    shown = _new_form(framework, sheet, snapshot, "", rows=form.rows if form else {})
    if form:
        shown = replace(shown, op=form.op, typed=form.given, known=form.seen)
    text = framework.words.text("plain_form.unsaved", why=why)
    return PlainPage(shown, [("bad", text)])
