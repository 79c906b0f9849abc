"""Classes: who made them, who may come in, who is in which team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update

from playbook.cohort import rows
from playbook.cohort.class_service import ClassService, folded
from playbook.cohort.secrets import new_token, read_code, shown_code
from playbook.cohort.types import Account, Cohort, Member, Role, Team
from playbook.store import class_schema as schema
from playbook.store.dialect import insert_new
from playbook.store.schema import workspace

JOINS = 80
"""A class and some who try twice; more than that and the code is on the loose."""
OPEN_DAYS, KEPT_DAYS = 30, 30
"""A class stays open so long after its day, and kept so long after its last one, unless said."""
LONGEST_KEPT = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class CohortPlan:
    """What is decided when a cohort is made.

    `host` is who runs the machine, in the words that participants read; `day` is when the class
    meets, today unless said. `sees_answers`: whether trainers see individual answers; it never
    changes afterwards.
    """

    title: str
    host: str
    ends: date | None = None
    erase_on: date | None = None
    in_teams: bool = False
    sees_answers: bool = False
    day: date | None = None


class Cohorts(ClassService):
    """The classes on this host."""

    __slots__ = ()

    # -- making one

    def create(self, by: Account, plan: CohortPlan) -> tuple[Cohort, Member]:
        """A new class, its door open without a code yet, and its trainer."""
        title, host = self.name(plan.title, "title"), self.name(plan.host, "host")
        day = plan.day or self.today()
        ends = plan.ends or day + timedelta(days=OPEN_DAYS)
        erase_on = plan.erase_on or ends + timedelta(days=KEPT_DAYS)
        self._check_dates(ends, erase_on)
        made = Cohort(
            id=str(uuid4()),
            title=title,
            owner=by.id,
            host=host,
            created=self.now(),
            ends=ends,
            erase_on=erase_on,
            in_teams=plan.in_teams,
            sees_answers=plan.sees_answers,
            open=True,
            joins_left=None,
            day=day,
            ended=None,
            dated=None,
        )
        with self.database.write() as connection:
            values = {name: getattr(made, name) for name in Cohort.__slots__}
            connection.execute(insert(schema.cohort).values(values))
            connection.execute(insert(schema.room).values(cohort=made.id, version=1))
            trainer = self._add(connection, made.id, Role.TRAINER, by.name, account=by.id)
        return made, trainer

    def copy(
        self, by: Account, cohort_id: str, title: str, day: date | None
    ) -> tuple[Cohort, Member]:
        """A class like one that this trainer leads, on another day: its teams without people, its
        plan and its prepared questions; nothing that anybody wrote."""
        led = [made for made, _ in self.of_account(by) if made.id == cohort_id]
        if not led:
            raise self.gone()
        like = led[0]
        plan = CohortPlan(title, like.host, None, None, like.in_teams, like.sees_answers, day)
        made, trainer = self.create(by, plan)
        for team in self.teams(like.id):
            if team.workspace:
                self.new_team(trainer, team.name)
        with self.database.write() as connection:
            for kept in (schema.prepared, schema.step):
                found = connection.execute(select(kept).where(kept.c.cohort == like.id)).mappings()
                for row in found.all():
                    anew = {"id": str(uuid4()), "cohort": made.id}
                    connection.execute(insert(kept).values({**row, **anew}))
            whole = schema.step.c.cohort == made.id
            connection.execute(update(schema.step).where(whole).values(cut=False))
            taken = select(schema.room.c.plan).where(schema.room.c.cohort == like.id)
            here = schema.room.c.cohort == made.id
            called = connection.scalar(taken)
            connection.execute(update(schema.room).where(here).values(plan=called))
        return made, trainer

    def of_account(self, by: Account) -> list[tuple[Cohort, Member]]:
        """The classes that this trainer leads, the newest first, each with their own seat in it."""
        query = (
            select(schema.cohort, schema.member.c.id.label("seat"))
            .join(schema.member, schema.member.c.cohort == schema.cohort.c.id)
            .where(schema.member.c.account == by.id)
            .order_by(schema.cohort.c.created.desc())
        )
        with self.database.read() as connection:
            found = connection.execute(query).all()
            seats = [(rows.as_cohort(row), rows.member(connection, row.seat)) for row in found]
        return [(cohort, seat) for cohort, seat in seats if seat]

    def get(self, who: Member) -> Cohort:
        """The class that somebody is in."""
        with self.database.read() as connection:
            return self._cohort(connection, who.cohort)

    # -- the door

    def new_code(self, by: Member, joins: int = JOINS) -> str:
        """A new join code, good as long as the class is; the one before works no more."""
        seed = new_token()
        code = self.key.code_of(seed)
        door = {"join_code": self.key.code_hash("join", code), "join_seed": seed}
        self._change(by, **door, joins_left=joins, open=True)
        return code

    def code(self, who: Member) -> str | None:
        """The join code of somebody's class as it is shown; None when there is none that works, or
        the host has another key than when it was made."""
        here = select(schema.cohort).where(schema.cohort.c.id == who.cohort)
        with self.database.read() as connection:
            found = connection.execute(here).first()
        if found is None or not found.join_seed or not found.joins_left:
            return None
        code = self.key.code_of(found.join_seed)
        is_it = self.key.code_hash("join", code) == found.join_code
        return shown_code(code) if is_it else None

    def set_door(self, by: Member, is_open: bool) -> bool:
        """Open or close the door; a code that is known works again when it is open again. Whether
        that changed anything."""
        return self._change(by, open=is_open)

    def behind(self, typed: str) -> Cohort:
        """The class that a join code leads to. InputError when there is none, or it is closed."""
        with self.database.read() as connection:
            return self._behind(connection, typed)

    def join(self, typed: str, name: str) -> Member:
        """Come in with a code, under a name or a pseudonym."""
        shown = self.name(name, "name")
        with self.database.write() as connection:
            cohort = self._behind(connection, typed)
            here = schema.cohort.c.id == cohort.id
            left = {"joins_left": schema.cohort.c.joins_left - 1}
            connection.execute(update(schema.cohort).where(here).values(left))
            return self._add(connection, cohort.id, Role.PARTICIPANT, shown)

    # -- its days

    def set_dates(self, by: Member, ends: date, erase_on: date) -> bool:
        """Change the last day and the day of erasing, which everybody is told: the trainer's to do.
        A class that was over goes on. Whether that changed anything."""
        with self.database.write() as connection:
            if not self._owns(connection, by):
                raise self.gone()
            found = self._cohort(connection, by.cohort)
            goes_on = found.is_over(self.today()) and ends >= self.today()
            if (ends, erase_on) == (found.ends, found.erase_on) and not goes_on:
                return False
            self._check_dates(ends, erase_on, found.ends)
        ended = None if goes_on else found.ended
        return self._change(by, ends=ends, erase_on=erase_on, ended=ended, dated=self.now())

    def end(self, by: Member) -> bool:
        """End the class now, if it goes on: nobody joins any more, everything else stays. Whether
        that changed anything."""
        cohort = self.get(by)
        if cohort.is_over(self.today()):
            return False
        return self._change(by, ended=self.now(), ends=min(cohort.ends, self.today()))

    # -- people

    def members(self, cohort: str) -> list[Member]:
        """Everybody in the class, in the order they came."""
        query = (
            select(schema.member)
            .where(schema.member.c.cohort == cohort)
            .order_by(schema.member.c.joined, schema.member.c.id)
        )
        with self.database.read() as connection:
            return [rows.as_member(row) for row in connection.execute(query)]

    def rename(self, who: Member, name: str) -> None:
        """Take another name. Of the one before only a hash is kept, for erasing to know it by."""
        shown = self.name(name, "name")
        with self.database.write() as connection:
            found = rows.present(connection, who, self.gone)
            if folded(shown) != folded(found.name):
                before = {"member": found.id, "name": self.name_hash(found.name)}
                insert_new(connection, schema.earlier_name, before)
            mine = schema.member.c.id == found.id
            connection.execute(update(schema.member).where(mine).values(name=shown))

    def set_role(self, by: Member, member_id: str, role: Role) -> bool:
        """Make somebody a co-trainer, participant or viewer: the trainer's to do, who stays one.
        Whether that changed anything."""
        with self.database.write() as connection:
            found = self._led(connection, by, member_id)
            if Role.TRAINER in (role, found.role) or not self._owns(connection, by):
                raise self.gone()
            self._set_role(connection, found, role)
        return found.role is not role

    def set_aside(self, by: Member, member_id: str, is_aside: bool) -> bool:
        """Take somebody who joined by mistake off every list and vote, or back as a participant;
        nothing of theirs is erased. Whether that changed anything."""
        with self.database.write() as connection:
            found = rows.below(connection, by, member_id, self.gone)
            if is_aside is (found.role is Role.ASIDE):
                return False
            self._set_role(connection, found, Role.ASIDE if is_aside else Role.PARTICIPANT)
        return True

    def invite_trainer(self, by: Member, account_name: str) -> Member:
        """Let another trainer of this host lead this class as well; who does already stays so."""
        with self.database.write() as connection:
            if not self._owns(connection, by):
                raise self.gone()
            named = select(schema.account).where(schema.account.c.folded == folded(account_name))
            found = connection.execute(named).first()
            if found is None:
                self.refuse("no_account", "account", given=account_name.strip())
            seat = schema.member.c.cohort == by.cohort, schema.member.c.account == found.id
            there = connection.execute(select(schema.member).where(*seat)).first()
            if there:
                return rows.as_member(there)
            return self._add(connection, by.cohort, Role.CO_TRAINER, found.name, account=found.id)

    # -- teams

    def teams(self, cohort: str) -> list[Team]:
        """The teams, by name."""
        query = select(schema.team).where(schema.team.c.cohort == cohort)
        with self.database.read() as connection:
            return [
                rows.as_team(row) for row in connection.execute(query.order_by(schema.team.c.name))
            ]

    def new_team(self, by: Member, name: str) -> Team:
        """A team without members."""
        shown = self.name(name, "team")
        with self.database.write() as connection:
            self._led(connection, by, by.id)
            made = Team(str(uuid4()), by.cohort, shown, self._workspace(connection))
            values = {key: getattr(made, key) for key in Team.__slots__}
            connection.execute(insert(schema.team).values(values))
        return made

    def seat(self, by: Member, member_id: str, team_id: str | None) -> bool:
        """Put somebody in a team, or in none; their own worksheets stay theirs. Whether that
        changed anything."""
        with self.database.write() as connection:
            found = self._led(connection, by, member_id)
            if team_id is not None and self._team(connection, found.cohort, team_id) is None:
                raise self.gone()
            here = schema.member.c.id == found.id
            connection.execute(update(schema.member).where(here).values(team=team_id))
        return found.team != team_id

    def place_of(self, who: Member) -> str:
        """The workspace where somebody's answers go: their team's, or their own."""
        if who.team is None:
            return who.workspace
        with self.database.read() as connection:
            team = self._team(connection, who.cohort, who.team)
        return (team.workspace if team else None) or who.workspace

    # -- help, within a transaction

    def _add(
        self,
        connection: Connection,
        cohort: str,
        role: Role,
        name: str,
        account: str | None = None,
    ) -> Member:
        place = self._workspace(connection)
        made = Member(str(uuid4()), cohort, role, name, place, None, self.now())
        values = {key: getattr(made, key) for key in Member.__slots__}
        connection.execute(insert(schema.member).values(**values, account=account))
        return made

    def _workspace(self, connection: Connection) -> str:
        made = str(uuid4())
        connection.execute(insert(workspace).values(id=made, created=self.now()))
        return made

    def _cohort(self, connection: Connection, cohort_id: str) -> Cohort:
        here = select(schema.cohort).where(schema.cohort.c.id == cohort_id)
        found = connection.execute(here).first()
        if found is None:
            raise self.gone()
        return rows.as_cohort(found)

    def _behind(self, connection: Connection, typed: str) -> Cohort:
        code = read_code(typed)
        kept = self.key.code_hash("join", code) if code else ""
        here = select(schema.cohort).where(schema.cohort.c.join_code == kept)
        found = connection.execute(here).first()
        if found is None:
            self.refuse("no_code", "code")
        cohort = rows.as_cohort(found)
        if cohort.is_over(self.today()):
            self.refuse("over", "code", cohort=cohort.title, ends=cohort.ends)
        if not cohort.open:
            self.refuse("closed", "code")
        if not cohort.joins_left:
            self.refuse("full", "code")
        return cohort

    def _owns(self, connection: Connection, by: Member) -> bool:
        return rows.present(connection, by, self.gone).role is Role.TRAINER

    def _team(self, connection: Connection, cohort: str, team_id: str) -> Team | None:
        if not rows.is_id(team_id):
            return None
        here = (schema.team.c.id == team_id) & (schema.team.c.cohort == cohort)
        found = connection.execute(select(schema.team).where(here)).first()
        return rows.as_team(found) if found else None

    def _led(self, connection: Connection, by: Member, member_id: str) -> Member:
        return rows.led(connection, by, member_id, self.gone)

    def _check_dates(self, ends: date, erase_on: date, kept: date | None = None) -> None:
        """InputError for days that make no sense; `kept` is a last day that may stay as it is."""
        today = self.today()
        if ends < today and ends != kept:
            self.refuse("ends", "ends", given=ends)
        if not max(ends, today) < erase_on <= today + LONGEST_KEPT:
            self.refuse("erase_on", "erase_on", given=erase_on, ends=ends)

    def _set_role(self, connection: Connection, found: Member, role: Role) -> None:
        here = schema.member.c.id == found.id
        connection.execute(update(schema.member).where(here).values(role=role.value))
        self._rises(connection, found.cohort)

    def _change(self, by: Member, **values: Any) -> bool:
        """Set columns of the class that somebody leads; whether one is another than before."""
        with self.database.write() as connection:
            self._led(connection, by, by.id)
            here = select(schema.cohort).where(schema.cohort.c.id == by.cohort)
            before = connection.execute(here).mappings().one()
            if all(before[name] == value for name, value in values.items()):
                return False
            mine = schema.cohort.c.id == by.cohort
            connection.execute(update(schema.cohort).where(mine).values(values))
            self._rises(connection, by.cohort)
        return True

    def _rises(self, connection: Connection, cohort: str) -> None:
        """Everybody's page hears of it."""
        here, version = schema.room.c.cohort == cohort, schema.room.c.version + 1
        connection.execute(update(schema.room).where(here).values(version=version))
