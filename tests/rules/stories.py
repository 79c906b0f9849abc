"""Whole stories, told in TOML: Wyeford Mutual's answers with changes, or what stands there alone.

A story is about one stage. It names for each sheet what differs from the finished example, as
reason.toml in tests/situations/stories/recognise says; the sheets of the stages before stand as in
the example, where it does not change them too. What comes out is what `playbook assess FOLDER` says
of it.
"""

import json
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from playbook.assessing.analyst import assess_folder
from playbook.framework import load_framework
from playbook.model import Assessment, Carry, Level, Sheet
from tests.rules.test_situations import changed

FRAMEWORK = load_framework()
FOLDER = Path(__file__).parents[1] / "situations" / "stories"

LEVELS = {
    FRAMEWORK.words.text(f"level.{level}"): level for level in ("fail", "warn", "unknown", "pass")
}


@dataclass(frozen=True)
class Told:
    """The stories of one stage: how they are read, and what its sheets are."""

    stage: str

    @cached_property
    def sheets(self) -> list[str]:
        """The sheets of the stage, its gate last."""
        stage = next(one for one in FRAMEWORK.stages if one.id == self.stage)
        return [name for name in stage.sheets if name in FRAMEWORK.sheets]

    @property
    def gate(self) -> Sheet:
        """The sheet of the stage's decision."""
        return FRAMEWORK.sheets[self.sheets[-1]]

    @cached_property
    def musts(self) -> dict[str, Carry]:
        """What the gate asks of each sheet."""
        return {carry.sheet: carry for carry in self.gate.carries if carry.must}

    @cached_property
    def before(self) -> list[str]:
        """The sheets of the stages before, their gates included."""
        names = [name for name in FRAMEWORK.order if name in FRAMEWORK.sheets]
        return names[: names.index(self.sheets[0])]

    @property
    def today(self) -> date:
        """The day on which a story is told that names none."""
        return FRAMEWORK.examples[self.gate.id].today

    @cached_property
    def stories(self) -> list[dict[str, Any]]:
        """All of them, in the order of their files."""
        files = sorted((FOLDER / self.stage).glob("*.toml"))
        read = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
        return [{**story, "stage": self.stage} for file in read for story in file["story"]]

    def answers(self, story: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        """The answers by sheet, as files hold them; a sheet that nobody has opened is left out."""
        from_nothing = story.get("start") == "nothing"
        told: dict[str, dict[str, Any]] = {}
        for sheet in (*self.before, *self.sheets):
            but = deepcopy(story.get(sheet, {}))
            if but != "":
                begun = sheet in self.before or not from_nothing
                whole = FRAMEWORK.examples[sheet].answers if begun else {}
                told[sheet] = changed(dict(whole), but)
        return told

    def assessed(self, story: Mapping[str, Any], folder: Path) -> dict[str, Assessment]:
        """What the command line says of the story, by sheet of the stage; `folder` is empty and
        takes its files."""
        for sheet, given in self.answers(story).items():
            (folder / f"{sheet}.json").write_text(json.dumps(given, default=str))
        found = assess_folder(folder, FRAMEWORK, story.get("today", self.today))
        return {told.sheet: told for told in found if told.sheet in self.sheets}

    def expected(self, story: Mapping[str, Any]) -> dict[str, Level]:
        """Each sheet's level: the word the story names, else Ready, or missing where nobody
        began."""
        rest = "unknown" if story.get("start") == "nothing" else "pass"
        levels = dict.fromkeys(self.sheets, rest)
        levels |= {sheet: LEVELS[word] for sheet, word in story["words"].items()}
        return {sheet: Level(level) for sheet, level in levels.items()}


STAGES = {
    stage.id: Told(stage.id) for stage in FRAMEWORK.stages if (stage.gate or "") in FRAMEWORK.sheets
}
STORIES = [story for told in STAGES.values() for story in told.stories]


def told_in(story: Mapping[str, Any]) -> Told:
    """The stage that a story is about."""
    return STAGES[story["stage"]]
