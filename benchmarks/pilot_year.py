"""A pilot of a year as large as it gets: six groups of fifteen, each week, on all sheets of Act."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any
from uuid import uuid4

import numpy as np

from playbook.analysis.pilot.designs import staggered
from playbook.analysis.pilot.lot import commitment
from playbook.analysis.pilot.simulated import weekly_noise
from playbook.analysis.pilot.told import starts_text
from playbook.analysis.practices.levels import NINE
from playbook.framework import Framework
from playbook.model import Value
from playbook.model.storage import Operation, Set, Store
from playbook.worksheet.parse import read_worksheet
from playbook.worksheet.time_series import WEEK, monday_of

WEEKS, GROUPS, PEOPLE, MEASURES = 52, 6, 15, 12
"""The measures are as many as the sheet takes. With a row a group that is a chart each for 72
groups’ figures, beside the twelve of the whole pilot."""

METRICS = 60
"""Metrics in the tree that the measures come from, each with its weeks."""

BEFORE = 12
FIRST = monday_of(date.today()) - (BEFORE + WEEKS) * WEEK
"""The Monday of the first figures; the pilot begins BEFORE weeks later and has just ended."""

HOURS, LOG, IDEAS, OBSTACLES, TIES, REFLECTIONS = 540, 200, 200, 100, 120, 200
"""Rows of tables, as many as the sheets take; of hours, six whole weeks of everybody."""

Row = dict[str, Any]


def write_year(store: Store, framework: Framework) -> dict[str, str]:
    """Every sheet of Act, a worksheet of practices for each group, and a tree; the id of each
    sheet's worksheet, of the practices that of the last group."""
    told = {
        "metric_tree": [("", tree())],
        "focus": [("", focus(framework))],
        "practices": [(f"Group {n + 1}", practices(framework, n)) for n in range(GROUPS)],
        "connect": [("", connect(framework))],
        "obstacles": [("", obstacles(framework))],
        "act_gate": [("", story(framework, "act_gate"))],
        "catalyst": [("", story(framework, "catalyst"))],
    }
    return {
        sheet: [written(store, framework, sheet, name, it) for name, it in all_of_it][-1]
        for sheet, all_of_it in told.items()
    }


def written(
    store: Store, framework: Framework, name: str, called: str, answers: dict[str, Any]
) -> str:
    """A worksheet with these answers; its id."""
    sheet = framework.sheets[name]
    told = read_worksheet(sheet, answers, framework.words)
    values: dict[str, Value | float] = dict(told.answers)
    for table, rows in told.tables.items():
        for place, row in enumerate(rows, 1):
            values[f"{table}/{row.id}"] = float(place)
            values |= {f"{table}/{row.id}/{key}": value for key, value in row.answers.items()}
    sets = tuple(
        Set(field, list(value) if isinstance(value, tuple) else value, None)
        for field, value in values.items()
    )
    info = store.create(name, called or sheet.title)
    store.commit(info.id, Operation(str(uuid4()), "benchmark", "set", sheet.version, sets))
    return info.id


def story(framework: Framework, sheet: str) -> dict[str, Any]:
    """The finished example's answers, to be changed."""
    return deepcopy(dict(framework.examples[sheet].answers))


