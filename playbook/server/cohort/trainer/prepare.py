"""Preparing a class: a trainer chooses, sees the plan, takes the papers along, makes the class."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Mapping
from io import BytesIO
from typing import Any, ClassVar
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tornado.web import HTTPError

from playbook.cases.load import case_ids, load_case
from playbook.cohort.cohorts import CohortPlan
from playbook.cohort.documents import KitRequest
from playbook.cohort.types import Account
from playbook.framework import Framework
from playbook.kit.choices import (
    FEWEST_PEOPLE,
    MOST_PEOPLE,
    KitChoices,
    case_room,
    chosen,
    sessions,
)
from playbook.kit.class_kit import class_kit, clock
from playbook.kit.content import load_kit
from playbook.kit.files import kit_files, one_file
from playbook.kit.logo import LARGEST
from playbook.kit.plan import SessionPlan
from playbook.kit.run_of_show import late_lines
from playbook.model import InputError
from playbook.report.brief.archive import BEGINNING
from playbook.server.cohort.host.host import CohortHost
from playbook.server.cohort.host.identity import visitor_of
from playbook.server.cohort.host.page_data import page_data
from playbook.server.cohort.host.pages import (
    LARGEST_ASK,
    Action,
    ActionsHandler,
    CohortHandler,
    Given,
    text_of,
)
from playbook.server.cohort.trainer.class_days import class_day
from playbook.worksheet.kinds import written_date

JsonObject = dict[str, Any]
USUAL_PEOPLE, USUAL_START = 40, "9:00"


class PrepareHandler(CohortHandler):
    """/prepare: programme, day, cases, place and logo of a class to come. For trainers."""

    async def get(self) -> None:
        if self.visitor is None or self.visitor.account is None:
            raise HTTPError(404)
        framework, kit = self.host.framework, load_kit()
        self.show(
            "prepare.html",
            account=self.visitor.account,
            courses=kit.courses.values(),
            rooms={it.id: case_room(kit, it, framework) for it in kit.courses.values()},
            venues=kit.venues.values(),
            cases=_cases_told(framework),
            people=(FEWEST_PEOPLE, USUAL_PEOPLE, MOST_PEOPLE),
            start=USUAL_START,
            data=page_data(framework, "prepare", "room_page", largest=LARGEST),
        )


def _cases_told(framework: Framework) -> list[JsonObject]:
    cases = [load_case(it, framework=framework) for it in case_ids()]
    order = ("full", "middle", "spark")
    return [
        {
            "id": it.id,
            "title": it.title,
            "about": it.synopsis,
            "size": it.size,
            "minutes": [route.minutes for route in it.routes],
        }
        for it in sorted(cases, key=lambda it: (order.index(it.size), it.title))
    ]


def plan(host: CohortHost, _by: Account, given: Given) -> JsonObject:
    """What follows from the choices: {sessions, files, title}."""
    choices = _choices(host, given)
    made = class_kit(choices, host.framework)
    return {
        "title": choices.title,
        "sessions": [_session_told(host, it, made.when(it)) for it in made.sessions],
        "files": [
            {"path": it.path, "title": it.title, "kind": it.path.rpartition(".")[2].upper()}
            for it in kit_files(made)
        ],
        "between": list(choices.course.between),
    }


def _session_told(host: CohortHost, session: SessionPlan, when: str) -> JsonObject:
    words = host.framework.words
    return {
        "title": session.programme.title,
        "when": when,
        "minutes": session.programme.minutes,
        "ends": clock(session.ends),
        "steps": [
            {
                "at": clock(it.begins),
                "title": it.step.title,
                "minutes": it.step.minutes,
                "cut": it.step.cut.order if it.step.cut else 0,
            }
            for it in session.steps
        ],
        "late": list(late_lines(session.late, words)),
    }


def file(host: CohortHost, _by: Account, given: Given) -> JsonObject:
    """One file: {name, data}, data in base64."""
    choices = _choices(host, given)
    found = one_file(class_kit(choices, host.framework), text_of(given, "file"))
    return {"name": found.name, "data": _drawn(host, choices, found.path)}


def _drawn(host: CohortHost, choices: KitChoices, path: str) -> str:
    return b64encode(host.take_away.draw(KitRequest(choices, path))).decode()


def all_files(host: CohortHost, _by: Account, given: Given) -> JsonObject:
    """All of them in one archive: {name, data}. Each is drawn by itself, so none waits too long."""
    choices, out = _choices(host, given), BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for one in kit_files(class_kit(choices, host.framework)):
            part = ZipInfo(one.path, BEGINNING)
            part.compress_type = ZIP_DEFLATED
            archive.writestr(part, host.take_away.draw(KitRequest(choices, one.path)))
    day = written_date(choices.day, host.framework.words)
    name = host.framework.words.text("prepare.archive", title=choices.title, day=day)
    return {"name": name, "data": b64encode(out.getvalue()).decode()}


def make_class(host: CohortHost, by: Account, given: Given) -> JsonObject:
    """Make the class with the plan of its first sitting; its id."""
    choices = _choices(host, given)
    about = CohortPlan(title=choices.title, host=text_of(given, "host"), day=choices.day)
    cohort, seat = host.cohorts.create(by, about)
    host.cohorts.new_code(seat)
    first = sessions(choices, host.framework)[0]
    host.room.leading.take_plan(seat, first.programme)
    return {"id": cohort.id}


def _choices(host: CohortHost, given: Given) -> KitChoices:
    typed: Mapping[str, Any] = {**given, "logo": _logo(host, text_of(given, "logo"))}
    return chosen(typed, class_day(host, given, "day"), host.framework)


def _logo(host: CohortHost, typed: str) -> bytes:
    try:
        return b64decode(typed, validate=True)
    except (binascii.Error, ValueError):
        raise InputError(host.framework.words.text("kit.error.logo_kind"), "logo") from None


class PrepareActionsHandler(ActionsHandler):
    """POST /prepare/NAME, in the name of a trainer's account."""

    actions: ClassVar[Mapping[str, Action]] = {
        "plan": plan,
        "file": file,
        "all": all_files,
        "class": make_class,
    }
    long = ("file", "all")
    largest = LARGEST_ASK + 2 * LARGEST

    async def who(self, *_place: str) -> Account | None:
        visitor = visitor_of(self)
        return visitor.account if visitor else None
