"""What people take away from a class: their work as a file, a document and dates; the results."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import chain
from typing import Any, Literal

from sqlalchemy import select

from playbook.assessing.workbook import Workbook
from playbook.cohort import decisions, payloads, polls, rows
from playbook.cohort.documents import (
    DocumentRequest,
    Request,
    TakeHomeRequest,
    WorkspaceSnapshots,
)
from playbook.cohort.quotas import worksheets_in
from playbook.cohort.results import as_data
from playbook.cohort.transactions import Transactions
from playbook.cohort.types import Member
from playbook.editing.apply import apply_change
from playbook.editing.incoming import is_example_data
from playbook.editing.record import bring_in
from playbook.framework import Framework
from playbook.model.storage import Outcome, Snapshot
from playbook.report.calendar import CalendarEntry, calendar
from playbook.report.take_home.take_home import ClassTold
from playbook.report.week import dates
from playbook.store.class_schema import agreed, cohort, team
from playbook.store.database import SqlDatabase
from playbook.store.errors import GoneError
from playbook.store.format import FORMAT, FORMAT_VERSION
from playbook.store.ledger import OWN_DEVICE
from playbook.store.sql import SqliteStore


@dataclass(frozen=True, slots=True)
class TakeAway:
    """Hands out what belongs to whoever asks: their own worksheets, and their team's.

    Other people's are read by who leads a class that was made with `sees_answers`, and nobody else.
    """

    database: SqlDatabase
    framework: Framework
    now: Callable[[], datetime]
    draw: Callable[[Request], bytes]
    """documents.render, wherever that is done: a long document takes seconds."""

    # -- one's own work

    def file(self, who: Member) -> Iterator[str]:
        """All worksheets but examples, with their history, to take in again here or elsewhere.

        JSON in pieces, a worksheet each: every piece is a short transaction of its own.
        """
        stores = self._stores(who)
        head = json.dumps({"format": FORMAT, "version": FORMAT_VERSION})
        yield f'{head[:-1]}, "worksheets": ['
        everything = chain.from_iterable(store.exported() for store in stores)
        for number, one in enumerate(one for one in everything if not is_example_data(one)):
            text = json.dumps(one, ensure_ascii=False, allow_nan=False)
            yield f", {text}" if number else text
        yield "]}"

    def bring(self, who: Member, data: Any) -> list[str]:
        """Take in such a file beside one's own worksheets, which still count; the names of what
        came."""
        store = self._stores(who)[0]
        apply = partial(_apply, store, self.framework)
        return [info.name for info in bring_in(store, self.framework, data, apply)]

    def document(self, who: Member) -> str:
        """All worksheets as one HTML page that stands alone, in the pathway's order."""
        return self._page(self._request(who))

    def page(self, who: Member, worksheet: str) -> str:
        """One worksheet, one's own or one's team's, for others to see; GoneError for another."""
        request = self._request(who)
        info = next((it.info for it in request.snapshots if it.info.id == worksheet), None)
        sheet = self.framework.sheets.get(info.sheet) if info else None
        if info is None or sheet is None:
            raise GoneError
        title = self.framework.words.text("report.title", name=info.name, sheet=sheet.title)
        return self._page(replace(request, title=title, others=True, only=info.id))

    def take_home(self, who: Member, kind: Literal["pdf", "docx"]) -> bytes:
        """Their pilot on a page, what they and the room said, and their sheets; GoneError for who
        gives no answers."""
        floor = Transactions(self.database, self.framework.words, self.now)
        with floor.as_participant(who) as turn:
            here = select(cohort.c.title, cohort.c.day).where(cohort.c.id == turn.who.cohort)
            found = turn.connection.execute(here).one()
            told = ClassTold(
                name=turn.who.name,
                cohort=found.title,
                day=found.day or self._today(),
                votes=payloads.history(turn, self.framework.words),
                agreements=payloads.agreements(turn),
                decisions=decisions.revealed(turn, self.framework.words),
                least=round(self.framework.threshold_values["room_least_people"]),
            )
        return self.draw(TakeHomeRequest(self._workspaces(who), told, kind))

    def calendar(self, who: Member) -> bytes:
        """The dated actions that one promised, what the class agreed, and when it is asked again,
        as iCalendar."""
        entries = [*self._promised(who), *self._agreed(who), *self._cards(who)]
        return calendar(entries, self.now())

    # -- for who leads: what somebody wrote where the class was made so, and the class's results

    def read_by(self, by: Member, member_id: str) -> str:
        """A participant's document, for who leads a class with `sees_answers`; else GoneError."""
        floor = Transactions(self.database, self.framework.words, self.now)
        with floor.as_member(by) as turn:
            who = rows.led(turn.connection, by, member_id, floor.gone)
            made_so = select(cohort.c.sees_answers).where(cohort.c.id == who.cohort)
            if not (who.role.answers and turn.connection.scalar(made_so)):
                raise floor.gone()
        request = self._request(who)
        whose = "team" if len(request.workspaces) > 1 else "alone"
        kind = whose if request.snapshots else "nothing"
        note = self.framework.words.text(f"take_away.read.{kind}", name=who.name)
        return self._page(replace(request, note=note, others=True))

    def results(self, by: Member) -> dict[str, Any]:
        """What was published of each vote and decided by teams, and nothing else, for JSON."""
        floor = Transactions(self.database, self.framework.words, self.now)
        with floor.as_member(by) as turn:
            if not turn.who.role.leads:
                raise floor.gone()
            words = self.framework.words
            cards = payloads.cards(turn, self.framework)
            told = as_data([*payloads.votes(turn, words), *cards])
            return told | {"decisions": decisions.revealed(turn, words)}

    # -- help

    def _stores(self, who: Member) -> list[SqliteStore]:
        """Somebody's own worksheets first, then their team's; GoneError when they were erased."""
        floor = Transactions(self.database, self.framework.words, self.now)
        with floor.as_owner(who) as turn:
            of_team = select(team.c.workspace).where(team.c.id == turn.who.team)
            places = [turn.who.workspace, *filter(None, turn.connection.scalars(of_team))]
        return [worksheets_in(self.database, place, self.now) for place in places]

    def _request(self, who: Member) -> DocumentRequest:
        """All worksheets as a document; each is read in a short transaction of its own."""
        title = self.framework.words.text("take_away.document", name=who.name)
        return DocumentRequest(self._workspaces(who), title, self._today())

    def _workspaces(self, who: Member) -> tuple[WorkspaceSnapshots, ...]:
        return tuple(WorkspaceSnapshots(tuple(_read(store))) for store in self._stores(who))

    def _page(self, request: DocumentRequest) -> str:
        return self.draw(request).decode()

    def _promised(self, who: Member) -> Iterator[CalendarEntry]:
        """What somebody or their team promised on the worksheets that count, where a day is set."""
        for store in self._stores(who):
            yield from dates(Workbook(self.framework, self._today(), store))

    def _agreed(self, who: Member) -> list[CalendarEntry]:
        """What the class agreed and nobody has looked at again."""
        query = (
            select(agreed, cohort.c.title)
            .join(cohort, cohort.c.id == agreed.c.cohort)
            .where(cohort.c.id == who.cohort, agreed.c.review.is_(None))
            .order_by(agreed.c.due)
        )
        with self.database.read() as connection:
            found = connection.execute(query).all()
        return [
            CalendarEntry(row.id, row.due, row.what, self._about(row.owner, row.title))
            for row in found
        ]

    def _cards(self, who: Member) -> list[CalendarEntry]:
        """When somebody is asked again, weeks after the class."""
        floor, say = (
            Transactions(self.database, self.framework.words, self.now),
            self.framework.words.text,
        )
        with floor.as_owner(who) as turn:
            mine = polls.open_to_me(turn) if turn.who.role.answers else set()
            found = [it for it in polls.cards(turn) if it.id in mine]
            named = select(cohort.c.title).where(cohort.c.id == turn.who.cohort)
            title = turn.connection.scalar(named)
        return [
            CalendarEntry(
                it.id,
                date.fromisoformat(it.about),
                say("take_away.card.what", card=it.asked.text),
                say("take_away.card.about", cohort=title),
            )
            for it in found
        ]

    def _about(self, owner: str, cohort: str) -> str:
        kind = "owned" if owner else "alone"
        return self.framework.words.text(f"take_away.agreed.{kind}", owner=owner, cohort=cohort)

    def _today(self) -> date:
        return self.now().astimezone().date()


def _apply(
    store: SqliteStore, framework: Framework, worksheet: str, change: Mapping[str, Any]
) -> Outcome:
    return apply_change(store, framework, worksheet, OWN_DEVICE, change)


def _read(store: SqliteStore) -> Iterator[Snapshot]:
    for info in store.worksheets():
        with suppress(GoneError):  # erased meanwhile
            yield store.load(info.id)
