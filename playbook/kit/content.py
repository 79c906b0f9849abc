"""The kit's content: courses, venues, the facilitator guide, play cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from playbook.framework import Framework, load_framework
from playbook.framework.load import read_content
from playbook.model.content import Content, Sentence, Slug
from playbook.model.errors import ContentError
from playbook.model.programme import PhaseKind, Programme, Reply
from playbook.model.resources import content_dir

VenueId = Literal["room", "remote", "lan"]
Lines = tuple[Sentence, ...]


class CourseSession(Content):
    """One sitting of a course: a programme, so many days after the first one."""

    programme: Slug
    after_days: Annotated[int, Field(ge=0, le=366)] = 0


class Course(Content):
    """What a trainer chooses: one sitting or several, and what people do `between` them."""

    id: Slug
    title: Sentence
    about: Sentence
    sessions: tuple[CourseSession, ...] = Field(min_length=1)
    between: Lines = ()


class Venue(Content):
    """Where a class meets: what goes onto the `table`, `how` each sort of phase is done there, what
    to do when the network is `gone`. Teams need `team_minutes` to find each other. `in_clear`: the
    sheets that judge people stay closed, and are filled in on paper. `cards`: people can hold up a
    voting card."""

    id: VenueId
    title: Sentence
    about: Sentence
    table: Lines
    how: Mapping[PhaseKind, Sentence]
    read_aloud: Sentence
    """How to reveal what people wrote in their own words: there is no gap between such answers."""
    gone: Lines
    team_minutes: Annotated[int, Field(ge=0, le=10)] = 0
    in_clear: bool = False
    cards: bool = True


class GuideLine(Content):
    """One thing to do; `where` limits it to some venues."""

    text: Sentence
    where: tuple[VenueId, ...] = ()


class GuideTime(Content):
    """What a trainer does at one time before, during or after a class."""

    title: Sentence
    lines: tuple[GuideLine, ...] = Field(min_length=1)


class Guide(Content):
    """The facilitator guide: its times in order."""

    times: tuple[GuideTime, ...] = Field(min_length=1)


class PlayStep(Content):
    """A step of a play with its minutes; `cut`: the play also works without it."""

    minutes: Annotated[int, Field(ge=1, le=90)]
    title: Sentence
    text: Sentence
    cut: bool = False


class PlayCard(Content):
    """How a sheet is played with a group: one page. `prepare` is in minutes, `people` the fewest
    and the most, `who` how they sit together."""

    about: Sentence
    prepare: Annotated[int, Field(ge=0, le=120)]
    people: tuple[int, int]
    who: Sentence
    materials: Sentence
    steps: tuple[PlayStep, ...] = Field(min_length=3)
    good: Lines
    short: Sentence
    replies: tuple[Reply, ...] = Field(min_length=3)
    mind: Lines
    afterwards: Lines

    @property
    def minutes(self) -> int:
        """What it takes as a whole."""
        return sum(it.minutes for it in self.steps)

    @property
    def at_least(self) -> int:
        """What it takes without the steps that may be cut."""
        return sum(it.minutes for it in self.steps if not it.cut)


class _Courses(Content):
    course: tuple[Course, ...]


class _Venues(Content):
    venue: tuple[Venue, ...]


@dataclass(frozen=True, slots=True)
class Kit:
    """All of it: courses and venues by id, the guide, play cards by sheet."""

    courses: Mapping[str, Course]
    venues: Mapping[str, Venue]
    guide: Guide
    plays: Mapping[str, PlayCard]

    def programmes(self, course: Course, framework: Framework) -> list[Programme]:
        """The programmes of a course, in order."""
        return [framework.programmes[it.programme] for it in course.sessions]


def next_sittings(kit: Kit, framework: Framework) -> Mapping[str, Sequence[str]]:
    """By the title of a sitting's plan the programmes that may come after it, in courses of several
    sittings: {title: [programme id]}."""
    found: dict[str, list[str]] = {}
    for course in kit.courses.values():
        for this, then in pairwise(course.sessions):
            title = framework.programmes[this.programme].title
            known = found.setdefault(title, [])
            known += [then.programme] if then.programme not in known else []
    return found


@lru_cache(maxsize=4)
def load_kit(folder: Path | None = None) -> Kit:
    """The kit's content (our own when None), read and checked.

    ContentError that begins with the name of the file that is wrong.
    """
    framework = load_framework()
    folder = folder or content_dir() / "kit"
    courses = read_content(_Courses, folder / "courses.toml").course
    venues = read_content(_Venues, folder / "venues.toml").venue
    plays = {it.stem: read_content(PlayCard, it) for it in sorted(folder.glob("plays/*.toml"))}
    kit = Kit(
        courses={it.id: it for it in courses},
        venues={it.id: it for it in venues},
        guide=read_content(Guide, folder / "guide.toml"),
        plays=plays,
    )
    _check(kit, framework)
    return kit


def _check(kit: Kit, framework: Framework) -> None:
    for course in kit.courses.values():
        unknown = {it.programme for it in course.sessions} - {*framework.programmes}
        if unknown:
            raise ContentError(
                f"courses.toml: {course.id} names the programmes {sorted(unknown)}, which do not "
                "exist; correct or add them."
            )
    strange, missing = {*kit.plays} - {*framework.sheets}, {*framework.sheets} - {*kit.plays}
    if strange or missing:
        raise ContentError(
            f"plays: no sheet is called {sorted(strange)}, and {sorted(missing)} have no card; "
            "a play card is named after its sheet."
        )
