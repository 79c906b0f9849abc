"""The nine practices with the group's own words, and those of its own; never a score."""

from __future__ import annotations

from collections.abc import Mapping

from playbook.analysis.practices.levels import NINE
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Value, Worksheet

TABLE, OWN, TRYING = "practices", "own", "trying"


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """A sentence a practice; none while the group has taken up none."""
    rows = [row.answers for row in worksheet.rows(TABLE) if row.answers]
    if not rows:
        return []
    say = framework.words.text
    named = {choice.id: choice.label for choice in sheet.question("which", TABLE).choices}
    states = {choice.id: choice.label for choice in sheet.question("state", TABLE).choices}
    first: dict[str, Mapping[str, Value]] = {}
    for row in rows:
        if row.get("which") in NINE:
            first.setdefault(str(row["which"]), row)
    lines = []
    for which in NINE:
        told = {"kind": say(f"nine.kind.{say(f'nine.kind_of.{which}')}"), "name": named[which]}
        if which in first:
            row = first[which]
            told |= {"state": states[_state(row)], "words": str(row.get("version", ""))}
            lines.append(say("nine.line" if "version" in row else "nine.line_bare", **told))
        else:
            lines.append(say("nine.line_none", **told))
    for row in rows:
        if any(row is one for one in first.values()):
            continue
        key = "line_own" if row.get("which") == OWN or row.get("which") in NINE else "line_unplaced"
        told = {"state": states[_state(row)], "words": str(row.get("version", ""))}
        lines.append(say(f"nine.{key}", **told))
    return lines


def _state(row: Mapping[str, Value]) -> str:
    return str(row.get("state", TRYING))
