"""What a page may ask of its worksheet besides changing answers: files, names, copies, erasing."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial
from typing import Any

from playbook.assessing.workbook import Entry
from playbook.editing.incoming import WAYS, Way, look_into, own_only, take_in
from playbook.model import InputError
from playbook.model.storage import Outcome, Snapshot, WorksheetInfo
from playbook.report import FilledWorksheet, differences, document_html
from playbook.report.brief.from_pdf import answers_in_pdf
from playbook.report.carried import note_text
from playbook.report.private import for_others
from playbook.worksheet.fields import is_example
from playbook.worksheet.kinds import clean_text
from widgets.form.state import history, state, written
from widgets.session import Session

Answer = dict[str, Any]
Ask = Callable[[Session, Mapping[str, Any]], Answer]
NO_MORE: Mapping[str, Ask] = {}

NAME_LENGTH = 80


def answer(
    session: Session, message: Mapping[str, Any], more: Mapping[str, Ask] = NO_MORE
) -> Answer:
    """The reply to {"what": ..., ...}; InputError for anything not listed."""
    what, known = message.get("what"), {**_ASKS, **more}
    if not isinstance(what, str) or what not in known:
        raise InputError(f"A page can ask for {', '.join(sorted(known))}; not {what!r}.")
    return known[what](session, message)


def _history(session: Session, _: Mapping[str, Any]) -> Answer:
    return history(session)


def _export(session: Session, _: Mapping[str, Any]) -> Answer:
    data = own_only(session.store.export())
    if not data["worksheets"]:
        raise InputError(session.framework.words.text("error.nothing_own"))
    text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)
    name = session.framework.words.text("file.workspace", date=date.today().isoformat())
    return {"file": {"name": name, "mime": "application/json", "text": text}}


def _html(session: Session, message: Mapping[str, Any]) -> Answer:
    """The worksheet as one page; what is private goes along only where that was ticked."""
    info, framework = session.snapshot.info, session.framework
    told = session.sheet, session.worksheet, session.assessment
    saved = written(info.changed, framework.words)
    notes = () if session.is_example else session.workbook.notes(session.sheet)
    noted = tuple(note_text(it, framework) for it in notes)
    filled = FilledWorksheet(*told, info.name, saved, session.example_note, noted)
    shown = filled if message.get("private") is True else for_others(filled)
    title = framework.words.text("report.title", name=info.name, sheet=session.sheet.title)
    text = document_html([shown], framework, title, date.today())
    return {"file": {"name": f"{_file_name(info.name)}.html", "mime": "text/html", "text": text}}


def _look_into(session: Session, message: Mapping[str, Any]) -> Answer:
    """What an export holds, beside what is here: a page asks what becomes of each before it
    imports."""
    incoming = look_into(_given(session, message), session.framework)
    if not incoming:
        raise InputError(session.framework.words.text("error.nothing_comes"))
    return {"worksheets": [_beside(session, one) for one in incoming]}


def _beside(session: Session, snapshot: Snapshot) -> dict[str, Any]:
    """A worksheet that would come: where one of its sheet says something here, what differs."""
    framework, info = session.framework, snapshot.info
    here = _counterpart(session, snapshot)
    told = {"name": info.name, "sheet": framework.titles.get(info.sheet, info.sheet)}
    if here is None:
        return told | {"here": None, "lines": []}
    theirs = session.workbook.read(snapshot).worksheet
    lines = differences(here.sheet, here.worksheet, theirs, framework)
    return told | {
        "here": here.info.name,
        "lines": [{"what": line.what, "values": line.values} for line in lines],
    }


def _counterpart(session: Session, snapshot: Snapshot) -> Entry | None:
    """The worksheet here that one of an export may replace: itself, else the one that counts."""
    sheet = session.framework.sheets.get(snapshot.info.sheet)
    if sheet is None:
        return None
    same = (it for it in session.workbook.entries() if it.info.id == snapshot.info.id)
    return next(same, None) or session.workbook.current(sheet)


def _import(session: Session, message: Mapping[str, Any]) -> Answer:
    """Take an export in; {"ways": ["replace", "keep" or "skip", ...]} says what becomes of each of
    the worksheets that "look_into" told of, and without it all are kept beside what is here."""
    words, data = session.framework.words, _given(session, message)
    incoming = look_into(data, session.framework)
    given = message.get("ways") or ["keep"] * len(incoming)
    if not isinstance(given, list) or len(given) != len(incoming) or not set(given) <= set(WAYS):
        raise InputError(f"ways are {', '.join(WAYS)}, one for each worksheet; not {given!r}.")
    ways: list[tuple[Way, str]] = []
    for snapshot, way in zip(incoming, given, strict=True):
        target = _counterpart(session, snapshot) if way == "replace" else None
        if target:
            ways.append(("replace", target.info.id))
        else:  # what would replace something is kept where there is nothing
            ways.append(("skip" if way == "skip" else "keep", ""))
    used = (info for info in session.store.worksheets() if session.store.seq(info.id))
    here = {(info.sheet, info.name) for info in used}
    apply = partial(_apply, session)
    taken = take_in(session.store, session.framework, data, ways, apply)
    added = [_apart(session, info, here) for info in taken.added]
    mine = [info.id for info in added if info.sheet == session.sheet.id]
    session.open(mine[0] if mine else session.id)
    parts = {"imported": [info.name for info in added], "replaced": taken.replaced}
    told = [words.text(f"notice.{kind}", names=", ".join(it)) for kind, it in parts.items() if it]
    return {"state": state(session), "notice": " ".join(told) or words.text("notice.left_out")}


def _apply(session: Session, worksheet: str, change: Mapping[str, Any]) -> Outcome:
    return session.apply(change, worksheet)


def _given(session: Session, message: Mapping[str, Any]) -> Any:
    """The JSON data of an export: its text, or what the PDF of a brief has inside (in base64)."""
    if "pdf" in message:
        return answers_in_pdf(_bytes(message["pdf"]), session.framework.words)
    try:
        return json.loads(str(message.get("text", "")))
    except (ValueError, RecursionError):
        raise InputError(session.framework.words.text("error.not_an_export")) from None


def _bytes(base64: Any) -> bytes:
    try:
        return b64decode(str(base64), validate=True)
    except ValueError:
        return b""  # no PDF, as it will be told


def _apart(
    session: Session, info: WorksheetInfo, here: Collection[tuple[str, str]]
) -> WorksheetInfo:
    """What was imported, under a name that tells it from a worksheet that was here before."""
    if (info.sheet, info.name) not in here:
        return info
    name = session.framework.words.text("form.copy_name", name=info.name)
    return session.store.rename(info.id, name[:NAME_LENGTH])


def _new(session: Session, message: Mapping[str, Any]) -> Answer:
    name, info = _name(session, message), session.snapshot.info
    if not name and info.name == session.sheet.title and is_example(session.snapshot.fields):
        session.rename(
            session.framework.words.text("form.example_name")
        )  # the title is for one's own
    session.open(session.create(name).id)
    return {"state": state(session)}


def _open(session: Session, message: Mapping[str, Any]) -> Answer:
    session.open_exactly(str(message.get("worksheet", "")))
    return {"state": state(session)}


def _rename(session: Session, message: Mapping[str, Any]) -> Answer:
    if name := _name(session, message):
        session.rename(name)
    return {"state": state(session)}


def _duplicate(session: Session, message: Mapping[str, Any]) -> Answer:
    default = session.framework.words.text("form.copy_name", name=session.snapshot.info.name)
    session.open(session.store.duplicate(session.id, _name(session, message) or default).id)
    return {"state": state(session)}


def _compare(session: Session, message: Mapping[str, Any]) -> Answer:
    """This worksheet beside another of the sheet: their names, their verdicts, what differs."""
    words, framework = session.framework.words, session.framework
    other = session.look_at(str(message.get("worksheet", "")))
    verdicts = [
        words.text(f"level.{told.verdict}") for told in (session.assessment, other.assessment)
    ]
    lines = differences(session.sheet, session.worksheet, other.worksheet, framework)
    told = [{"what": line.what, "values": line.values} for line in lines]
    first = {"what": words.text("chart.verdict"), "values": verdicts}
    return {
        "names": [session.snapshot.info.name, other.info.name],
        "lines": [first, *told] if told else [],
    }


def _erase_field(session: Session, message: Mapping[str, Any]) -> Answer:
    session.erase_field(str(message.get("field", "")))
    return {"state": state(session), "notice": session.framework.words.text("notice.erased")}


def _erase_worksheet(session: Session, _: Mapping[str, Any]) -> Answer:
    session.store.erase_worksheet(session.id)
    session.open()
    return {"state": state(session), "notice": session.framework.words.text("notice.erased")}


def _erase_everything(session: Session, _: Mapping[str, Any]) -> Answer:
    session.store.erase_everything()
    session.open()
    return {"state": state(session), "notice": session.framework.words.text("notice.erased_all")}


_ASKS: Mapping[str, Ask] = {
    "history": _history,
    "export": _export,
    "html": _html,
    "look_into": _look_into,
    "import": _import,
    "new": _new,
    "open": _open,
    "rename": _rename,
    "duplicate": _duplicate,
    "compare": _compare,
    "erase_field": _erase_field,
    "erase_worksheet": _erase_worksheet,
    "erase_everything": _erase_everything,
}


def _name(session: Session, message: Mapping[str, Any]) -> str:
    name = clean_text(str(message.get("name") or ""), lines=False)
    if len(name) > NAME_LENGTH:
        words = session.framework.words
        raise InputError(words.text("error.too_long", length=len(name), limit=NAME_LENGTH))
    return name


def _file_name(name: str) -> str:
    """A worksheet's name as a file name that every system takes."""
    return re.sub(r"[^\w -]+", "", name).strip()[:NAME_LENGTH] or "worksheet"
