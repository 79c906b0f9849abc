"""Signed-in browsers: whom a cookie stands for, how another device becomes one, how it ends."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from playbook.cohort import rows
from playbook.cohort.schema import account, device, member, pairing
from playbook.cohort.secrets import new_code, new_token, read_code, token_hash
from playbook.cohort.service import Service
from playbook.cohort.types import Account, Member, Relinked, Visitor
from playbook.model import StoreError

PAIRED_WITHIN = timedelta(minutes=10)
SEEN_EVERY = timedelta(minutes=5)
KEPT = timedelta(days=60)
"""So long a browser stays signed in that nobody used."""


class Devices(Service):
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

    # -- the private link

    def link(self, who: Member) -> str:
        """The token of a new private link; the one before works no more."""
        with self.database.write() as connection:
            return _new_link(connection, rows.present(connection, who, self.gone))

    def has_link(self, who: Member) -> bool:
        """Whether there is a private link by now."""
        mine = select(member.c.resume).where(member.c.id == who.id)
        with self.database.read() as connection:
            return connection.scalar(mine) is not None

    def reissue(self, by: Member, member_id: str) -> str:
        """A new private link for somebody who lost theirs; signs their browsers out.

        Who made it could use it as well: that it was made is told to its owner for good.
        """
        with self.database.write() as connection:
            found = rows.below(connection, by, member_id, self.gone)
            for table in (device, pairing):
                connection.execute(delete(table).where(table.c.member == found.id))
            return _new_link(connection, found, relinked=self.now(), relinked_by=by.id)

    def relinked(self, who: Member) -> Relinked | None:
        """Who last made a private link for somebody else, and when; None if nobody ever did."""
        columns = member.c.relinked, member.c.relinked_by
        with self.database.read() as connection:
            at, by = connection.execute(select(*columns).where(member.c.id == who.id)).one()
            leader = rows.member(connection, by) if by else None
        return at and Relinked(leader.name if leader else self.words.say("cohort.left"), at)

    def resumed(self, token: str) -> Member:
        """Whose private link it is. GoneError for one that was replaced."""
        with self.database.read() as connection:
            mine = select(member.c.id).where(member.c.resume == token_hash(token))
            found = connection.scalar(mine)
            person = rows.member(connection, found) if found else None
        if person is None:
            raise self.gone()
        return person

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


def _new_link(connection: Connection, who: Member, **more: Any) -> str:
    token = new_token()
    mine = update(member).where(member.c.id == who.id)
    connection.execute(mine.values(resume=token_hash(token), **more))
    return token
