"""What shows whether a class learned: short situations in two parallel forms, and cards later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from playbook.model.content import Content, RowId, Sentence, Slug

FormName = Literal["a", "b"]
VignetteAnswer = Literal["redefine", "optimise"]
BEFORE, AFTER = "vignettes", "vignettes_again"
"""The forms of a step's question that ask for them: the first time, and the second time."""
ROUNDS = (BEFORE, AFTER)
SURE = (50, 60, 70, 80, 90, 100)
"""How sure somebody can be of one of two answers, in percent: half of all guesses are right."""


class Vignette(Content):
    """A situation that is made up. `answer` is what can be defended, `why` says what for, and it
    rests on these `rows` of the catalogue."""

    id: Slug
    form: FormName
    text: Sentence
    answer: VignetteAnswer
    why: Sentence
    rows: tuple[RowId, ...] = Field(min_length=1)


class RecallQuestion(Content):
    """A question from memory; `answer` counts its choices from 1."""

    id: Slug
    text: Sentence
    choices: tuple[Sentence, ...] = Field(min_length=3, max_length=3)
    answer: Annotated[int, Field(ge=1, le=3)]
    why: Sentence
    rows: tuple[RowId, ...] = Field(min_length=1)


class RecallCard(Content):
    """What people are asked so many weeks after a class, besides their first step."""

    weeks: Annotated[int, Field(ge=1, le=26)]
    title: Sentence
    questions: tuple[RecallQuestion, ...] = Field(min_length=3, max_length=3)

    def due(self, day: date) -> date:
        """When it is asked after a class of that day."""
        return day + timedelta(weeks=self.weeks)


class Vignettes(Content):
    """All of it: the question, what the two answers are called, the situations, the cards."""

    ask: Sentence
    redefine: Sentence
    optimise: Sentence
    fictional: Sentence
    vignettes: tuple[Vignette, ...]
    cards: tuple[RecallCard, ...]

    def of_form(self, form: FormName) -> list[Vignette]:
        """The situations of one form, in their order."""
        return [it for it in self.vignettes if it.form == form]

    def called(self, answer: VignetteAnswer) -> str:
        """What an answer is called."""
        return self.redefine if answer == "redefine" else self.optimise

    @property
    def choices(self) -> tuple[str, str]:
        """What the two answers are called, in order."""
        return self.redefine, self.optimise


def other(form: FormName) -> FormName:
    """The parallel one."""
    return "b" if form == "a" else "a"
