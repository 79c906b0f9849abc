"""What a trainer chooses for a class, checked: one sentence at the field that can't be taken."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import NoReturn

from playbook.cases.load import case_ids, load_case
from playbook.cases.plans import ClassPlans
from playbook.framework import Framework
from playbook.kit.content import Course, Kit, Venue, load_kit
from playbook.kit.logo import checked_logo
from playbook.kit.plan import SessionPlan, at_venue, on_the_clock, with_cases
from playbook.model.case import CaseStudy, Route
from playbook.model.errors import InputError
from playbook.model.programme import Programme
from playbook.worksheet.kinds import clean_text

LONGEST, FEWEST_PEOPLE, MOST_PEOPLE = 80, 5, 60
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


@dataclass(frozen=True, slots=True)
class KitChoices:
    """A class to prepare. `logo` is a PNG, or empty; `cases` each with the route to be played."""

    course: Course
    title: str
    leader: str
    day: date
    start: time
    people: int
    cases: tuple[tuple[CaseStudy, Route], ...]
    venue: Venue
    logo: bytes


def chosen(given: Mapping[str, object], day: date | None, framework: Framework) -> KitChoices:
    """The choices as they were typed: course, title, leader, start, people, cases (a list of
    "alcoa:40"), venue, and logo (bytes). InputError that names the field."""
    kit, words = load_kit(), framework.words

    def refuse(field: str, key: str, **told: object) -> NoReturn:
        raise InputError(words.text(f"kit.error.{key}", **told), field)

    def line(field: str) -> str:
        typed = given.get(field)
        text = clean_text(typed, lines=False) if isinstance(typed, str) else ""
        if len(text) > LONGEST:
            refuse(field, "long", limit=LONGEST)
        return text

    course = kit.courses.get(line("course"))
    if course is None:
        refuse("course", "course", given=line("course"), known=", ".join(kit.courses))
    venue = kit.venues.get(line("venue") or "room")
    if venue is None:
        refuse("venue", "venue", given=line("venue"), known=", ".join(kit.venues))
    if day is None:
        refuse("day", "day")
    at = _TIME.fullmatch(line("start"))
    if at is None:
        refuse("start", "start", given=line("start"))
    people = line("people")
    if not people.isdecimal() or not FEWEST_PEOPLE <= int(people) <= MOST_PEOPLE:
        refuse("people", "people", given=people, low=FEWEST_PEOPLE, high=MOST_PEOPLE)
    picked = given.get("cases")
    cases = _cases(picked if isinstance(picked, list | tuple) else (), framework)
    cases = cases or _own_cases(course, framework)
    _check_room(kit.programmes(course, framework), cases, framework)
    logo = given.get("logo")
    return KitChoices(
        course=course,
        title=line("title") or course.title,
        leader=line("leader"),
        day=day,
        start=time(int(at[1]), int(at[2])),
        people=int(people),
        cases=cases,
        venue=venue,
        logo=checked_logo(logo, words) if isinstance(logo, bytes) and logo else b"",
    )


def _cases(picked: Sequence[object], framework: Framework) -> tuple[tuple[CaseStudy, Route], ...]:
    words = framework.words
    found: list[tuple[CaseStudy, Route]] = []
    for one in picked:
        name, _, minutes = str(one).partition(":")
        if name not in case_ids():
            told = words.text("kit.error.case", given=name, known=", ".join(case_ids()))
            raise InputError(told, "cases")
        case = load_case(name, framework=framework)
        route = next((it for it in case.routes if str(it.minutes) == minutes), case.routes[0])
        if minutes and str(route.minutes) != minutes:
            known = ", ".join(str(it.minutes) for it in case.routes)
            told = words.text("kit.error.route", case=name, given=minutes, known=known)
            raise InputError(told, "cases")
        if case in [it for it, _ in found]:
            raise InputError(words.text("kit.error.twice", case=name), "cases")
        found.append((case, route))
    return tuple(found)


def _own_cases(course: Course, framework: Framework) -> tuple[tuple[CaseStudy, Route], ...]:
    """Those that its programmes play where nobody picks another."""
    plans = ClassPlans(framework)
    return tuple(it for sitting in course.sessions for it in plans.played(sitting.programme))


def _check_room(
    programmes: Sequence[Programme],
    cases: Sequence[tuple[CaseStudy, Route]],
    framework: Framework,
) -> None:
    if not cases:
        return
    room, taken = _case_minutes(programmes), sum(route.minutes for _, route in cases)
    if room != taken:
        key = "kit.error.minutes" if room else "kit.error.no_room"
        told = framework.words.text(key, room=room, taken=taken)
        raise InputError(told, "cases")


def _case_minutes(programmes: Sequence[Programme]) -> int:
    return next((it.case_minutes for it in programmes if it.case_minutes), 0)


def case_room(kit: Kit, course: Course, framework: Framework) -> int:
    """The minutes that a course has for case studies."""
    return _case_minutes(kit.programmes(course, framework))


def sessions(choices: KitChoices, framework: Framework) -> tuple[SessionPlan, ...]:
    """The sittings of a class as they are led: cases in place, as the venue needs it, on the
    clock."""
    kit, cases, found = load_kit(), choices.cases, []
    for sitting in choices.course.sessions:
        programme = framework.programmes[sitting.programme]
        if cases and programme.case_minutes:
            programme, cases = with_cases(programme, cases, framework), ()
        day = choices.day + timedelta(days=sitting.after_days)
        led = at_venue(programme, kit.venues[choices.venue.id])
        found.append(on_the_clock(led, day, choices.start))
    return tuple(found)
