"""What a file with weekly figures would change in the answers, and the sentence about it."""

from __future__ import annotations

from typing import Any

from playbook.analysis.pilot.record import Pilot
from playbook.analysis.pilot.told import plain
from playbook.model.wording import Words
from playbook.worksheet.weekly_file import WeeklyFile

MOST_NAMES = 5


def changes(read: WeeklyFile, pilot: Pilot) -> dict[str, Any]:
    """{measures, figures, added}: answers by row where they differ, and rows to be added.

    What the file does not have stays as it is. Whose figures a measure has, the file says where
    nobody has yet.
    """
    rows = {
        (str(it.get("of", "")), plain(it.get("group", ""))): (row, it)
        for row, it in pilot.rows.get("figures", ())
    }
    own = dict(pilot.rows.get("measures", ()))
    told: dict[str, Any] = {"measures": {}, "figures": {}, "added": []}
    for (measure, group), series in read.series.items():
        text = series.stored()
        if not own[measure].get("counted"):
            told["measures"].setdefault(measure, {})["counted"] = "groups" if group else "whole"
        if not group:
            if own[measure].get("data") != text:
                told["measures"].setdefault(measure, {})["data"] = text
            continue
        row, held = rows.get((measure, plain(group)), ("", {}))
        if not row:
            told["added"].append({"of": measure, "group": group, "group_data": text})
        elif held.get("group_data") != text:
            told["figures"][row] = {"group_data": text}
    return told


def sentence(read: WeeklyFile, words: Words) -> str:
    """What was read, and what was left out."""
    figures = sum(len(series) for series in read.series.values())
    told = words.text("weekly_file.read", figures=figures, series=len(read.series))
    if not read.unknown:
        return told
    names = ", ".join(f"“{name}”" for name in read.unknown[:MOST_NAMES])
    return f"{told} {words.text('weekly_file.left_out', names=names)}"
