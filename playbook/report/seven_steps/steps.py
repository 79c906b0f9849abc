"""How far the seven steps are, as the sheet's findings say: done, or what each waits for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.rules.seven_steps import CONDITIONS, ROWS, STEPS
from playbook.worksheet.kinds import choice_labels


@dataclass(frozen=True, slots=True)
class StepState:
    """One of the seven: its name, and what it waits for; nothing where it is done."""

    name: str
    waits_for: tuple[str, ...]
    here: bool

    @property
    def done(self) -> bool:
        """Whether all its conditions hold."""
        return not self.waits_for


def steps(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> list[StepState]:
    """The seven steps in their order; none until somebody says where they are."""
    now = worksheet.answers.get("step")
    if not now:
        return []
    names: Mapping[str, str] = choice_labels(sheet.question("step"), framework.words)
    texts = {one.key: one.text for one in assessment.findings}
    found = []
    for row, step in zip(ROWS, STEPS, strict=True):
        keys = (f"{row}.{name}" for name, _ in CONDITIONS[step])
        waits_for = tuple(texts[key] for key in keys if key in texts)
        found.append(StepState(names[step], waits_for, step == now))
    return found


def in_words(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> list[str]:
    """A sentence for each step."""
    return summary(steps(sheet, worksheet, assessment, framework), framework.words)


def summary(found: list[StepState], words: Words) -> list[str]:
    """A sentence for each step: done, or what it waits for."""
    return [
        words.text(f"steps.{'done' if one.done else 'open'}", name=one.name)
        + "".join(f" {text}" for text in one.waits_for)
        for one in found
    ]
