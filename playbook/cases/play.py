"""A case as one person plays it: what they sealed, how far they are, and what they answer in words.

A play is a worksheet of `Framework.case_play`: a decision is a row that is sealed from the moment
it is there, so that store, history, export and erasing are those of every worksheet. An answer is
kept as it was read: by the words of its choice, not by an id that may change its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from playbook.cases.steps import CERTAIN, ShownAsk, ShownFigure, StepBefore, StepReveal
from playbook.framework import Framework
from playbook.model import InputError
from playbook.model.case import CaseStudy, Route
from playbook.model.storage import FieldState, Snapshot, Store
from playbook.model.wording import Words
from playbook.worksheet.fields import row_order
from playbook.worksheet.numbers import decimal_of

TABLE = "steps"
ANSWERS = ("answer_1", "answer_2", "answer_3")


@dataclass(frozen=True, slots=True)
class Decision:
    """A sealed decision: the answers in words, in the order of the step's questions."""

    step: str
    answers: tuple[str, ...]
    how_sure: str
    change_mind: str
    day: date


@dataclass(frozen=True, slots=True)
class Play:
    """A case as it was played in one worksheet; `decisions` by step, the first sealed counts."""

    worksheet: str
    case: str
    minutes: int
    decisions: Mapping[str, Decision]
    note: str
    note_day: date | None

    def next_step(self, route: Route) -> int:
        """The number of the first step that is not decided; one more than the last at the end."""
        done = [part.step in self.decisions for part in route.parts]
        return (done.index(False) if False in done else len(done)) + 1


def read_play(snapshot: Snapshot) -> Play | None:
    """The play that a worksheet keeps; None for one that names no case."""
    fields = snapshot.fields
    case, minutes = _text(fields, "case"), _text(fields, "minutes")
    if not case or not minutes.isdecimal():
        return None
    decisions: dict[str, Decision] = {}
    for row in row_order(fields, TABLE):
        decision = _decision(fields, f"{TABLE}/{row}/")
        if decision:
            decisions.setdefault(decision.step, decision)
    return Play(
        snapshot.info.id,
        case,
        int(minutes),
        decisions,
        _text(fields, "note"),
        _day(fields, "note_day"),
    )


def plays(store: Store, framework: Framework) -> list[Play]:
    """All plays of a person, the last changed first."""
    found = (store.load(info.id) for info in store.worksheets(framework.case_play.id))
    return [play for play in map(read_play, found) if play]


def earlier(
    play: Play, all_plays: Sequence[Play], begun: Callable[[Play], datetime]
) -> Play | None:
    """The last play of the same case that was begun before this one and has a decision."""
    same = (it for it in all_plays if it.case == play.case and it.worksheet != play.worksheet)
    before = [it for it in same if it.decisions and begun(it) < begun(play)]
    return max(before, key=begun, default=None)


# --------------------------------------------------------------------------- changes


def beginning(case: CaseStudy, route: Route) -> dict[str, Any]:
    """The change that makes an empty worksheet a play of `route`."""
    said = {"case": case.alias, "minutes": str(route.minutes)}
    return {"kind": "fill", "answers": {k: {"value": v, "base_rev": 0} for k, v in said.items()}}


