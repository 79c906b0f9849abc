"""Trainers' accounts: made on the host's command line, entered with a password."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, insert, select, update

from playbook.cohort.class_service import ClassService, folded
from playbook.cohort.secrets import new_token, password_fits, password_hash, token_hash
from playbook.cohort.types import Account
from playbook.store.class_schema import account, device, invitation, member

INVITED_FOR = timedelta(days=3)
SHORTEST, LONGEST = 10, 200
"""Characters of a password. Long enough that no rule about its letters is needed."""


class Accounts(ClassService):
    """Who may lead cohorts on this host."""

    __slots__ = ()

    def invite(self, name: str) -> str:
        """The token of a one-time link with which `name` sets a (new) password."""
        shown, token = self.name(name, "name"), new_token()
        key = folded(shown)
        with self.database.write() as connection:
            known = connection.scalar(select(account.c.id).where(account.c.folded == key))
            row = {"id": known or str(uuid4()), "name": shown, "folded": key}
            if known is None:
                connection.execute(insert(account).values(**row, created=self.now()))
            connection.execute(delete(invitation).where(invitation.c.account == row["id"]))
            link = {"token": token_hash(token), "expires": self.now() + INVITED_FOR}
            connection.execute(insert(invitation).values(account=row["id"], **link))
        return token

    def first(self, name: str, password: str) -> Account:
        """The first trainer of a host that has none; GoneError once there is one."""
        if self.everybody():
            raise self.gone()
        self._check(password)
        return self.accept(self.invite(name), password)

    def invited(self, token: str) -> Account:
        """Whom the link is for. GoneError once it was used, or too late."""
        with self.database.read() as connection:
            return _account(self._invitation(connection, token))

    def accept(self, token: str, password: str) -> Account:
        """Set the password; the link is used up, and every signed-in browser signed out."""
        self._check(password)
        self.invited(token)  # before the work of hashing, which no stranger gets for a made-up link
        kept = password_hash(password)
        with self.database.write() as connection:
            found = _account(self._invitation(connection, token))
            mine = account.c.id == found.id
            connection.execute(delete(invitation).where(invitation.c.account == found.id))
            seats = select(member.c.id).where(member.c.account == found.id)
            theirs = (device.c.account == found.id) | device.c.member.in_(seats)
            connection.execute(delete(device).where(theirs))
            connection.execute(update(account).where(mine).values(password=kept))
        return found

    def signed_in(self, name: str, password: str) -> Account | None:
        """The account, when the password fits; takes equally long when there is no such name."""
        with self.database.read() as connection:
            found = connection.execute(
                select(account).where(account.c.folded == folded(name))
            ).first()
        fits = password_fits(found.password if found else None, password)
        return _account(found) if found and fits else None

    def named(self, name: str) -> Account:
        """The account of that name. InputError when there is none."""
        with self.database.read() as connection:
            query = select(account).where(account.c.folded == folded(name))
            found = connection.execute(query).first()
        if found is None:
            self.refuse("no_account", "account", given=name.strip())
        return _account(found)

    def everybody(self) -> list[Account]:
        """All accounts, by name."""
        with self.database.read() as connection:
            return [
                _account(row)
                for row in connection.execute(select(account).order_by(account.c.folded))
            ]

    def _check(self, password: str) -> None:
        if not SHORTEST <= len(password) <= LONGEST:
            self.refuse("password", "password", least=SHORTEST, most=LONGEST)

    def _invitation(self, connection: Connection, token: str) -> Row[tuple[str, str]]:
        query = (
            select(account)
            .join(invitation, invitation.c.account == account.c.id)
            .where(invitation.c.token == token_hash(token), invitation.c.expires > self.now())
        )
        found = connection.execute(query).first()
        if found is None:
            raise self.gone()
        return found


def _account(row: Row[tuple[str, str]]) -> Account:
    return Account(row.id, row.name)
