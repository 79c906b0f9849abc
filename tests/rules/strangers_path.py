"""What somebody answers who has never seen a sheet, counted in the answers of a finished story."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playbook.model import Sheet

WORDS_S, CHOICE_S = 30, 12
"""Seconds for an answer, its question read: one that is typed in words, and any other."""

TYPED = ("text", "long_text")


@dataclass(frozen=True)
class Path:
    """The first screen of a sheet: its core questions, names of rows not counted; how many answers
    in words and how many others the story gives there, and what they take."""

    core: tuple[str, ...]
    in_words: int
    others: int

    @property
    def minutes(self) -> float:
        """At the seconds above."""
        return (self.in_words * WORDS_S + self.others * CHOICE_S) / 60


def strangers_path(sheet: Sheet, told: Mapping[str, Any]) -> Path:
    """The way to a verdict: of one candidate, of one row where rows stand in time, and of all rows
    of other lists."""
    core: list[str] = []
    in_words = others = 0
    for table in dict.fromkeys(section.table for section in sheet.sections if not section.deeper):
        core += [question.id for question in sheet.core(table)]
        rows = [told] if table is None else list(told.get(table, []))
        if table and (kept := sheet.table(table)):
            one = kept.dated or (kept.candidates and not kept.all_count)
            rows = rows[:1] if one else rows
        for question in sheet.open_questions(table):
            given = sum(question.id in row for row in rows)
            if question.kind in TYPED:
                in_words += given
            else:
                others += given
    return Path(tuple(core), in_words, others)
