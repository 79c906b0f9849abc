"""What the page of the map may ask the kernel: files and an outline of it, what a change does, its
shape, an earlier version and another person's map beside it. Only `map_take` writes, as one change.
"""

from __future__ import annotations

import base64
import binascii
import uuid
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from playbook.analysis.work_system.answers import map_of, rows_of
from playbook.analysis.work_system.map_file import (
    as_csv,
    as_outline,
    as_xlsx,
    read_map,
    read_outline,
)
from playbook.analysis.work_system.system_map import SystemMap
from playbook.editing.back import as_it_was
from playbook.editing.seals import is_sealed
from playbook.model import InputError, Worksheet
from playbook.model.storage import Event, Snapshot, Stored
from playbook.report.system_map import beside, shape, versions
from playbook.report.system_map.ripples import drawn_in
from playbook.worksheet.fields import is_example, row_order
from playbook.worksheet.spreadsheets import MOST_BYTES
from widgets.form.asks import Answer, Ask
from widgets.form.state import state, written
from widgets.session import Session

Message = Mapping[str, Any]
TABLES = ("parts", "links")
SEALS = "drawings"
CASES = ("trust", "manufacturer", "services")
"""C-20 to C-22 as exercises; their words stand in the wording."""
_KINDS = {
    "csv": ("text/csv", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}


def _outline(session: Session, _: Message) -> Answer:
    return {"outline": as_outline(drawn_in(session.worksheet), session.framework.words)}


def _file(session: Session, message: Message) -> Answer:
    words, kind = session.framework.words, message.get("kind")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise InputError(f"A map is given as {' or '.join(_KINDS)}; not {kind!r}.")
    mime, write = _KINDS[kind]
    data = write(drawn_in(session.worksheet), words)
    name = f"{words.text('system_map.file')}.{kind}"
    return {"name": name, "mime": mime, "base64": base64.b64encode(data).decode()}


def _take(session: Session, message: Message) -> Answer:
    """The map becomes what an outline or a file says; rows that don't count yet stay."""
    words = session.framework.words
    new = _sent(session, message)
    for table, count in zip(TABLES, (len(new.parts), len(new.links)), strict=True):
        limit = session.sheet.table(table).max_rows
        if count > limit:
            raise InputError(words.text("error.too_many_rows", count=count, limit=limit))
    kept = {
        field: at.value
        for field, at in session.snapshot.fields.items()
        if at.value is not None and field.partition("/")[0] not in TABLES
    }
    told = rows_of(new, *_tables(session.worksheet), lambda: f"r{uuid.uuid4().hex[:12]}")
    if kept.get("change") not in (*told[0], None):
        del kept["change"]  # the part that it named is gone
    for table, rows in zip(TABLES, told, strict=True):
        for place, (row, answers) in enumerate(rows.items()):
            kept[f"{table}/{row}"] = place
            for question, it in answers.items():
                kept[f"{table}/{row}/{question}"] = list(it) if isinstance(it, tuple) else it
    session.apply({"kind": "replace", "op_id": str(uuid.uuid4()), "fields": kept})
    said = words.text("system_map.taken", parts=len(new.parts), links=len(new.links))
    return {"said": said, "state": state(session)}


def _tables(worksheet: Worksheet) -> tuple[Any, Any]:
    parts, links = (
        [(row.id, row.answers) for row in worksheet.rows(table) if row.answers] for table in TABLES
    )
    return parts, links


def _sent(session: Session, message: Message) -> SystemMap:
    """The map in an outline, or in a file in base64."""
    words, text = session.framework.words, message.get("outline")
    if isinstance(text, str):
        return read_outline(text, words)
    name, sent = message.get("name"), message.get("base64")
    if not isinstance(name, str) or not isinstance(sent, str) or len(sent) > 2 * MOST_BYTES:
        limit = MOST_BYTES // 1_000_000
        raise InputError(words.text("error.system_map.large", given=str(name), limit=limit))
    try:
        data = base64.b64decode(sent, validate=True)
    except (binascii.Error, ValueError):
        raise InputError(words.text("error.system_map.unread", given=name)) from None
    return read_map(data, name, words)


def _does(session: Session, _: Message) -> Answer:
    return {"blocks": shape.what_a_change_does(session.worksheet, session.framework.words)}


def _numbers(session: Session, _: Message) -> Answer:
    return {"blocks": shape.numbers(drawn_in(session.worksheet), session.framework.words)}


# --------------------------------------------------------------------------- versions


def _versions(session: Session, _: Message) -> Answer:
    """The last state of each hour in which the map was changed, the newest first, but for now's."""
    told = [
        {"id": last.seq, "text": written(last.at, session.framework.words)}
        for last in _hours(_events(session))
    ]
    return {"versions": told[1:]}


def _events(session: Session) -> list[Event]:
    return session.store.history(session.id, session.snapshot.seq)


def _hours(events: list[Event]) -> Iterator[Event]:
    of_map = (it for it in events if it.field.partition("/")[0] in TABLES and not it.aside)
    for _, same in groupby(of_map, lambda it: it.at.astimezone().strftime("%F %H")):
        yield next(same)


def _changes(session: Session, message: Message) -> Answer:
    seq = message.get("seq")
    if not isinstance(seq, int) or isinstance(seq, bool) or not 0 <= seq <= session.snapshot.seq:
        raise InputError(f"seq is a commit of this worksheet; not {seq!r}.")
    was = as_it_was(_events(session), seq)
    fields = {field: event.value for field, event in was.items() if event.value is not None}
    older, now = _map_in(fields), drawn_in(session.worksheet)
    links = {
        (row.answers.get("source"), row.answers.get("target")): row.id
        for row in session.worksheet.rows("links")
    }
    blocks, parts, ends = versions.compared(older, now, session.framework.words)
    return {"blocks": blocks, "marked": [*parts, *(links[it] for it in ends if it in links)]}


def _map_in(fields: Mapping[str, Stored]) -> SystemMap:
    """The map that fields of a worksheet say."""
    rows: dict[str, dict[str, dict[str, Any]]] = {table: {} for table in TABLES}
    for field, value in fields.items():
        table, _, rest = field.partition("/")
        row, _, question = rest.partition("/")
        if table in rows and f"{table}/{row}" in fields:
            answers = rows[table].setdefault(row, {})
            if question:
                answers[question] = value
    return map_of(*(sorted(rows[table].items(), key=_place(table, fields)) for table in TABLES))[0]


def _place(table: str, fields: Mapping[str, Stored]) -> Any:
    return lambda told: fields[f"{table}/{told[0]}"]


# --------------------------------------------------------------------------- two people


def _others(session: Session, _: Message) -> Answer:
    """The other worksheets, and what is known of this one's seal; an example needs none."""
    others = (info for info in session.worksheets if info.id != session.id)
    words, by = session.framework.words, _sealed_by(session, session.snapshot)
    told = words.text("system_map.not_sealed")
    if by is not None:
        told = words.text("system_map.sealed", name=by)
    return {
        "others": [{"id": info.id, "text": info.name} for info in others],
        "seal": "" if session.is_example else told,
        "may_seal": by is None and not session.is_example,
    }


def _sealed_by(session: Session, snapshot: Snapshot) -> str | None:
    """Who sealed the map of a worksheet; None where nobody did."""
    row = _sealed_row(session, snapshot)
    return None if row is None else str(snapshot.fields[f"{row}/drawn_by"].value)


def _sealed_row(session: Session, snapshot: Snapshot) -> str | None:
    table, fields = session.sheet.table(SEALS), snapshot.fields
    rows = (row for row in row_order(fields, SEALS) if is_sealed(table, row, fields))
    return next((f"{SEALS}/{row}" for row in rows), None)


def _as_sealed(session: Session, snapshot: Snapshot) -> SystemMap | None:
    """The map as it was when it was sealed, whatever became of it since; None before. In an example
    nothing can be sealed, so its map counts as it stands."""
    if is_example(snapshot.fields):
        return _map_in({field: at.value for field, at in snapshot.fields.items()})
    row = _sealed_row(session, snapshot)
    if row is None:
        return None
    events = session.store.history(snapshot.info.id, snapshot.seq)
    field = f"{row}/{session.sheet.table(SEALS).seal}"
    seq = next(it.seq for it in events if it.field == field and it.value and not it.aside)
    was = as_it_was(events, seq)
    return _map_in({field: event.value for field, event in was.items()})


def _beside(session: Session, message: Message) -> Answer:
    """This map, and one of another worksheet of the person, of a case, or of a file. Before both
    are sealed nothing of the other is told; a file can't change, and what a case shows is ours."""
    words, given = session.framework.words, message.get("worksheet")
    case, mine = message.get("case"), session.snapshot.info.name
    if isinstance(case, str) and case in CASES:
        other = read_outline(words.text(f"map_cases.{case}.outline"), words)
        name = words.text(f"map_cases.{case}.title")
        drawn = drawn_in(session.worksheet)
        return {"blocks": beside.two_maps(drawn, other, (mine, name), words)}
    sealed = _as_sealed(session, session.snapshot)
    if sealed is None:
        raise InputError(words.text("system_map.seal_mine"))
    if isinstance(given, str):
        name = session.look_at(given).info.name
        found = _as_sealed(session, session.store.load(given))
        if found is None:
            raise InputError(words.text("system_map.seal_other", name=name))
        other = found
    else:
        other, name = _sent(session, message), str(message.get("name"))
    return {"blocks": beside.two_maps(sealed, other, (mine, name), words)}


def _cases(session: Session, _: Message) -> Answer:
    words = session.framework.words
    told = {case: words.group(f"map_cases.{case}") for case in CASES}
    return {
        "cases": [
            {"id": it, "text": told[it]["title"], "story": told[it]["story"]} for it in CASES
        ],
        "note": words.text("map_cases.note"),
    }


MAP_ASKS: Mapping[str, Ask] = {
    "map_outline": _outline,
    "map_file": _file,
    "map_take": _take,
    "map_does": _does,
    "map_numbers": _numbers,
    "map_versions": _versions,
    "map_changes": _changes,
    "map_others": _others,
    "map_beside": _beside,
    "map_cases": _cases,
}