def people() -> list[tuple[str, int]]:
    """Code and group, from 0, of everybody."""
    return [(f"H{n + 1:02}", n // PEOPLE) for n in range(GROUPS * PEOPLE)]


def monday(week: int) -> str:
    """The Monday of a week, the first one 0."""
    return (FIRST + week * WEEK).isoformat()


def series(random: np.random.Generator) -> Iterator[str]:
    """Figures of all weeks, again and again others."""
    while True:
        weeks = 40 + 5 * weekly_noise(random, (1, BEFORE + WEEKS), 0.4)[0]
        yield "\n".join(f"{monday(at)} {value:.1f}" for at, value in enumerate(weeks))


# --------------------------------------------------------------------------- the sheets


def focus(framework: Framework) -> dict[str, Any]:
    """All measures of all groups, the pilot sealed, and the hours of everybody's last weeks."""
    told, made = story(framework, "focus"), series(np.random.default_rng(1))
    ids = ["callbacks", *(f"m{n}" for n in range(1, MEASURES))]
    told["measures"] = [
        {"id": it, "measure": f"Measure {it}", "role": "daily", "unit": "%", "better": "higher"}
        | {"data": next(made)}
        for it in ids
    ]
    told["figures"] = [
        {"id": f"{it}{group}", "group": f"Group {group + 1}", "of": it, "group_data": next(made)}
        for it in ids
        for group in range(GROUPS)
    ]
    everybody = people()
    told["hours"] = [
        {"id": f"h{n}", "person": everybody[n % len(everybody)][0], "contract": 36}
        | {"week": monday(BEFORE + WEEKS - 1 - n // len(everybody)), "free": 30 + n % 7}
        for n in range(HOURS)
    ]
    told["groups"] = told["baselines"] = []
    groups, starts, seed = (
        [f"Group {n + 1}" for n in range(GROUPS)],
        staggered(GROUPS, WEEKS),
        "5b1f0c9e7d3a4821",
    )
    began, ended = monday(BEFORE), monday(BEFORE + WEEKS - 1)
    (promise,), (lot,) = told["promise"], told["lots"]
    promise |= {"groups_named": ", ".join(groups), "waves": GROUPS, "pilot_from": began}
    promise |= {"pilot_until": ended, "opens_on": ended, "opened_on": ended}
    promise |= {"sealed_on": monday(BEFORE - 1)}
    lot |= {"lot_groups": ", ".join(groups), "lot_starts": starts_text(starts), "seed": seed}
    lot |= {"seed_told": seed, "fingerprint": commitment(groups, starts, seed)}
    lot |= {"drawn_on": monday(BEFORE - 1)}
    return told


def practices(framework: Framework, group: int) -> dict[str, Any]:
    """All nine practices with a level and an example, a check-in each week, and its reflections."""
    told = story(framework, "practices")
    told["members"] = PEOPLE
    last = monday(BEFORE + WEEKS - 1)
    told["practices"] = [
        {"id": which, "which": which, "version": f"How group {group} does it", "state": "steady"}
        | {"level": f"l{1 + (n + group) % 5}", "level_example": "Seen", "level_example_on": last}
        for n, which in enumerate(NINE)
    ]
    told["check_ins"] = [
        {"id": f"week{n}", "week": monday(BEFORE + n), "matched": "yes", "decided": "None"}
        | {"changed": f"Something in week {n}", "practice": NINE[n % len(NINE)], "who": "H01"}
        | {"example": "On Tuesday", "action": f"Try number {n}", "due": monday(BEFORE + n + 1)}
        for n in range(WEEKS)
    ]
    moments = ("before", "during", "after", "outside")
    told["reflections"] = [
        {"id": f"r{n}", "noticed": f"Number {n}", "moment": moments[n % 4]}
        | {"reflected_on": monday(BEFORE + n * WEEKS // REFLECTIONS), "does_next": "Ask first"}
        for n in range(REFLECTIONS)
    ]
    return told


def connect(framework: Framework) -> dict[str, Any]:
    """Everybody in their group, and as many connections as there may be."""
    told, everybody = story(framework, "connect"), people()
    kinds = ("within", "across", "outside", "customers")
    told["connections"] = [
        {"id": f"c{n}", "partner": f"Partner {n}", "kind": kinds[n % 4], "hours": n % 9}
        | {"tie": ("strong", "weak")[n % 2], "member": everybody[n % len(everybody)][0]}
        for n in range(TIES)
    ]
    told["groups"] = [
        {"id": f"g{n}", "group": f"Group {n + 1}"}
        | {"members": ", ".join(code for code, group in everybody if group == n)}
        for n in range(GROUPS)
    ]
    return told


def obstacles(framework: Framework) -> dict[str, Any]:
    """A full board, a pulse each week, ideas and what leaders did."""
    told = story(framework, "obstacles")
    states, kinds = ("raised", "covered", "fixing", "gone"), ("political", "cultural", "systemic")
    told["obstacles"] = [
        {"id": f"o{n}", "what": f"Obstacle {n}", "state": states[n % 4], "kind": kinds[n % 3]}
        | {"standing": "yes", "cover": "A cover", "owner": "A leader", "since": monday(n % 60)}
        for n in range(OBSTACLES)
    ]
    told["pulse"] = [
        {"id": f"p{n}", "pulse_week": monday(BEFORE + n), "pulse_people": GROUPS * PEOPLE}
        | {"avoided_discomfort": n % 9, "avoided_risk": n % 7, "mattered": 60 + n % 20}
        for n in range(WEEKS)
    ]
    told["ideas"] = [
        {"id": f"i{n}", "idea": f"Idea {n}", "idea_day": monday(n % 60), "idea_answer": "Yes"}
        for n in range(IDEAS)
    ]
    told["leader_log"] = [
        {"id": f"l{n}", "log_note": f"Did {n}", "log_day": monday(n % 60), "did": ["recognised"]}
        for n in range(LOG)
    ]
    return told


def tree() -> dict[str, Any]:
    """As many metrics as asked, each below another and with its weeks."""
    made = series(np.random.default_rng(2))
    rows = [
        {"id": f"n{n}", "name": f"Metric {n}", "level": "frontline", "data": next(made)}
        | ({"parent": f"n{(n - 1) // 5}", "how": "influence"} if n else {"how": "sum"})
        for n in range(METRICS)
    ]
    rows[0]["level"] = "financial"
    return {"nodes": rows}
