"""What the form is told: the sheet's content once, and the worksheet's state after every change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any, Literal

from playbook.assessing.completeness import completeness
from playbook.assessing.workbook import CarriedValue, CaseNote, Workbook
from playbook.editing.seals import held_fields
from playbook.framework import Framework
from playbook.model import (
    Completeness,
    Finding,
    InputError,
    Note,
    Question,
    Row,
    Section,
    Sheet,
)
from playbook.model.storage import Event, Stored, WorksheetInfo
from playbook.model.wording import Words
from playbook.report.answers import shown as in_words
from playbook.report.carried import carried_table, carried_text, note_text
from playbook.report.pathway import href_of, offers
from playbook.report.steps import stops_here
from playbook.worksheet.fields import address, question_of
from playbook.worksheet.kinds import choice_labels, max_length
from playbook.worksheet.kinds.date import written_date
from playbook.worksheet.placeholders import without_placeholders
from playbook.worksheet.record import says_something
from widgets.form.places import asked_by_place
from widgets.session import Session

Role = Literal["core", "follow_up", "aside", "label", "deeper"]

HISTORY = 200
"""So many operations are told at once."""


def content(sheet: Sheet, framework: Framework) -> dict[str, Any]:
    """The sheet as the form draws it: static, the same for everybody."""
    return {
        "sheet": {
            "id": sheet.id,
            "version": sheet.version,
            "title": sheet.title,
            "headline": sheet.headline,
            "intro": sheet.intro,
            "minutes": sheet.minutes,
            "next": _next(sheet, framework),
            "stories": list(_stories(sheet, framework)),
            "chosen": sheet.chosen,
            "tables": [table.model_dump(exclude={"rows"}) for table in sheet.tables],
            "sections": [
                section.model_dump(exclude={"questions"})
                | {
                    "questions": [
                        _question(question, framework) | {"role": role}
                        for question, role in _roles(section, sheet)
                    ]
                }
                for section in sheet.sections
            ],
            "notes": [_note(note, framework) for note in sheet.notes],
            "prompts": [_note(note, framework) for note in sheet.prompts],
        },
        "words": _words(sheet, framework.words),
    }


def _roles(section: Section, sheet: Sheet) -> Iterator[tuple[Question, Role]]:
    """What each question is on the page: "core" ones are counted, a "follow_up" belongs to the
    answer above it, "deeper" ones make it stronger; what names a row is the "label"."""
    core = {question.id for question in sheet.core(section.table)}
    for question in section.questions:
        if section.deeper:
            yield question, "deeper"
        elif question.ask_if:
            yield question, "follow_up"
        elif question.id in core:
            yield question, "core" if not question.optional else "aside"
        else:
            yield question, "label"


def _next(sheet: Sheet, framework: Framework) -> dict[str, str] | None:
    """The sheet that follows, where it is built; a gate is called what it is, as its title asks."""
    after = framework.sheets.get(sheet.next_sheet or "")
    if after is None:
        return None
    gates = {stage.gate for stage in framework.stages}
    title = framework.words.text("form.the_decision") if after.id in gates else after.title
    return {"title": title, "href": after.notebook}


def _onward(session: Session) -> str | None:
    """Where the sheet that follows is opened: in the same finished story, where this one belongs to
    one. None where none follows, or where it was decided to stop."""
    framework, story = session.framework, session.story
    after = framework.sheets.get(session.sheet.next_sheet or "")
    if after is None or stops_here(session.worksheet):
        return None
    if not story:
        return after.notebook
    return href_of(after, story) if after.id in framework.story(story) else None


def _stories(sheet: Sheet, framework: Framework) -> Iterator[dict[str, str]]:
    """The finished stories beside the first that the sheet may be filled with."""
    for name, _, offer in offers(framework):
        if example := framework.story(name).get(sheet.id):
            yield {"id": name, "offer": offer, "name": example.name}


def _words(sheet: Sheet, words: Words) -> dict[str, str]:
    """The form's words, how a date is written, and under "map.title" and the like the words of the
    sheet's pictures."""
    views = {section.view for section in sheet.sections if section.view}
    pictures = {f"{view}.{key}": text for view in views for key, text in words.group(view).items()}
    dates = {key: words.group("report")[key] for key in ("date", "months")}
    return words.group("form") | dates | pictures


def waits_for_others(sheet: Sheet, framework: Framework) -> bool:
    """Whether the sheet says what it says only once all sheets of a stage are read: a gate."""
    return sheet.candidates is None and sheet.id in {stage.gate for stage in framework.stages}