def sealing(before: StepBefore, given: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """The change that seals a decision. `given` has an answer for each question, by its id: an id
    of a choice, a list of them, {"low", "high"}, or a text. InputError with the sentence to show.
    """
    answers = {"step": before["id"]}
    for name, ask in zip(ANSWERS, before["asks"], strict=False):
        answers[name] = in_words(ask, given.get(ask["id"]), words)
    certain, mind = given.get("how_sure"), given.get("change_mind")
    if before["how_sure"] and certain in CERTAIN:
        answers["how_sure"] = words.text(f"cases.certain.{certain}")
    if before["change_mind"] and isinstance(mind, str) and mind.strip():
        answers["change_mind"] = mind.strip()
    return {"kind": "add_sealed", "table": TABLE, "answers": answers}


def noting(text: str, sheet: str, fields: Mapping[str, FieldState], day: date) -> dict[str, Any]:
    """The change that keeps the sentence for one's own sheet; an empty one takes it away."""
    said = {"note": text, "note_sheet": sheet, "note_day": day.isoformat() if text.strip() else ""}
    revs = {name: fields[name].rev if name in fields else 0 for name in said}
    return {
        "kind": "fill",
        "answers": {name: {"value": it, "base_rev": revs[name]} for name, it in said.items()},
    }


def in_words(ask: ShownAsk, given: Any, words: Words) -> str:
    """An answer as it is kept; InputError, with the question's id, where there is none."""
    labels = {choice["id"]: choice["label"] for choice in ask["choices"]}
    said = ""
    if ask["kind"] == "one":
        said = labels.get(given, "") if isinstance(given, str) else ""
    elif ask["kind"] == "many":
        picked = given if isinstance(given, list) else []
        said = "\n".join(label for choice, label in labels.items() if choice in picked)
    elif ask["kind"] == "number":
        said = _range(ask, given, words)
    elif isinstance(given, str):
        said = given.strip()
    if not said:
        raise InputError(words.text("cases.error.open", question=ask["text"]), ask["id"])
    return said


def _range(ask: ShownAsk, given: Any, words: Words) -> str:
    bounds = [given.get(end) for end in ("low", "high")] if isinstance(given, Mapping) else []
    numbers = [decimal_of(it.replace(",", "")) if isinstance(it, str) else None for it in bounds]
    low, high = numbers if len(numbers) == 2 else (None, None)  # noqa: PLR2004 - its two ends
    if low is None or high is None:
        raise InputError(words.text("cases.error.range", question=ask["text"]), ask["id"])
    low, high = min(low, high), max(low, high)
    return words.text("cases.range.said", low=f"{low:,f}", high=f"{high:,f}", unit=ask["unit"])


_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def range_says(said: str, figure: ShownFigure, words: Words) -> str:
    """Whether a range holds the figure that it is held against, in a sentence.

    Of a lower bound ("more than") only what lies wholly below it is surely wrong.
    """
    ends = [float(it.replace(",", "")) for it in _NUMBER.findall(said)[:2]]
    if len(ends) != 2:  # noqa: PLR2004
        return ""
    low, high = ends
    if high < figure["figure"]:
        found = "below"
    elif figure["least"]:
        found = "open"
    else:
        found = "holds" if low <= figure["figure"] else "above"
    return words.text(f"cases.range.{found}")


def told_ranges(
    decision: Decision, before: StepBefore, shown: StepReveal, words: Words
) -> Iterator[str]:
    """What is said of each range of a decision."""
    figures = {it["ask"]: it for it in shown["figures"]}
    for ask, said in zip(before["asks"], decision.answers, strict=False):
        if ask["id"] in figures:
            yield range_says(said, figures[ask["id"]], words)


# --------------------------------------------------------------------------- from fields


def _decision(fields: Mapping[str, FieldState], start: str) -> Decision | None:
    step, sealed = _text(fields, f"{start}step"), _day(fields, f"{start}sealed")
    if not step or sealed is None:
        return None
    given = (_text(fields, f"{start}{name}") for name in ANSWERS)
    return Decision(
        step,
        tuple(filter(None, given)),
        _text(fields, f"{start}how_sure"),
        _text(fields, f"{start}change_mind"),
        sealed,
    )


def _day(fields: Mapping[str, FieldState], name: str) -> date | None:
    """A day as it was written; None for what is none, as a file may hold it."""
    try:
        return date.fromisoformat(_text(fields, name))
    except ValueError:
        return None


def _text(fields: Mapping[str, FieldState], name: str) -> str:
    state = fields.get(name)
    return str(state.value) if state and state.value is not None else ""
