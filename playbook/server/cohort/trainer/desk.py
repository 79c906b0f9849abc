"""The trainer desk: one's classes, and what one of them does now."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, ClassVar

from tornado.web import HTTPError

from playbook.cohort.cohorts import CohortPlan
from playbook.cohort.progress import people_stamp, progress, work_stamp
from playbook.cohort.results import as_csv, as_xlsx
from playbook.cohort.types import Account, Cohort, Member, Role
from playbook.model import InputError, Question
from playbook.server.cohort.host.door_sign import door_sign
from playbook.server.cohort.host.host import CohortHost
from playbook.server.cohort.host.identity import host_of, visitor_of
from playbook.server.cohort.host.long_poll import LongPollHandler
from playbook.server.cohort.host.page_data import page_data
from playbook.server.cohort.host.pages import Action, ActionsHandler, CohortHandler, Given, text_of
from playbook.server.cohort.host.seats import leader_in
from playbook.server.cohort.trainer.desk_actions import ACTIONS
from playbook.worksheet.kinds.date import written_date
from playbook.worksheet.parse import parse

_DAY = Question(id="day", kind="date", text="Which day?")

KEPT_DAYS = 30
"""What the form proposes: time to finish, and to take one's work along."""


class ClassesHandler(CohortHandler):
    """/desk: a trainer's classes, and a form for a new one."""

    async def get(self) -> None:
        visitor = self.visitor
        if visitor is None or visitor.account is None:
            self.redirect(f"{self.base_url}desk/{self._own_class()}")
            return
        found = await self.service(self.host.cohorts.of_account, visitor.account)
        today, status = self.host.cohorts.today(), self.host.status
        words = self.host.framework.words
        self.show(
            "desk_classes.html",
            account=visitor.account,
            backup=status.about_backup(self.host.cohorts.now(), words),
            due={cohort.id: status.hours_left(cohort.id) for cohort, _ in found},
            classes=found,
            today=today,
            ends=written_date(today, words),
            erase=written_date(today + timedelta(days=KEPT_DAYS), words),
            data=page_data(self.host.framework, "desk", "room_page"),
        )

    def _own_class(self) -> str:
        who = self.member()
        if not who.role.leads:
            raise HTTPError(404)
        return who.cohort


def new_class(host: CohortHost, by: Account, given: Given) -> dict[str, Any]:
    """Make a class; its id."""
    plan = CohortPlan(
        title=text_of(given, "title"),
        host=text_of(given, "host"),
        ends=_day(host, given, "ends"),
        erase_on=_day(host, given, "erase_on"),
        in_teams=given.get("in_teams") is True,
        sees_answers=given.get("sees_answers") is True,
    )
    cohort, _ = host.cohorts.create(by, plan)
    return {"id": cohort.id}


def _day(host: CohortHost, given: Given, name: str) -> date:
    """A day as people type it, "18 December" or "in 6 weeks"; it may not be left out."""
    words = host.framework.words
    try:
        day = parse(_DAY, text_of(given, name), words, host.cohorts.today())
    except InputError as error:
        raise InputError(str(error), name) from None
    if day is None:
        raise InputError(words.text("desk.no_date"), name)
    return date.fromisoformat(str(day))


class ClassesActionsHandler(ActionsHandler):
    """POST /desk/new."""

    actions: ClassVar[Mapping[str, Action]] = {"new": new_class}

    async def who(self, *_place: str) -> Account | None:
        visitor = visitor_of(self)
        return visitor.account if visitor else None


class DeskHandler(CohortHandler):
    """/desk/ID: the desk of one class."""

    async def get(self, cohort: str) -> None:
        seat = await leader_in(self.host, self.visitor, cohort)
        if seat is None:
            raise HTTPError(404)
        about = await self.service(self.host.cohorts.get, seat)
        sheets = self.host.framework.sheets
        self.show(
            "desk.html",
            cohort=about,
            due=self.host.status.hours_left(cohort),
            seat=seat,
            is_account=self.visitor is not None and self.visitor.account is not None,
            sheets=[sheets[name] for name in self.host.framework.order if name in sheets],
            today=self.host.cohorts.today(),
            data=page_data(
                self.host.framework,
                "desk",
                "room_page",
                cohort=cohort,
                is_trainer=seat.role is Role.TRAINER,
                sees_answers=about.sees_answers,
            ),
        )


class DeskNewsHandler(LongPollHandler):
    """GET /desk/ID/state."""

    def stamp(self, host: CohortHost, who: Member) -> str:
        seen = people_stamp(host.database, who), work_stamp(host.database, who)
        return f"{host.room.version(who)}-{'-'.join(seen)}"

    def told(self, host: CohortHost, who: Member) -> dict[str, Any]:
        state = host.room.desk_for(who)
        cohort = host.cohorts.get(who)
        sheet = host.framework.sheets.get(state["sheet"] or "")
        far = progress(host.database, who, sheet) if sheet else None
        return state | {
            "door": door_sign(host, cohort),
            "people": _people(host, cohort),
            "teams": [{"id": it.id, "name": it.name} for it in host.cohorts.teams(cohort.id)],
            "progress": asdict(far) if far else None,
        }

    async def who(self, *place: str) -> Member | None:
        return await leader_in(host_of(self), visitor_of(self), place[0])


def _people(host: CohortHost, cohort: Cohort) -> list[dict[str, Any]]:
    return [
        {"id": it.id, "name": it.name, "role": it.role, "team": it.team}
        for it in host.cohorts.members(cohort.id)
    ]


class DeskActionsHandler(ActionsHandler):
    """POST /desk/ID/NAME, in the name of one's own seat in that class."""

    actions = ACTIONS

    async def who(self, *place: str) -> Member | None:
        return await leader_in(host_of(self), visitor_of(self), place[0])

    def done(self, who: Member, _name: str) -> None:
        host_of(self).bells.ring(who.cohort)


class WorksheetsHandler(CohortHandler):
    """/desk/ID/worksheets/ID: what somebody wrote, to read, in a class that was made so."""

    async def get(self, cohort: str, member: str) -> None:
        seat = await leader_in(self.host, self.visitor, cohort)
        if seat is None:
            raise HTTPError(404)
        self.finish(await self.long(self.host.take_away.read_by, seat, member))


def _csv(host: CohortHost, by: Member) -> bytes:
    return as_csv(host.take_away.results(by), host.framework.words)


def _xlsx(host: CohortHost, by: Member) -> bytes:
    return as_xlsx(host.take_away.results(by), host.framework.words)


def _json(host: CohortHost, by: Member) -> bytes:
    told = host.take_away.results(by) | {"agreed": host.room.state_for(by)["agreements"]}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


class ResultsHandler(CohortHandler):
    """/desk/ID/results.xlsx, .csv and .json: what the class was shown, to take along."""

    FILES: ClassVar[Mapping[str, tuple[str, Callable[[CohortHost, Member], bytes]]]] = {
        "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
        "csv": ("text/csv; charset=utf-8", _csv),
        "json": ("application/json; charset=utf-8", _json),
    }

    async def get(self, cohort: str, kind: str) -> None:
        seat = await leader_in(self.host, self.visitor, cohort)
        if seat is None:
            raise HTTPError(404)
        made = await self.long(self.FILES[kind][1], self.host, seat)
        self.set_header("Content-Type", self.FILES[kind][0])
        self.set_header("Content-Disposition", f'attachment; filename="results.{kind}"')
        self.finish(made)
