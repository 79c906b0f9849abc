"""The trainer desk: one's classes, and what one of them does now."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, ClassVar, get_args

from tornado.web import HTTPError

from playbook.cohort.class_service import folded
from playbook.cohort.cohorts import KEPT_DAYS, OPEN_DAYS, CohortPlan
from playbook.cohort.leading import ADDED
from playbook.cohort.own_questions import Form
from playbook.cohort.progress import people_stamp, progress, work_stamp
from playbook.cohort.results import as_csv, as_xlsx
from playbook.cohort.results_files import ClassResults, as_pdf, as_pptx
from playbook.cohort.seating import WAYS
from playbook.cohort.types import Account, Cohort, Member, Role
from playbook.framework import Framework
from playbook.kit.content import load_kit, next_sittings
from playbook.report.brief.formats import FORMATS
from playbook.server.cohort.host.door_sign import door_sign
from playbook.server.cohort.host.host import CohortHost
from playbook.server.cohort.host.identity import host_of, visitor_of
from playbook.server.cohort.host.long_poll import LongPollHandler
from playbook.server.cohort.host.page_data import page_data
from playbook.server.cohort.host.pages import Action, ActionsHandler, CohortHandler, Given, text_of
from playbook.server.cohort.host.seats import leader_in
from playbook.server.cohort.trainer.class_days import class_day
from playbook.server.cohort.trainer.desk_actions import ACTIONS
from playbook.worksheet.kinds.date import written_date

WALL_WIDTH = 1920
"""Pixels of the wall that a desk shows in small."""


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
            day=written_date(today, words),
            written=lambda date: written_date(date, words),
            programmes=self.host.framework.programmes,
            cases=self.host.room.leading.plans.cases,
            open_days=OPEN_DAYS,
            kept_days=KEPT_DAYS,
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
        ends=class_day(host, given, "ends"),
        erase_on=class_day(host, given, "erase_on"),
        in_teams=given.get("in_teams") is True,
        sees_answers=given.get("sees_answers") is True,
        day=class_day(host, given, "day"),
    )
    programme = text_of(given, "programme")
    if programme and programme not in host.room.leading.plans:
        raise host.cohorts.gone()
    cohort, seat = host.cohorts.create(by, plan)
    host.cohorts.new_code(seat)
    if programme:
        host.room.leading.take(seat, programme)
    return {"id": cohort.id}


def copy_class(host: CohortHost, by: Account, given: Given) -> dict[str, Any]:
    """Make a class like one that this trainer leads, without its people; its id."""
    day = class_day(host, given, "day")
    made, seat = host.cohorts.copy(by, text_of(given, "cohort"), text_of(given, "title"), day)
    host.cohorts.new_code(seat)
    return {"id": made.id}


class ClassesActionsHandler(ActionsHandler):
    """POST /desk/new and /desk/copy."""

    actions: ClassVar[Mapping[str, Action]] = {"new": new_class, "copy": copy_class}

    async def who(self, *_place: str) -> Account | None:
        visitor = visitor_of(self)
        return visitor.account if visitor else None


class DeskHandler(CohortHandler):
    """/desk/ID: the desk of one class, with its wall in small."""

    @property
    def content_security_policy(self) -> str:
        return f"{super().content_security_policy}; frame-src 'self'"

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
            forms=get_args(Form),
            added=ADDED,
            team_ways=WAYS,
            programmes=self.host.framework.programmes,
            cases=self.host.room.leading.plans.cases,
            is_account=self.visitor is not None and self.visitor.account is not None,
            sheets=[sheets[name] for name in self.host.framework.order if name in sheets],
            ends=written_date(about.ends, self.host.framework.words),
            erase=written_date(about.erase_on, self.host.framework.words),
            data=page_data(
                self.host.framework,
                "desk",
                "room_page",
                cohort=cohort,
                wall=WALL_WIDTH,
                is_trainer=seat.role is Role.TRAINER,
                sees_answers=about.sees_answers,
                sittings=_sittings(self.host.framework),
            ),
        )


def _sittings(framework: Framework) -> dict[str, list[list[str]]]:
    """By a plan's title those of the next sitting: [[programme, title]]."""
    found = next_sittings(load_kit(), framework).items()
    return {
        title: [[it, framework.programmes[it].title] for it in programmes]
        for title, programmes in found
    }


class DeskNewsHandler(LongPollHandler):
    """GET /desk/ID/state."""

    def stamp(self, host: CohortHost, who: Member) -> str:
        seen = people_stamp(host.database, who), work_stamp(host.database, who)
        here = hash(host.here.here(who.cohort)) & 0xFFFFFFFF
        return f"{host.room.version(who)}-{'-'.join(seen)}-{here:x}"

    def told(self, host: CohortHost, who: Member) -> dict[str, Any]:
        state = host.room.desk_for(who)
        cohort = host.cohorts.get(who)
        sheet = host.framework.sheets.get(state["sheet"] or "")
        far = progress(host.database, who, sheet) if sheet else None
        return state | {
            "door": door_sign(host, who, cohort),
            "days": {"ends": cohort.ends.isoformat(), "erase_on": cohort.erase_on.isoformat()},
            "people": _people(host, cohort),
            "all_teams": [{"id": it.id, "name": it.name} for it in host.cohorts.teams(cohort.id)],
            "progress": asdict(far) if far else None,
        }

    async def who(self, *place: str) -> Member | None:
        return await leader_in(host_of(self), visitor_of(self), place[0])


def _people(host: CohortHost, cohort: Cohort) -> list[dict[str, Any]]:
    """Everybody; `twin` counts those of one name in the order they came, None for the only one."""
    everybody, here = host.cohorts.members(cohort.id), host.here.here(cohort.id)
    names = Counter(folded(it.name) for it in everybody)
    met: Counter[str] = Counter()
    told = []
    for it in everybody:
        name = folded(it.name)
        met[name] += 1
        about: dict[str, Any] = {"id": it.id, "name": it.name, "role": it.role, "team": it.team}
        twin = met[name] if names[name] > 1 else None
        came = it.joined.isoformat()
        told.append(about | {"here": it.id in here, "twin": twin, "came": came})
    return told


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
    return as_xlsx(*_shown(host, by), host.framework.words)


def _json(host: CohortHost, by: Member) -> bytes:
    told, agreed = _shown(host, by)
    return json.dumps(told | {"agreed": agreed}, ensure_ascii=False, indent=1).encode()


def _pptx(host: CohortHost, by: Member) -> bytes:
    return as_pptx(_for_sponsors(host, by), host.framework.words)


def _pdf(host: CohortHost, by: Member) -> bytes:
    return as_pdf(_for_sponsors(host, by), host.framework.words)


def _shown(host: CohortHost, by: Member) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    return host.take_away.results(by), host.room.state_for(by)["agreements"]


def _for_sponsors(host: CohortHost, by: Member) -> ClassResults:
    cohort, (told, agreed) = host.cohorts.get(by), _shown(host, by)
    return ClassResults(
        cohort=cohort.title,
        day=cohort.day or host.cohorts.today(),
        votes=told["votes"],
        agreed=agreed,
        least=round(host.framework.threshold_values["room_least_people"]),
    )


class ResultsHandler(CohortHandler):
    """/desk/ID/results.KIND: what the class was shown, to take along."""

    FILES: ClassVar[Mapping[str, tuple[str, Callable[[CohortHost, Member], bytes]]]] = {
        "pptx": (FORMATS["pptx"].mime, _pptx),
        "pdf": (FORMATS["pdf"].mime, _pdf),
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
