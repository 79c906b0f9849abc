"""Whole stories, told in TOML: Wyeford Mutual's answers with changes, or what stands there alone.

A story names for each sheet what differs from the finished example, as reason.toml in
tests/situations/stories says. What comes out is what `playbook assess FOLDER` says of it.
"""

import json
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from playbook.assessing.analyst import assess_folder
from playbook.framework import load_framework
from playbook.model import Assessment, Level
from tests.rules.test_situations import changed

FRAMEWORK = load_framework()
SITUATIONS = Path(__file__).parents[1] / "situations"
FILES = [*sorted((SITUATIONS / "stories").glob("*.toml")), SITUATIONS / "recognise_gate.toml"]
STORIES: list[dict[str, Any]] = [
    story for file in FILES for story in tomllib.loads(file.read_text(encoding="utf-8"))["story"]
]

STAGE = next(stage for stage in FRAMEWORK.stages if stage.gate == "recognise_gate")
SHEETS = [name for name in STAGE.sheets if name in FRAMEWORK.sheets]
"""The sheets of the stage, its gate last."""

LEVELS = {
    FRAMEWORK.words.text(f"level.{level}"): level for level in ("fail", "warn", "unknown", "pass")
}


def answers(story: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The answers by sheet, as files hold them; a sheet that nobody has opened is left out."""
    from_nothing = story.get("start") == "nothing"
    told: dict[str, dict[str, Any]] = {}
    for sheet in SHEETS:
        but = deepcopy(story.get(sheet, {}))
        if but != "":
            whole = {} if from_nothing else FRAMEWORK.examples[sheet].answers
            told[sheet] = changed(dict(whole), but)
    return told


def assessed(story: Mapping[str, Any], folder: Path) -> dict[str, Assessment]:
    """What the command line says of the story, by sheet; `folder` is empty and takes its files."""
    for sheet, given in answers(story).items():
        (folder / f"{sheet}.json").write_text(json.dumps(given, default=str))
    today = story.get("today", FRAMEWORK.examples["recognise_gate"].today)
    return {told.sheet: told for told in assess_folder(folder, FRAMEWORK, today)}


def expected(story: Mapping[str, Any]) -> dict[str, Level]:
    """Each sheet's level: the word the story names, else Ready, or missing where nobody began."""
    rest = "unknown" if story.get("start") == "nothing" else "pass"
    levels = dict.fromkeys(SHEETS, rest)
    levels |= {sheet: LEVELS[word] for sheet, word in story["words"].items()}
    return {sheet: Level(level) for sheet, level in levels.items()}
