"""What people take away from a class: their work as a file, a document and dates; the results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from playbook.cohort import rows, views
from playbook.cohort.dates import Dated, calendar
from playbook.cohort.floor import Floor
from playbook.cohort.results import as_csv, as_data
from playbook.cohort.schema import agreed, cohort, team
from playbook.cohort.types import Member
from playbook.framework import Framework
from playbook.report import Filled, document_html
from playbook.report.private import for_others
from playbook.report.steps import FIRST_STEP
from playbook.store.database import Database
from playbook.store.sqlite import SqliteStore
from playbook.workbook import Entry, Workbook


@dataclass(frozen=True, slots=True)
class TakeAway:
    """Hands out what belongs to whoever asks: their own worksheets, and their team's.

    Other people's are read by who leads a class that was made with `sees_answers`, and nobody else.
    """

    database: Database
    framework: Framework
    now: Callable[[], datetime]

    # -- one's own work

    def file(self, who: Member) -> dict[str, Any]:
        """All worksheets with their history, to take in again here or elsewhere (store.import_)."""
        own, *shared = (store.export() for store in self._stores(who))
        for one in shared:
            own["worksheets"] += one["worksheets"]
        return own

    def bring(self, who: Member, data: Any) -> list[str]:
        """Take in such a file beside one's own worksheets; the names of what came."""
        return [info.name for info in self._stores(who)[0].import_(data)]

    def document(self, who: Member) -> str:
        """All worksheets as one HTML page that stands alone, in the pathway's order."""
        return self._document(who, list(self._filled(who)))

    def calendar(self, who: Member) -> bytes:
        """The dated first steps of one's worksheets, and what the class agreed, as iCalendar."""
        return calendar([*self._first_steps(who), *self._agreed(who)], self.now())

    # -- for who leads: what somebody wrote where the class was made so, and the class's results

    def read_by(self, by: Member, member_id: str) -> str:
        """A participant's document, for who leads a class with `sees_answers`; else GoneError."""
        floor = Floor(self.database, self.framework.words, self.now)
        with floor.seen_by(by) as turn:
            who = rows.led(turn.connection, by, member_id, floor.gone)
            made_so = select(cohort.c.sees_answers).where(cohort.c.id == who.cohort)
            if not (who.role.answers and turn.connection.scalar(made_so)):
                raise floor.gone()
        filled = [for_others(one) for one in self._filled(who)]
        kind = "nothing" if not filled else "team" if who.team else "alone"
        note = self.framework.words.say(f"take_away.read.{kind}", name=who.name)
        return self._document(who, filled, note)

    def results(self, by: Member) -> dict[str, Any]:
        """What was published of each vote, and nothing else, as data for JSON."""
        floor = Floor(self.database, self.framework.words, self.now)
        with floor.seen_by(by) as turn:
            if not turn.who.role.leads:
                raise floor.gone()
            return as_data(views.votes(turn, self.framework.words))

    def results_csv(self, by: Member) -> bytes:
        """The same as a table for a spreadsheet, a line for each choice or text."""
        return as_csv(self.results(by), self.framework.words)

    # -- help

    def _stores(self, who: Member) -> list[SqliteStore]:
        """Somebody's own worksheets first, then their team's; GoneError when they were erased."""
        floor = Floor(self.database, self.framework.words, self.now)
        with floor.seen_by(who) as turn:
            of_team = select(team.c.workspace).where(team.c.id == turn.who.team)
            places = [turn.who.workspace, *turn.connection.scalars(of_team)]
        return [SqliteStore(self.database, now=self.now, workspace=place) for place in places]

    def _entries(self, who: Member) -> list[Entry]:
        """The worksheets that this playbook can read, in the pathway's order."""
        order = {sheet: place for place, sheet in enumerate(self.framework.order)}
        found = [
            one
            for store in self._stores(who)
            for one in Workbook(self.framework, self._today(), store).entries()
        ]
        return sorted(found, key=lambda one: (order[one.sheet.id], one.info.created))

    def _document(self, who: Member, filled: list[Filled], note: str = "") -> str:
        title = self.framework.words.say("take_away.document", name=who.name)
        return document_html(filled, self.framework, title, self._today(), note)

    def _filled(self, who: Member) -> Iterator[Filled]:
        for one in self._entries(who):
            yield Filled(
                sheet=one.sheet,
                worksheet=one.worksheet,
                assessment=one.assessment,
                name=one.info.name,
                saved_at=one.info.changed.astimezone().strftime("%Y-%m-%d %H:%M"),
                example=one.example,
            )

    def _first_steps(self, who: Member) -> Iterator[Dated]:
        for one in self._entries(who):
            given = (str(one.worksheet.answers.get(question, "")) for question in FIRST_STEP)
            step, owner, day = given
            if step and day and not one.example:
                about = self._about("first_step", owner, sheet=one.info.name)
                yield Dated(f"{one.info.id}-first-step", date.fromisoformat(day), step, about)

    def _agreed(self, who: Member) -> list[Dated]:
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
            Dated(row.id, row.due, row.what, self._about("agreed", row.owner, cohort=row.title))
            for row in found
        ]

    def _about(self, key: str, owner: str, **values: str) -> str:
        kind = "owned" if owner else "alone"
        return self.framework.words.say(f"take_away.{key}.{kind}", owner=owner, **values)

    def _today(self) -> date:
        return self.now().astimezone().date()
