"""A class in which every text that people can give is one of a corpus."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from playbook.model.storage import Operation, Set
from playbook.store.sql import SqliteStore
from tests.hostile import CLEANED
from tests.server.cohort.classroom import PASSWORD, Classroom, Person, done

NOT_IN_A_FORM = re.compile(r"[\x00-\x08\x0e-\x1f\ud800]")
"""What a form cannot carry, or what Tornado makes a space of."""


@dataclass
class Class:
    """One class in which every text there can be is one of `texts`, in their order."""

    host: Classroom
    trainer: Person
    texts: tuple[str, ...]
    ids: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)

    @property
    def desk(self) -> str:
        return f"/desk/{self.ids[0]}"

    def lead(self, action: str, **given: Any) -> dict[str, Any]:
        return done(self.trainer.do(f"{self.desk}/{action}", **given))

    def state(self) -> dict[str, Any]:
        return done(self.trainer.get(f"{self.desk}/state"))


def held(host: Classroom, trainer: str, texts: tuple[str, ...]) -> Class:
    """Classes by these names, and in the first of them people with worksheets."""
    visitor = host.stranger()
    visitor.fill_in("/sign-in", name=trainer, password=PASSWORD)
    made = Class(host, visitor, texts)
    are_made(made)
    come_in(made)
    show_work(made)
    return made


def are_made(made: Class) -> None:
    ends, erase = (date.today() + timedelta(days=days) for days in (1, 9))
    for text in made.texts:
        days = {"ends": ends.isoformat(), "erase_on": erase.isoformat()}
        made.ids.append(done(made.trainer.do("/desk/new", title=text, host=text, **days))["id"])


def come_in(made: Class) -> None:
    made.lead("code")
    code = made.state()["door"]["code"]
    for text in made.texts:
        person = made.host.stranger()
        name = NOT_IN_A_FORM.sub("", text)
        assert person.fill_in("/join", code=code, name=name).status_code == 303
        made.people.append(person)
    at_the_door = [one["name"] for one in made.state()["people"][1:]]
    assert at_the_door == [CLEANED.get(text, text) for text in made.texts]
    for person, text in zip(made.people, made.texts, strict=True):
        done(person.do("/place/rename", name=text))
        made.lead("team", team=text)
    first, team = made.state()["people"][1], made.state()["all_teams"][0]
    made.lead("seat", member=first["id"], team=team["id"])


def are_told(made: Class) -> None:
    for text in made.texts:
        made.lead("sheet", sheet="catalyst", note=text)
        assert done(made.people[0].get("/room/state"))["note"] == CLEANED.get(text, text)
        made.lead("agree", what=text, owner=text, due="2027-03-01")
        made.lead("ask", sheet="catalyst", question="candidates/breaks", about=text)


def vote(made: Class) -> None:
    """Everybody answers in their own words, and all may be read."""
    asked = made.lead("ask", sheet="catalyst", question="candidates/what", about=made.texts[-1])
    for person, text in zip(made.people, made.texts, strict=True):
        done(person.do("/room/answer", vote=asked["id"], value=text, shared=True))
    made.lead("reveal", vote=asked["id"])
    for text in made.state()["tray"][asked["id"]]:
        made.lead("let_out", text=text["id"], shown=True)


def show_work(made: Class) -> None:
    for person, text in zip(made.people, made.texts, strict=True):
        done(person.do("/place/bring", workspace=workspace(CLEANED.get(text, text))))
        # A team has a place of its own, and nothing in it yet.
        mine = done(person.do("/room/mine"))["worksheets"]
        for one in mine:
            given = {"worksheet": one["id"], "title": text, "consent": True}
            made.offers.append(done(person.do("/room/offer", **given))["id"])
    for side, offer in enumerate(made.offers[:2], 1):
        made.lead("show", offer=offer, side=side)


def workspace(text: str) -> dict[str, Any]:
    """A file with one worksheet in which everything that can be a text is this one."""
    store = SqliteStore(None)
    sheet = store.create("catalyst", text).id
    answers = dict.fromkeys(["candidates/r1/what", "candidates/r1/loss", "first_step"], text)
    answers |= {"candidates/r1": 0.0, "first_step_owner": text, "first_step_date": "2027-03-20"}
    answers |= {"candidates/r1/breaks": "yes", "chosen": "r1"}
    sets = tuple(Set(name, value, 0) for name, value in answers.items())
    store.commit(sheet, Operation("op-1", "device", "set", 1, sets))
    made = store.export()
    store.close()
    return made