def state(session: Session, *, alone: bool = False) -> dict[str, Any]:
    """The worksheet as it stands, for one page; `alone`, without what other sheets say (`carried`
    is None) and what follows from that, so that nobody waits for it to answer."""
    snapshot, framework = session.snapshot, session.framework
    words, worksheet = framework.words, session.worksheet
    rows = {table.id: worksheet.rows(table.id) for table in session.sheet.tables}
    asked, needed = asked_by_place(session.sheet, worksheet)
    return {
        "worksheet": {"id": session.id, "name": snapshot.info.name},
        "worksheets": [_info(info, words) for info in session.worksheets],
        "counts": _counts(session),
        "new_here": _is_new(session),
        "fields": _fields(session),
        "rows": {table: table_rows.once(_ids) for table, table_rows in rows.items()},
        "asked": asked,
        "needed": needed,
        "conflicts": [
            {"id": c.id, "field": c.field, "value": c.value, "at": _clock(c.at)}
            for c in snapshot.conflicts
        ],
        **_steps(session),
        "carried": None if alone else _all_carried(session),
        "onward": _onward(session),
        "mode": session.host.mode,
        "privacy": session.host.privacy,
        "notices": [session.host.notice] if session.host.notice else [],
        "label": session.example_note or None,
        "seq": snapshot.seq,
        "saved_at": _clock(snapshot.info.changed) if snapshot.seq else None,
        **(_progress_alone(session) if alone else _progress_of(session)),
    }


def _all_carried(session: Session) -> list[dict[str, Any]]:
    """What other sheets decided, and what was noted in cases."""
    framework = session.framework
    return [
        *(_carried(one, session.beside) for one in session.carried if not one.carry.quiet),
        *(_noted(one, framework) for one in _notes(session)),
    ]


def _ids(rows: Iterable[Row]) -> list[str]:
    return [row.id for row in rows]


def _counts(session: Session) -> dict[str, str] | None:
    """The worksheet that counts, where there are several to choose from."""
    record = session.record if len(session.worksheets) > 1 else None
    return {"id": record.id, "name": record.name} if record else None


def _is_new(session: Session) -> bool:
    """Whether this person has answered nothing yet, on any sheet."""
    if says_something(session.worksheet):
        return False
    return not any(says_something(entry.worksheet) for entry in session.workbook.entries())


def _carried(one: CarriedValue, beside: Workbook) -> dict[str, Any]:
    """What another sheet decided, and where it is changed."""
    framework = beside.framework
    table = carried_table(one, beside)
    sheet = framework.sheets.get(one.carry.sheet)
    return {
        "id": one.carry.id,
        "sheet": framework.titles.get(one.carry.sheet, ""),
        "text": carried_text(one, framework),
        "names": list(one.value or ()) if one.carry.table else [],
        "table": [table.heads, *table.rows] if table else [],
        "href": href_of(sheet, one.id) if sheet else None,
        "must": bool(one.carry.must),
    }


def _notes(session: Session) -> list[CaseNote]:
    """What this person wrote for the sheet at the end of cases; nothing of that in an example."""
    return [] if session.is_example else session.workbook.notes(session.sheet)


def _noted(one: CaseNote, framework: Framework) -> dict[str, Any]:
    """A sentence from a case, as what other sheets decided; it is changed in the case."""
    cases = framework.case_play
    return {
        "id": f"note-{one.worksheet}",
        "sheet": framework.words.text("cases.page.title"),
        "text": note_text(one, framework),
        "names": [],
        "href": f"{cases.notebook}?play={one.worksheet}",
        "must": False,
    }


def history(session: Session) -> dict[str, Any]:
    """The worksheet's history for reading: what changed, when, from what to what; last first.

    `more`: there is more than that, and it is older.
    """
    events = session.store.history(session.id, HISTORY)
    steps = [_line(session, list(same)) for _, same in groupby(events, lambda event: event.seq)]
    return {"events": steps, "more": session.snapshot.seq > HISTORY}


def _line(session: Session, events: list[Event]) -> dict[str, Any]:
    """One operation as one line: loading the example or pasting sets many fields at once."""
    words, event = session.framework.words, events[0]
    line = {
        "seq": event.seq,
        "when": written(event.at, words),
        "kind": _kind(event, words),
        "field": "",
        "what": words.text("history.several", count=len(events)),
        "value": "",
        "previous": "",
        "erased": event.kind == "erased",
        "undone": event.undone,
    }
    if len(events) > 1:
        return line
    return line | {
        "field": event.field,
        "what": field_label(session.sheet, event.field),
        "value": shown(session.sheet, event.field, event.value, words),
        "previous": shown(session.sheet, event.field, event.previous, words),
    }


def field_label(sheet: Sheet, field: str) -> str:
    """What a field is, in the words the person saw when answering; retired questions too."""
    at = address(field)
    try:
        return question_of(sheet, field).text
    except InputError:
        retired = {migration.question: migration.text for migration in sheet.migrations}
    if at.question is None and at.table in {table.id for table in sheet.tables}:
        return sheet.table(at.table).row_name
    return retired.get(at.question or "", at.question or field)


