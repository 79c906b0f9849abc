"""What somebody takes home, as plain data: built once, written as PDF and for Word.

Page one is the page of the stage in hand, page two what they said and the room thought, then comes
an appendix: the votes that page two has no room for, and their sheets in full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from playbook.assessing.workbook import Workbook
from playbook.model.wording import Words
from playbook.report.answers import AnswerGroup, groups
from playbook.report.brief import Brief, build_brief, stage_in_hand
from playbook.report.brief.fit import cut_text
from playbook.report.page import answered
from playbook.report.pathway import Mark
from playbook.report.take_home import room
from playbook.report.take_home.room import Vote
from playbook.report.week import PromisedAction, week
from playbook.worksheet.kinds.date import written_date

ROWS, ROW_LENGTH = 6, 150
"""So many votes, each cell so long, are on page two; two fewer beside what teams decided."""
SHORT_LIST = 3
ASKED_AGAIN = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class VoteRow:
    """A vote as a row: the question, what one said, what the room said, what is known."""

    question: str
    said: tuple[str, ...]
    room: tuple[str, ...]
    known: str


@dataclass(frozen=True, slots=True)
class TeamsDecided:
    """What teams decided on one question, and all were shown: (team, decision) a row."""

    question: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SheetInFull:
    """A sheet of the appendix: its title, its verdict, what was answered."""

    title: str
    mark: Mark
    groups: tuple[AnswerGroup, ...]


@dataclass(frozen=True, slots=True)
class TakeHome:
    """All of it. `pilot` is None while nobody said anything on a sheet; `more` are the votes of the
    appendix; `decided` the latest decisions of teams, as many as page two has room for, and
    `decisions` all of them, where that is more; `step` is empty where no step was promised."""

    title: str
    meta: str
    day: date
    pilot: Brief | None
    rows: tuple[VoteRow, ...]
    more: tuple[VoteRow, ...]
    changed: tuple[str, ...]
    decided: TeamsDecided | None
    decisions: tuple[TeamsDecided, ...]
    agreed: tuple[str, ...]
    apart: str
    step: str
    asked_again: str
    foot: str
    sheets: tuple[SheetInFull, ...]


@dataclass(frozen=True, slots=True)
class ClassTold:
    """What a class comes to for one of its people: its votes, agreements and what its teams decided
    as the host tells them, and from how many answers on anything was shown."""

    name: str
    cohort: str
    day: date
    votes: Sequence[Vote]
    agreements: Sequence[Mapping[str, Any]]
    decisions: Sequence[Mapping[str, Any]]
    least: int


def take_home(told: ClassTold, workbook: Workbook) -> TakeHome:
    """What this person takes home from that class, of the worksheets that count."""
    words = workbook.framework.words
    shown = [it for it in room.in_one(told.votes) if it["result"]]
    rows = tuple(_row(it, words) for it in sorted(shown, key=lambda it: not it["mine"]))
    apart = room.furthest_apart(shown)
    changed = tuple(filter(None, (room.mind_changed(it, words) for it in told.votes)))
    day = written_date(told.day, words)
    decided = [_decided(it) for it in told.decisions if it["rows"]]
    latest = _shortened(decided[-1]) if decided else None
    room_for = ROWS - 2 if decided else ROWS
    return TakeHome(
        title=words.text("take_home.title"),
        meta=words.text("take_home.meta", name=told.name, cohort=told.cohort, day=day),
        day=told.day,
        pilot=_pilot(workbook),
        rows=rows[:room_for],
        more=rows[room_for:],
        changed=tuple(cut_text(it, ROW_LENGTH) for it in changed[:SHORT_LIST]),
        decided=latest,
        decisions=() if decided == [latest] else tuple(decided),
        agreed=tuple(_agreed(it, words) for it in told.agreements[:SHORT_LIST]),
        apart=_apart(apart, words),
        step=_step(workbook),
        asked_again=words.text(
            "take_home.asked_again", day=written_date(told.day + ASKED_AGAIN, words)
        ),
        foot=words.text("take_home.foot", least=told.least),
        sheets=tuple(_in_full(workbook)),
    )


def _row(vote: Vote, words: Words) -> VoteRow:
    said = room.own_answer(vote, words) or [words.text("take_home.nothing_said")]

    def cut(lines: Sequence[str]) -> tuple[str, ...]:
        return tuple(cut_text(it, ROW_LENGTH) for it in lines)

    question = cut_text(vote["text"], ROW_LENGTH)
    told = cut(said), cut(room.room_answer(vote, words))
    return VoteRow(question, *told, cut_text(room.known(vote, words), ROW_LENGTH))


def _decided(decision: Mapping[str, Any]) -> TeamsDecided:
    rows = tuple((row["team"], row["decision"]) for row in decision["rows"])
    return TeamsDecided(decision["question"], rows)


def _shortened(decided: TeamsDecided) -> TeamsDecided:
    """As much of it as page two has room for."""
    question, rows = cut_text(decided.question, ROW_LENGTH), decided.rows[:SHORT_LIST]
    return TeamsDecided(question, tuple((team, cut_text(it, ROW_LENGTH)) for team, it in rows))


def _apart(vote: Vote | None, words: Words) -> str:
    if vote is None:
        return words.text("take_home.apart_none")
    said = room.room_answer(vote, words)[1:]
    told = {"question": vote["text"], "room": ". ".join(it.rstrip(".") for it in said)}
    return cut_text(words.text("take_home.apart_one", **told), 2 * ROW_LENGTH)


def _agreed(action: Mapping[str, Any], words: Words) -> str:
    day = written_date(date.fromisoformat(action["due"]), words)
    key = "agreed_one" if action["owner"] else "agreed_alone"
    told = words.text(f"take_home.{key}", what=action["what"], owner=action["owner"], day=day)
    return cut_text(told, ROW_LENGTH)


def _pilot(workbook: Workbook) -> Brief | None:
    begun = any(workbook.current(sheet) for sheet in workbook.framework.sheets.values())
    return build_brief(workbook, stage_in_hand(workbook)) if begun else None


def _step(workbook: Workbook) -> str:
    """The next step that was promised and is not done, the earliest day first."""
    promised = week(workbook)
    first = next(iter((*promised.now, *promised.later)), None)
    return _step_told(first, workbook.framework.words) if first else ""


def _step_told(action: PromisedAction, words: Words) -> str:
    told = {"what": action.what, "owner": action.who, "day": action.day}
    key = "step_undated"
    if action.day:
        key = "step_owned" if action.who else "step_dated"
    return cut_text(words.text(f"take_home.{key}", **told), 2 * ROW_LENGTH)


def _in_full(workbook: Workbook) -> list[SheetInFull]:
    framework, found = workbook.framework, []
    for sheet in (framework.sheets[it] for it in framework.order if it in framework.sheets):
        if entry := workbook.current(sheet):
            told = tuple(answered(groups(sheet, entry.worksheet, framework)))
            verdict = entry.assessment.verdict
            mark = Mark(verdict, framework.words.text(f"level.{verdict}"))
            found.append(SheetInFull(sheet.title, mark, told))
    return found
