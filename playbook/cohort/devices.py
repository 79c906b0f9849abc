"""Signed-in browsers: whom a cookie stands for, how another device becomes one, how it ends."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from playbook.cohort import rows
from playbook.cohort.class_service import ClassService
from playbook.cohort.secrets import new_code, new_token, read_code, token_hash
from playbook.cohort.types import Account, Member, NewLink, OtherDevices, RelinkRecord, Visitor
from playbook.model import StoreError
from playbook.store.class_schema import account, device, member, pairing

PAIRED_WITHIN = timedelta(minutes=10)
SEEN_EVERY = timedelta(minutes=5)
KEPT = timedelta(days=60)
"""So long a browser stays signed in that nobody used."""


class Devices(ClassService):
    """The browsers that are signed in on this host."""

    __slots__ = ()

    def begin(self, who: Member | Account) -> str:
        """Sign a browser in; returns the token for its cookie."""
        token, now = new_token(), self.now()
        key = "member" if isinstance(who, Member) else "account"
        row = {"token": token_hash(token), key: who.id, "since": now, "seen": now}
        with self.database.write() as connection:
            if isinstance(who, Member):
                rows.present(connection, who, self.gone)
            connection.execute(insert(device).values(row))
        return token

    def who(self, token: str) -> Visitor | None:
        """Whom a cookie stands for, None when it was signed out or the person erased."""
        return self.known(token_hash(token))

    def known(self, kept: str) -> Visitor | None:
        """The same by the cookie's hash, which is the device's name inside this host."""
        with self.database.read() as connection:
            found = connection.execute(select(device).where(device.c.token == kept)).first()
            if found is None or found.seen < self.now() - KEPT:
                return None
            person = rows.member(connection, found.member) if found.member else None
            trainer = None
            if found.account:
                mine = select(account).where(account.c.id == found.account)
                row = connection.execute(mine).one()
                trainer = Account(row.id, row.name)
        if self.now() - found.seen > SEEN_EVERY:
            # Who somebody is can be said also where nothing can be written, as on a full disk.
            with suppress(StoreError), self.database.write() as connection:
                here = device.c.token == kept
                connection.execute(update(device).where(here).values(seen=self.now()))
        return Visitor(kept, person, trainer)

    def end(self, token: str) -> None:
        """Sign a browser out."""
        with self.database.write() as connection:
            connection.execute(delete(device).where(device.c.token == token_hash(token)))

    def others(self, who: Member, here: str) -> OtherDevices:
        """The browsers besides `here` (a Visitor.device) that are signed in as this member."""
        query = select(func.count(), func.max(device.c.seen)).where(*_others(who, here))
        with self.database.read() as connection:
            return OtherDevices(*connection.execute(query).one())

    def end_others(self, who: Member, here: str) -> tuple[str, ...]:
        """Sign the member out in every browser but `here`; which ones, so that their pages end.

        A code for one more device ends too: whoever had a browser may have asked for it.
        """
        with self.database.write() as connection:
            return _end(connection, rows.present(connection, who, self.gone), here)

    # -- the private link

    def link(self, who: Member, here: str = "") -> NewLink:
        """A new private link, asked for in the browser `here`.

        The one before works no more, and whoever came in by it, or anyhow else, is signed out:
        only the browser that asked for the new link stays. Where there was none before, nobody can
        have come in by it, and nobody is signed out: My place makes the first one by itself.
        """
        with self.database.write() as connection:
            found = rows.present(connection, who, self.gone)
            before = select(member.c.resume).where(member.c.id == who.id)
            ended = _end(connection, found, here) if connection.scalar(before) else ()
            return NewLink(_new_link(connection, who, once=False), ended)

    def has_link(self, who: Member) -> bool:
        """Whether there is a private link by now."""
        mine = select(member.c.resume).where(member.c.id == who.id)
        with self.database.read() as connection:
            return connection.scalar(mine) is not None

    def reissue(self, by: Member, member_id: str) -> NewLink:
        """A link for somebody who lost theirs: it works once, and signs their browsers out.

        Who made it could use it as well. So that it was made is told to its owner for good, and
        when somebody else used it first, its owner finds that it works no more.
        """
        with self.database.write() as connection:
            found = rows.below(connection, by, member_id, self.gone)
            ended = _end(connection, found)
            made = {"relinked": self.now(), "relinked_by": by.id}
            return NewLink(_new_link(connection, found, once=True, **made), ended)

    def relinked(self, who: Member) -> RelinkRecord | None:
        """Who last made a private link for somebody else, and when; None if nobody ever did."""
        columns = member.c.relinked, member.c.relinked_by
        with self.database.read() as connection:
            at, by = connection.execute(select(*columns).where(member.c.id == who.id)).one()
            leader = rows.member(connection, by) if by else None
        return at and RelinkRecord(leader.name if leader else self.words.text("cohort.left"), at)

    def resumed(self, token: str) -> Member:
        """Whose private link it is; one that works once is used up.

        GoneError for one that was replaced or used up.
        """
        with self.database.write() as connection:
            mine = member.c.resume == token_hash(token)
            found = connection.execute(select(member).where(mine)).first()
            if found is None:
                raise self.gone()
            if found.resume_once:
                used = {"resume": None, "resume_once": False}
                connection.execute(update(member).where(mine).values(used))
            return rows.as_member(found)

    # -- a second device

    def pairing_code(self, who: Member) -> str:
        """A code for one more device of the same person: once, within ten minutes."""
        code, now = new_code(), self.now()
        row = {
            "code": self.key.code_hash("pair", code),
            "member": who.id,
            "expires": now + PAIRED_WITHIN,
        }
        with self.database.write() as connection:
            rows.present(connection, who, self.gone)
            mine = (pairing.c.member == who.id) | (pairing.c.expires <= now)
            connection.execute(delete(pairing).where(mine))
            connection.execute(insert(pairing).values(row))
        return code

    def paired(self, typed: str) -> Member:
        """Whose code it is; it is used up."""
        code = read_code(typed)
        kept = self.key.code_hash("pair", code) if code else ""
        with self.database.write() as connection:
            mine = select(pairing).where(pairing.c.code == kept, pairing.c.expires > self.now())
            found = connection.execute(mine).first()
            if found is None:
                self.refuse("no_code", "code")
            connection.execute(delete(pairing).where(pairing.c.code == kept))
            person = rows.member(connection, found.member)
        if person is None:
            raise self.gone()
        return person


def _others(who: Member, here: str) -> tuple[ColumnElement[bool], ...]:
    return device.c.member == who.id, device.c.token != here


def _end(connection: Connection, who: Member, here: str = "") -> tuple[str, ...]:
    """Sign somebody out but in the browser `here`, and end their pairing code; which browsers."""
    others = _others(who, here)
    ended = tuple(connection.scalars(select(device.c.token).where(*others)))
    connection.execute(delete(device).where(*others))
    connection.execute(delete(pairing).where(pairing.c.member == who.id))
    return ended


def _new_link(connection: Connection, who: Member, *, once: bool, **more: Any) -> str:
    token = new_token()
    mine = update(member).where(member.c.id == who.id)
    connection.execute(mine.values(resume=token_hash(token), resume_once=once, **more))
    return token
