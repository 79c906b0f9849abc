"""What is told of classes and people: plain values, no database and no secret in sight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do in a cohort. A viewer sees what is projected, and answers nothing.
    Who is set aside is in no list and no vote, and keeps their own work."""

    TRAINER = "trainer"
    CO_TRAINER = "co_trainer"
    PARTICIPANT = "participant"
    VIEWER = "viewer"
    ASIDE = "aside"

    @property
    def leads(self) -> bool:
        """Whether the trainer desk is theirs to use."""
        return self in (Role.TRAINER, Role.CO_TRAINER)

    @property
    def answers(self) -> bool:
        """Whether they vote and fill in sheets."""
        return self is Role.PARTICIPANT

    @property
    def looks(self) -> bool:
        """Whether the screen is theirs to look at."""
        return self.leads or self is Role.VIEWER


@dataclass(frozen=True, slots=True)
class Account:
    """A trainer of this host."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Cohort:
    """A class. `host` is who runs it, in the words that participants read; dates are local.

    `day` is when it meets, `ends` its last day, `ended` when somebody ended it before; `dated` is
    when its dates were last changed.
    """

    id: str
    title: str
    owner: str
    host: str
    created: datetime
    ends: date
    erase_on: date
    in_teams: bool
    sees_answers: bool
    open: bool
    joins_left: int | None
    day: date | None
    ended: datetime | None
    dated: datetime | None

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed, or somebody ended it."""
        return self.ended is not None or self.ends < today


@dataclass(frozen=True, slots=True)
class Team:
    """Members that share one workspace; None where they only talk and decide together."""

    id: str
    cohort: str
    name: str
    workspace: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a cohort, by the name or pseudonym they chose."""

    id: str
    cohort: str
    role: Role
    name: str
    workspace: str
    team: str | None
    joined: datetime


@dataclass(frozen=True, slots=True)
class RelinkRecord:
    """That somebody who leads made a private link for somebody else, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewLink:
    """A private link's token, and the browsers that making it signed out."""

    token: str
    ended: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherDevices:
    """The other browsers that are signed in as somebody: how many, and when one was last used."""

    count: int
    seen: datetime | None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whom a device's cookie stands for: a member, or a trainer who has not entered a cohort."""

    device: str
    member: Member | None
    account: Account | None
