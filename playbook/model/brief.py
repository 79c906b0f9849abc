"""A stage's brief as content: its parts, and which answer each line is made from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from playbook.model.content import Content

Filled = Annotated[str, StringConstraints(min_length=1)]
Alternatives = tuple[Filled, ...]
"""Sentences, of which the first is told that has all its answers."""

BriefPicture = Literal["map", "range", "chain", "hours", "runs", "freed"]


ITEMS = 3
"""Items of a list on a page, where its line says nothing else."""


class BriefLine(Content):
    """A line of a part: {sheet.question} stands for that answer, {name} for a worked-out figure,
    **text** is told with weight.

    Of a sheet with candidates, the decisive one's answer is meant. With `each`, there is a line for
    every row of that "sheet.table", or of a worked-out list, and {question} is the row's own. With
    `split`, every sentence of what is told is a line. `unless` names an answer that makes the line
    idle; `missing` is told while its answers are missing, else nothing is. `slide`: on the slide.

    Of a list at most `most` are told, and never fewer than `least` however little room there is;
    `more` tells how many are left out.

    A `spare` line is told only if the page has room for it beside all others; what it is called, if
    it has none.
    """

    text: Alternatives
    each: str = ""
    split: bool = False
    unless: str = ""
    missing: str = ""
    style: Literal["text", "item", "number", "small", "big"] = "text"
    slide: bool = False
    most: int = ITEMS
    least: int = ITEMS
    more: str = ""
    spare: str = ""


class BriefPart(Content):
    """What stands under one heading; `half` ones stand beside each other, two by two.

    `request`: what the reader is asked to do.
    """

    id: Filled
    title: Alternatives
    half: bool = False
    request: bool = False
    picture: tuple[BriefPicture, ...] = ()
    lines: tuple[BriefLine, ...] = Field(min_length=1)


class DoorWords(Content):
    """What the door says on home and at the gate; `thumb` and `example` are its other buttons."""

    title: Filled
    about: Filled
    open: Filled
    thumb: Filled
    example: Filled


class BriefContent(Content):
    """The one page that a stage comes to, for whoever decides.

    `after` names the stage whose page stands before this one; then both are one document. With
    `answers` a file holds the answers that it was made from, for import; a page that is passed on
    to somebody who may not see them does without.
    """

    name: Filled
    after: str = ""
    answers: bool = True
    door: DoorWords
    title: Alternatives
    lead: Alternatives
    meta: Alternatives = ()
    parts: tuple[BriefPart, ...] = Field(min_length=1)
    sign: Alternatives
