"""Whether a brief's lines name answers that are asked; ContentError begins with the file's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from playbook.framework.framework import Framework
from playbook.model import BriefContent, BriefLine, ContentError

BLANK = re.compile(r"\{([a-z0-9_.]*)\}")
"""What is filled in: {sheet.question}, or {name}."""


def check_brief(stage: str, brief: BriefContent, framework: Framework) -> None:
    """Its stage is there, and so is every sheet, table and question that it names."""
    name = f"briefs/{stage}.toml"
    if stage not in {one.id for one in framework.stages}:
        raise ContentError(f"{name}: there is no stage {stage!r}; call the file as its stage.")
    earlier = [one.id for one in framework.stages if one.id in framework.briefs]
    if brief.after and brief.after not in earlier[: earlier.index(stage)]:
        known = ", ".join(earlier[: earlier.index(stage)]) or "no stage"
        raise ContentError(f"{name}: it can stand after {known}; not after {brief.after!r}.")
    titles = (text for part in brief.parts for text in part.title)
    texts = (*brief.title, *brief.lead, *brief.meta, *brief.sign, *titles)
    for blank in _blanks(texts):
        _check_answer(name, blank, framework)
    for line in (line for part in brief.parts for line in part.lines):
        _check_line(name, line, framework)


def _blanks(texts: Iterable[str]) -> Iterator[str]:
    return (blank for text in texts for blank in BLANK.findall(text))


def _check_line(name: str, line: BriefLine, framework: Framework) -> None:
    if line.unless:
        _check_answer(name, line.unless, framework)
    sheet, _, table = line.each.partition(".")
    asked: set[str] = set()
    if table:
        known = framework.sheets[sheet].tables if sheet in framework.sheets else ()
        if table not in {one.id for one in known}:
            raise ContentError(f"{name}: there is no table {line.each!r}; correct or add it.")
        asked = {question.id for question in framework.sheets[sheet].questions(table)}
    for blank in _blanks(line.text):
        if not (table and "." not in blank):
            _check_answer(name, blank, framework)
        elif blank not in asked:
            raise ContentError(f"{name}: {line.each} does not ask {blank!r}; correct or add it.")


def _check_answer(name: str, blank: str, framework: Framework) -> None:
    """What has no sheet is a figure that the report works out, under its own name."""
    sheet, dot, question = blank.partition(".")
    if not dot:
        return
    try:
        framework.sheets[sheet].carried_question(question)
    except KeyError:
        raise ContentError(
            f"{name}: {{{blank}}} is no answer of a sheet; correct or add it."
        ) from None