def shown(sheet: Sheet, field: str, value: Stored, words: Words) -> str:
    """A stored value as a person reads it; choices that are gone show their id."""
    if value is None or isinstance(value, float):
        return ""
    items = value if isinstance(value, str) else tuple(value)
    try:
        return in_words(question_of(sheet, field), items, words)
    except (InputError, ValueError):  # asked no longer, or in another kind by now
        return items if isinstance(items, str) else ", ".join(items)


def _fields(session: Session) -> dict[str, Mapping[str, Stored]]:
    """The fields as stored; a renamed question shows its old answer until it gets a new one."""
    stored = session.snapshot.fields
    fields: dict[str, Mapping[str, Stored]] = {}
    for old, now in session.sheet.renamed.items():
        for name, field in stored.items():
            start, _, question = name.rpartition("/")
            if question == old:
                fields.setdefault(f"{start}/{now}".lstrip("/"), {"value": field.value, "rev": 0})
    fields |= {name: field.as_json for name, field in stored.items()}
    return fields


def _progress_alone(session: Session) -> dict[str, Any]:
    """What is answered; of what is missing, only the sheet's rules know."""
    sheet, words = session.sheet, session.framework.words
    counted = completeness(sheet, without_placeholders(sheet, session.worksheet, words))
    return {
        "progress": _progress(counted, (), sheet),
        "rows_progress": {},
        "verdicts": {},
        "decisive": None,
        "chosen": None,
    }


def _progress_of(session: Session) -> dict[str, Any]:
    sheet, assessment, words = session.sheet, session.assessment, session.framework.words
    table = sheet.candidates
    prefix = f"{table.id}/" if table else ""
    return {
        "progress": _progress(assessment.completeness, assessment.findings, sheet),
        "rows_progress": {
            prefix + row.row: _progress(row.completeness, row.findings, sheet)
            for row in assessment.rows
        },
        "verdicts": {
            row.row: {"level": row.verdict.value, "word": words.text(f"level.{row.verdict.value}")}
            for row in assessment.rows
        },
        "decisive": assessment.decisive,
        "chosen": assessment.chosen,
    }


def _steps(session: Session) -> dict[str, str | None]:
    """What undo and redo would take back, in words."""
    held = tuple(held_fields(session.sheet, session.snapshot.fields))
    steps = session.store.steps(session.id, session.device, held)
    words, sheet = session.framework.words, session.sheet
    undo = redo = None
    if steps.undo:
        undo = f"{_kind(steps.undo, words)}: {field_label(sheet, steps.undo.field)}"
    if steps.redo:
        redo = field_label(sheet, steps.redo.field)
    return {"can_undo": undo, "can_redo": redo}


def _kind(event: Event, words: Words) -> str:
    """What kind of change it was; an imported history may hold kinds that we don't know."""
    named = words.group("event")
    return named.get(event.kind, named["other"])


def _question(question: Question, framework: Framework) -> dict[str, Any]:
    labels = choice_labels(question, framework.words)
    told = {choice.id: {"hint": choice.hint, "alone": choice.alone} for choice in question.choices}
    return {
        **question.model_dump(exclude={"rows", "ask_if", "needed_if", "choices"}),
        "max_length": max_length(question),
        "choices": [
            {"id": choice, "label": label, **told.get(choice, {"hint": "", "alone": False})}
            for choice, label in labels.items()
        ],
        "who": _who(question.rows, framework),
    }


def _note(note: Note, framework: Framework) -> dict[str, Any]:
    return {
        "id": note.id,
        "title": note.title,
        "text": note.text,
        "who": _who(note.rows, framework),
    }


def _who(rows: Iterable[str], framework: Framework) -> list[dict[str, str]]:
    return [framework.citation(row) for row in rows]


def _progress(
    completeness: Completeness, findings: Iterable[Finding], sheet: Sheet
) -> dict[str, int]:
    """Core questions counted, and beside them the follow-ups that a verdict waits for: so nobody
    takes six of six for the end."""
    missing = (sheet.asked_of(it.questions[0]) for it in findings if it.is_missing)
    waiting = sum(1 for asked in missing if asked and asked[0].ask_if)
    counted = {"answered": completeness.answered, "asked": completeness.asked}
    return counted | {"waiting": waiting}


def _info(info: WorksheetInfo, words: Words) -> dict[str, str]:
    return {"id": info.id, "name": info.name, "changed": written(info.changed, words)}


def written(at: datetime, words: Words) -> str:
    """A moment as people write it, by this computer's clock: 15 February 2027, 10:32."""
    local = at.astimezone()
    return f"{written_date(local.date(), words)}, {local:%H:%M}"


def _clock(at: datetime) -> str:
    return at.astimezone().strftime("%H:%M")
