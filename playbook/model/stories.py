"""Stories that content tells: filled examples, and the class that a trainer practises with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from playbook.model.content import Content, Sentence


class Example(Content):
    """A filled sheet to look at: `note` says what of it goes beyond the documents.

    `today` is the day of its story: it is assessed as of that day, whenever somebody opens it.
    `offer` is said where people may open the story at this sheet.
    """

    name: Sentence
    note: Sentence
    today: date
    offer: str = ""
    answers: Mapping[str, Any]


class ResponseProfile(Content):
    """A sort of person in a rehearsal: how many there are, how likely the first choices are."""

    name: Sentence
    share: Annotated[float, Field(gt=0, le=1)]
    choices: tuple[Annotated[float, Field(ge=0, le=1)], ...] = Field(min_length=1)


class Rehearsal(Content):
    """The class that a trainer practises with; everything in it is made up. `programme` is the plan
    that it begins with, if any. `knows` is the share of people who know a case's story already, and
    `stays` of those who answer a second time as they did before the talk. Of `besides` of them one
    hears how sure they are, as likely each as `certain` says, and one of the `minds`: what would
    change theirs. Of the situations so many are answered right the first and the second time."""

    title: Sentence
    host: Sentence
    programme: str = ""
    knows: Annotated[float, Field(ge=0, le=1)] = 0
    stays: Annotated[float, Field(ge=0, le=1)] = 0
    besides: Annotated[float, Field(ge=0, le=1)] = 0
    certain: Mapping[str, float] = {}
    minds: tuple[Sentence, ...] = ()
    right_before: Annotated[float, Field(ge=0, le=1)] = 0.5
    right_after: Annotated[float, Field(ge=0, le=1)] = 0.5
    people: tuple[Sentence, ...] = Field(min_length=1)
    profiles: tuple[ResponseProfile, ...] = Field(min_length=1)
    sentences: tuple[Sentence, ...] = Field(min_length=1)
