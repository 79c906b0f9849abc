"""Questions of the trainer's own: written at the desk in ten seconds, voted on like a sheet's.

form      people answer with                    shown as
yes_no    yes, partly, no, don't know           counts
one       one of two to six choices             counts
many      any number of them                    counts
scale     one of them, in order, low to high    counts, the middle, the spread
order     all of them, put in order             points: the first of n has n, the last 1
range     the two ends of a range of numbers    every range as a line, and the fact beside them
sure      how sure they are, 0 to 100 by tens   counts
text      one short sentence                    what the trainer lets out of the tray
grid      one of four fields, of two axes       counts of five or more, once (as of people)
links     helps or harms, for each of a few     what two groups see differently: those who do the
          links of a map                        work, and those who lead (playbook.cohort.map_links)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, NoReturn

from pydantic import BaseModel, ConfigDict, ValidationError

from playbook.cohort import map_links
from playbook.model import InputError, Question
from playbook.model.content import Choice
from playbook.model.wording import Words
from playbook.worksheet.kinds import clean_text
from playbook.worksheet.parse import parse

Form = Literal["yes_no", "one", "many", "scale", "order", "range", "sure", "text", "grid", "links"]
Bound = Literal["exact", "more", "less"]
"""What the fact says: this number, more than it, or less, and nobody knows how much."""

QUESTION_LENGTH, CHOICE_LENGTH, LEAD_LENGTH, SOURCE_LENGTH = 140, 75, 800, 120
FEWEST, MOST = 2, 6
"""Choices: what a wall and a phone show at once."""
MOST_LINKS = 3
"""Each link is two choices: helps, and harms."""
SENTENCE_LENGTH = 240
TENS = tuple(range(0, 101, 10))
_KINDS = {"one": "one", "many": "many", "scale": "scale", "order": "rank"}
_CORNERS = ("low_high", "high_high", "low_low", "high_low")
"""Of a grid, across and up, as they are drawn: the upper two first."""
_FACT = Question(id="fact", kind="number", text="The fact")


class Fact(BaseModel):
    """What is known: `value` a decimal as text; `source` who says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: str
    bound: Bound = "exact"
    source: str = ""


class OwnQuestion(BaseModel):
    """A question as it was written. `axes` are what a grid has across and up; `unit` and `fact` go
    with a range; `lead` stands below the question, as the text of a prompt."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: Form
    text: str
    lead: str = ""
    choices: tuple[str, ...] = ()
    axes: tuple[str, str] | None = None
    unit: str = ""
    fact: Fact | None = None

    def asked(self, words: Words) -> Question:
        """The same as a question that a vote keeps."""
        about: dict[str, Any] = {"id": "own", "text": self.text, "why": self.lead}
        if self.form == "yes_no":
            return Question(kind="answer", **about)
        if self.form == "text":
            return Question(kind="text", max_length=SENTENCE_LENGTH, **about)
        if self.form == "range":
            return Question(kind="number", unit=self.unit, **about)
        if self.form == "sure":
            tens = tuple(Choice(id=f"s{ten}", label=str(ten)) for ten in TENS)
            return Question(kind="scale", choices=tens, **about)
        if self.form == "links":
            return map_links.question(self.text, self.lead, self.choices, words)
        if self.axes:
            return Question(kind="one", choices=_corners(self.axes, words), **about)
        named = enumerate(self.choices, 1)
        listed = tuple(Choice(id=f"c{number}", label=label) for number, label in named)
        return Question(kind=_KINDS[self.form], choices=listed, **about)  # type: ignore[arg-type]


def written(given: Mapping[str, Any], words: Words) -> OwnQuestion:
    """The question that was typed; InputError that names the field where it can't be asked so.

    `given`: form, text, lead, choices (a list of texts; empty ones are passed over), across, up,
    unit, fact, bound, source.
    """

    def line(name: str, most: int) -> str:
        typed = given.get(name)
        text = clean_text(typed, lines=False) if isinstance(typed, str) else ""
        if len(text) > most:
            _refuse(words, "own_long", name, limit=most)
        return text

    form, listed = line("form", QUESTION_LENGTH), given.get("choices")
    typed = [it for it in listed if isinstance(it, str)] if isinstance(listed, list) else []
    choices = [text for it in typed if (text := clean_text(it, lines=False))]
    text, across, up = line("text", QUESTION_LENGTH), line("across", 40), line("up", 40)
    if not text:
        _refuse(words, "own_text", "text")
    if form in _KINDS:
        _check_choices(choices, words, FEWEST, MOST)
    if form == "links":
        _check_choices(choices, words, 1, MOST_LINKS)
    if form == "grid" and not (across and up):
        _refuse(words, "own_axes", "up" if across else "across")
    try:
        return OwnQuestion(
            form=form,  # type: ignore[arg-type]
            text=text,
            lead=line("lead", LEAD_LENGTH),
            choices=tuple(choices) if form in _KINDS or form == "links" else (),
            axes=(across, up) if form == "grid" else None,
            unit=line("unit", 20) if form == "range" else "",
            fact=_fact(given, line("source", SOURCE_LENGTH), words) if form == "range" else None,
        )
    except ValidationError:
        _refuse(words, "own_form", "form")


def _check_choices(choices: list[str], words: Words, least: int, most: int) -> None:
    if not least <= len(choices) <= most:
        _refuse(words, "own_choices", "choices", least=least, most=most)
    if any(len(it) > CHOICE_LENGTH for it in choices):
        _refuse(words, "own_long", "choices", limit=CHOICE_LENGTH)
    if len({it.casefold() for it in choices}) < len(choices):
        _refuse(words, "own_twice", "choices")


def _fact(given: Mapping[str, Any], source: str, words: Words) -> Fact | None:
    typed, bound = given.get("fact"), given.get("bound") or "exact"
    if typed in (None, ""):
        return None
    try:
        value = parse(_FACT, typed, words)
    except InputError as error:
        raise InputError(str(error), "fact") from None
    return Fact(value=str(value), bound=bound, source=source)  # type: ignore[arg-type]


def _corners(axes: tuple[str, str], words: Words) -> tuple[Choice, ...]:
    across, up = axes
    made = []
    for corner in _CORNERS:
        right, high = (words.text(f"room.grid_{it}") for it in corner.split("_"))
        made.append(Choice(id=corner, label=f"{across}: {right}. {up}: {high}."))
    return tuple(made)


def axes_of(asked: Question, words: Words) -> dict[str, str] | None:
    """The names of the two axes, `across` and `up`, of a question with four fields; None where its
    choices are not written as they are today."""
    low, high = words.text("room.grid_low"), words.text("room.grid_high")
    upper_left = asked.choices[0].label
    found = re.fullmatch(f"(.*): {re.escape(low)}\\. (.*): {re.escape(high)}\\.", upper_left)
    return {"across": found[1], "up": found[2]} if found else None


def _refuse(words: Words, sentence: str, field: str, **values: object) -> NoReturn:
    raise InputError(words.text(f"room.{sentence}", **values), field)
