"""What the screen says, found by id in the content, so that a changed word breaks no test."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playbook.framework import load_framework
from playbook.worksheet.kinds import choice_labels

if TYPE_CHECKING:
    from playbook.model import Question

FRAMEWORK = load_framework()


def say(key: str, **values: Any) -> str:
    """The wording under `key`: a button's words, a heading, a notice."""
    return FRAMEWORK.words.text(key, **values)


def until(key: str) -> str:
    """The wording under `key` as far as its first {name}."""
    return _unfilled(key).partition("{")[0].rstrip()


def like(key: str) -> re.Pattern[str]:
    """The wording under `key`, whatever its {names} are filled with."""
    return re.compile(f"^{_like(_unfilled(key))}$")


def ask(sheet: str, question: str) -> str:
    """A question as its sheet's form asks it."""
    return question_of(sheet, question).text


def short(sheet: str, question: str) -> str:
    """A question as a table's column heads it."""
    return question_of(sheet, question).short


def option(sheet: str, question: str, choice: str) -> str:
    """What a choice of a question is called."""
    return choice_labels(question_of(sheet, question), FRAMEWORK.words)[choice]


def title(sheet: str) -> str:
    """What a sheet is called."""
    return FRAMEWORK.sheets[sheet].title


def must(sheet: str) -> str:
    """What a sheet is for the decision of its stage, as home calls it."""
    gates = [FRAMEWORK.sheets[stage.gate] for stage in FRAMEWORK.stages if stage.gate]
    return next(it.must for gate in gates for it in gate.carries if it.sheet == sheet and it.must)


def section(sheet: str, section: str) -> str:
    """The heading of a sheet's section."""
    return next(one.title for one in FRAMEWORK.sheets[sheet].sections if one.id == section)


def of_row(key: str, sheet: str, table: str) -> str:
    """The wording under `key` about one row of a table: "Add a reason"."""
    return say(key, name=FRAMEWORK.sheets[sheet].table(table).row_name)


def sentence(sheet: str, finding: str) -> re.Pattern[str]:
    """What a finding says, by its key ("CAT-04.no_break"), whatever its {names} are."""
    return re.compile(_like(FRAMEWORK.sheets[sheet].messages[finding].text))


def asked(text: str) -> re.Pattern[str]:
    """The name of the control of a question: its text, perhaps after a number."""
    return re.compile(rf"^(\d+ )?{re.escape(text)}")


def verdict(sheet: str, level: str) -> str:
    """A sheet's verdict as its card says it: the word, then the sentence."""
    said = FRAMEWORK.sheets[sheet].verdict_texts[level]
    word, _, rest = said.partition(": ")
    return f"{word} {rest[:1].upper()}{rest[1:]}"


def question_of(sheet: str, question: str) -> Question:
    """The question of that id, wherever the sheet asks it."""
    sections = FRAMEWORK.sheets[sheet].sections
    return next(one for part in sections for one in part.questions if one.id == question)


def _unfilled(key: str) -> str:
    group, _, name = key.rpartition(".")
    return FRAMEWORK.words.group(group)[name]


def _like(text: str) -> str:
    return re.sub(r"\\\{\w+\\\}", ".+", re.escape(text))


YES, NO, PARTLY = (say(f"answer.{answer}") for answer in ("yes", "no", "partly"))
