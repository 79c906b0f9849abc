"""What a file with weekly figures would change in the answers, and the sentence about it."""

from __future__ import annotations

from typing import Any

from playbook.analysis.pilot.record import Pilot
from playbook.analysis.pilot.told import plain
from playbook.model.wording import Words
from playbook.worksheet.weekly_file import WeeklyFile

MOST_NAMES = 5


def of_the_whole(read: WeeklyFile) -> WeeklyFile:
    """The figures of no group, for a sheet that has none; the groups count as unknown names."""
    series = {key: it for key, it in read.series.items() if not key[1]}
    groups = dict.fromkeys(group for _, group in read.series if group)
    return WeeklyFile(series, (*read.unknown, *groups))


def changes(read: WeeklyFile, pilot: Pilot, *, asks_whose: bool = True) -> dict[str, Any]:
    """{measures, figures, added}: answers by row where they differ, and rows to be added.

    What the file does not have stays as it is. Whose figures a measure has, the file says where
    nobody has yet, unless the sheet doesn't ask.
    """
    rows = {
        (str(it.get("of", "")), plain(it.get("group", ""))): (row, it)
        for row, it in pilot.rows.get("figures", ())
    }
    own = dict(pilot.rows.get("measures", ()))
    told: dict[str, Any] = {"measures": {}, "figures": {}, "added": []}
    for (measure, group), series in read.series.items():
        text = series.stored()
        if asks_whose and not own[measure].get("counted"):
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
