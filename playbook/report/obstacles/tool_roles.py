"""Tools by the five roles of technology, and the roles that none serves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words

TABLE, ROLE, STATE = "technology", "role", "tool_state"
IN_USE = ("", "in_use")
"""A tool of which nobody said how it is used is taken to be in use."""


@dataclass(frozen=True, slots=True)
class ToolRole:
    """One role with its tools by name: those in use, and those that are there without being."""

    name: str
    used: tuple[str, ...]
    unused: tuple[str, ...]


def tool_roles(sheet: Sheet, worksheet: Worksheet, words: Words) -> tuple[ToolRole, ...]:
    """All five in the sheet's order; none while no tool has a role."""
    choices = [one for one in sheet.question(ROLE, TABLE).choices if one.id != "dont_know"]
    rows = [row.answers for row in worksheet.rows(TABLE)]
    found = []
    for choice in choices:
        mine = [row for row in rows if row.get(ROLE) == choice.id]
        names = [
            (str(row.get("tool", words.text("tool_roles.unnamed"))), row.get(STATE, ""))
            for row in mine
        ]
        used = tuple(name for name, state in names if state in IN_USE)
        unused = tuple(name for name, state in names if state not in IN_USE)
        found.append(ToolRole(choice.label, used, unused))
    return tuple(found) if any(one.used or one.unused for one in found) else ()


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """The picture in sentences."""
    return roles_summary(tool_roles(sheet, worksheet, framework.words), framework.words)


def roles_summary(roles: Sequence[ToolRole], words: Words) -> list[str]:
    """The picture in sentences, one a role."""
    return [_sentence(role, words) for role in roles]


def _sentence(role: ToolRole, words: Words) -> str:
    if not (role.used or role.unused):
        return words.text("tool_roles.line_none", role=role.name)
    used, unused = ", ".join(role.used), ", ".join(role.unused)
    name = "line_both" if used and unused else "line_used" if used else "line_unused"
    return words.text(f"tool_roles.{name}", role=role.name, used=used, unused=unused)
