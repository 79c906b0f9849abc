"""Two people of a class become one: somebody who joined twice, and stands here as both.

Only who is signed in as the one, and shows a code or link of the other, can say so: whoever leads
the class can't put anybody's work into another one's hands.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select, update

from playbook.cohort import rows
from playbook.cohort.class_service import ClassService
from playbook.cohort.quotas import WORKSHEETS
from playbook.cohort.types import Member
from playbook.store import class_schema as schema
from playbook.store.dialect import insert_new
from playbook.store.schema import worksheet, workspace


class Merging(ClassService):
    """Takes along what somebody did under another name of theirs."""

    __slots__ = ()

    def merge(self, twin: Member, into: Member) -> tuple[str, ...]:
        """What `twin` wrote, offered and answered goes to `into`, who has one answer to each vote;
        `twin` is gone from the class. The browsers that this signed out.

        What a vote has shown stays as it was. InputError where there would be too many worksheets.
        """
        with self.database.write() as connection:
            twin = rows.present(connection, twin, self.gone)
            into = rows.present(connection, into, self.gone)
            both_answer = twin.role.answers and into.role.answers
            if twin.cohort != into.cohort or twin.id == into.id or not both_answer:
                raise self.gone()
            self._take_work(connection, twin, into)
            self._take_ballots(connection, twin, into)
            self._take_names(connection, twin, into)
            mine = schema.device.c.member == twin.id
            ended = tuple(connection.scalars(select(schema.device.c.token).where(mine)))
            for table, gone in ((schema.member, twin.id), (workspace, twin.workspace)):
                stone = {"id": gone, "at": self.now()}
                insert_new(connection, schema.tombstone, stone)
                connection.execute(delete(table).where(table.c.id == gone))
            here, version = schema.room.c.cohort == into.cohort, schema.room.c.version + 1
            connection.execute(update(schema.room).where(here).values(version=version))
        return ended

    def _take_work(self, connection: Connection, twin: Member, into: Member) -> None:
        both = worksheet.c.workspace.in_([twin.workspace, into.workspace])
        count = connection.scalar(select(func.count()).select_from(worksheet).where(both))
        if (count or 0) > WORKSHEETS:
            self.refuse("too_much_together", "bring", limit=WORKSHEETS)
        for table in (worksheet, schema.offer):
            theirs = update(table).where(table.c.workspace == twin.workspace)
            connection.execute(theirs.values(workspace=into.workspace))

    def _take_ballots(self, connection: Connection, twin: Member, into: Member) -> None:
        """One ballot each vote: one's own before the twin's, but one that a result has settled
        before any, so that nobody counts there twice."""
        ballot, eligible = schema.ballot.c, schema.eligible.c
        settled = ballot.step.is_not(None)
        shown = select(ballot.poll).where(ballot.member == twin.id, settled)
        waits = (ballot.member == into.id) & ~settled & ballot.poll.in_(shown)
        connection.execute(delete(schema.ballot).where(waits))
        answered = select(ballot.poll).where(ballot.member == into.id)
        may = select(eligible.poll).where(eligible.member == into.id)
        taken = (ballot.member == twin.id) & ballot.poll.not_in(answered)
        taken &= settled | ballot.poll.in_(may)
        connection.execute(update(schema.ballot).where(taken).values(member=into.id))

    def _take_names(self, connection: Connection, twin: Member, into: Member) -> None:
        """Erasing knows them as names of this person."""
        before = select(schema.earlier_name.c.name).where(schema.earlier_name.c.member == twin.id)
        for name in {self.name_hash(twin.name), *connection.scalars(before)}:
            kept = {"member": into.id, "name": name}
            insert_new(connection, schema.earlier_name, kept)
