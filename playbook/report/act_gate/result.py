"""What was sealed beside what happened, as the program finds it: the evidence grade, what the lot
allows to be said, what the sealed rule says, deviations, and predictions that are opened.

Nobody confesses anything here: it is worked out from the sheet Focus and evidence and the seals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from playbook.analysis.pilot.calibration import Prediction, group_calibration
from playbook.analysis.pilot.decision import sealed_rule
from playbook.analysis.pilot.designs import Grade
from playbook.analysis.pilot.lot import in_order
from playbook.analysis.pilot.promise import Deviation, PilotPromise
from playbook.analysis.pilot.record import Pilot
from playbook.analysis.pilot.since_sealing import PastChange, since_sealing
from playbook.analysis.pilot.told import plain
from playbook.assessing.workbook import Workbook
from playbook.framework import Framework
from playbook.model import Assessment, InputError, Level, Sheet, Value, Verdict, Worksheet
from playbook.model.wording import Words
from playbook.report.act_gate.pilot import focus_of, pilot_in
from playbook.report.focus.shared import alpha_of
from playbook.report.pathway import Mark
from playbook.report.weekly.runs import WeeklyRun
from playbook.worksheet.figures import figure, whole_percent
from playbook.worksheet.kinds import choice_labels
from playbook.worksheet.kinds.date import written_date
from playbook.worksheet.time_series import WEEK, monday_of

if TYPE_CHECKING:
    from playbook.analysis.pilot.verdicts import PilotVerdict


LEVELS = ("started", "mattered")
RESULTS: Mapping[str, Verdict] = {
    "too_early": Level.UNKNOWN,
    "not_met": Level.FAIL,
    "met": Level.PASS,
}
"""How a criterion may stand; the first of these that one has is its level's."""
STANDING: Mapping[str, Verdict] = {
    "ruled_out": Level.PASS,
    "unlikely": Level.PASS,
    "in_part": Level.WARN,
}
"""What is left of another explanation; one that is not ruled out is open."""


@dataclass(frozen=True, slots=True)
class GroupWeeks:
    """A group's weeks of the measure that decides, and in words when it started."""

    run: WeeklyRun
    start: str


@dataclass(frozen=True, slots=True)
class WhatWasFound:
    """What the program found, in sentences; `metric` is what was promised to move.

    `grade` says how strong the evidence is, `verdict` what the lot allows to be said, `rule` what
    the sealed rule says to it; `groups` are the weeks of those that were compared.
    """

    metric: str
    grade: str
    verdict: tuple[str, ...]
    rule: str
    deviations: tuple[str, ...]
    groups: tuple[GroupWeeks, ...] = ()


def result_of(workbook: Workbook) -> WhatWasFound | None:
    """The result of the pilot; None while no promise is sealed and whole. Before its day, and while
    nobody has opened it, that is said and nothing else."""
    from playbook.analysis.pilot import pilot_shows  # late: numpy

    entry, words = focus_of(workbook), workbook.framework.words
    if entry is None:
        return None
    pilot, thresholds = pilot_in(entry), workbook.framework.threshold_values
    if pilot.sealed is None:
        return None
    history = (
        PastChange(it.at, it.field, it.value, it.kind == "erased") for it in workbook.history(entry)
    )
    since = since_sealing(history, pilot, thresholds["figure_settled_days"])
    try:
        found = pilot_shows.result_of(pilot, alpha_of(pilot, thresholds), since)
    except InputError:
        return None
    if found is None:
        return None
    strength = words.text(
        "evidence.grade.scale",
        grade=words.text(f"evidence.grade.{found.design.grade.name.lower()}"),
        rank=int(found.design.grade),
    )
    promise, opened = found.promise, pilot.promised.get("opened_on")
    if workbook.today < promise.opens_on and not opened:
        told = {"day": written_date(promise.opens_on, words), "opener": promise.opener.rstrip(".")}
        waits = words.text("act_result.waits", **told)
        return WhatWasFound(promise.metric, strength, (waits,), "", ())
    key = sealed_rule(promise, found.verdict) or "none"
    differs = tuple(_deviation(it, words) for it in found.deviations)
    return WhatWasFound(
        promise.metric,
        strength,
        tuple(_verdict(found.verdict, promise.unit, words)),
        words.text(f"evidence.rule.{key}"),
        differs or (words.text("evidence.deviation.none"),),
        tuple(_groups(pilot, promise, words)),
    )


def _groups(pilot: Pilot, promise: PilotPromise, words: Words) -> Iterator[GroupWeeks]:
    """Who started first comes first; only where groups are compared."""
    drawn = {plain(name): start for name, start in promise.starts.items()}
    primary = str(pilot.promised.get("primary", ""))
    charts = [it for it in pilot.charts if it.weeks.measure.id == primary]
    own = [it for it in charts if plain(it.weeks.group) in drawn]
    order = in_order(drawn.values())
    for it in sorted(own, key=lambda it: order.index(drawn[plain(it.weeks.group)])):
        start = drawn[plain(it.weeks.group)]
        if start is None:
            yield GroupWeeks(WeeklyRun(it, None), words.text("act_result.starts_never"))
            continue
        day = monday_of(promise.pilot_from) + start * WEEK
        told = {"week": start + 1, "day": written_date(day, words)}
        run = WeeklyRun(it, it.weeks.place(day))
        yield GroupWeeks(run, words.text("act_result.starts", **told))


def _verdict(said: PilotVerdict, unit: str, words: Words) -> Iterator[str]:
    """The outcome in a sentence, then the estimate with its range."""
    if said.outcome == "none possible":
        why = words.text(
            f"evidence.verdict.{said.why.replace(' ', '_')}", alpha=_one_in(said.alpha, words)
        )
        yield words.text("evidence.verdict.none_possible", why=why)
    else:
        key = said.outcome.replace(" ", "_")
        yield words.text(f"evidence.verdict.{key}", p=whole_percent(said.p or 0.0))
    if said.estimate is None:
        return
    unit = words.text("act_result.points") if unit == "%" else unit
    estimate = figure(round(said.estimate, 1), unit)
    if said.low is None or said.high is None:
        yield words.text("evidence.verdict.estimate_alone", estimate=estimate)
    else:
        low, high = (figure(round(end, 1), unit) for end in (said.low, said.high))
        yield words.text("evidence.verdict.estimate", estimate=estimate, low=low, high=high)


def _one_in(share: float, words: Words) -> str:
    return words.text("act_result.one_in", count=round(1 / share))


# --------------------------------------------------------------------------- the two levels, rivals


@dataclass(frozen=True, slots=True)
class Told:
    """A level of success, or an explanation: its name, how it stands, and what is said of it."""

    name: str
    mark: Mark | None
    said: str


def levels(worksheet: Worksheet, sheet: Sheet, words: Words) -> list[Told]:
    """Both levels, each with how many criteria are met, not met, too early; none of them where no
    criterion has a level."""
    labels = choice_labels(sheet.question("result", "criteria"), words)
    found = []
    for level in LEVELS:
        rows = [row.answers for row in worksheet.rows("criteria")]
        results = [str(row.get("result", "")) for row in rows if row.get("level") == level]
        counts = {name: results.count(name) for name in RESULTS}
        counts["open"] = len(results) - sum(counts.values())
        told = [words.text(f"act_result.count.{name}", count=n) for name, n in counts.items() if n]
        said = words.text("act_result.of", count=len(results), told=", ".join(told))
        state = next((it for it in ("open", *RESULTS) if counts[it]), "open")
        mark = Mark(RESULTS[state], labels[state]) if state in RESULTS else None
        none = words.text("act_result.no_criterion")
        found.append(Told(words.text(f"act_result.head.{level}"), mark, said if results else none))
    return found if any(row.answers.get("level") for row in worksheet.rows("criteria")) else []


def rivals(worksheet: Worksheet, sheet: Sheet, words: Words) -> list[Told]:
    """Other explanations, each with what is left of it and what shows that."""
    labels = choice_labels(sheet.question("standing", "rivals"), words)
    found = []
    for row in worksheet.rows("rivals"):
        name, standing = row.answers.get("rival"), str(row.answers.get("standing", ""))
        if name:
            level: Verdict = STANDING.get(standing, Level.UNKNOWN)
            mark = Mark(level, labels.get(standing, words.text("act_result.unlooked")))
            found.append(Told(str(name), mark, str(row.answers.get("rival_why", ""))))
    return found


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """The levels and the other explanations of a gate's worksheet, a sentence each."""
    words = framework.words
    found = [("line", it) for it in levels(worksheet, sheet, words)]
    found += [("rival", it) for it in rivals(worksheet, sheet, words)]
    told = [
        words.text(
            f"pilot_result.{key}", name=it.name, mark=it.mark.word if it.mark else "", said=it.said
        )
        for key, it in found
    ]
    return [" ".join(one.replace(" .", "").split()) for one in told]


# --------------------------------------------------------------------------- deviations


def _deviation(it: Deviation, words: Words) -> str:
    what = words.group("act_result.part").get(it.what, it.what)
    sealed, now = (_plain(value, words) for value in (it.sealed, it.now))
    key = it.kind.replace(" ", "_")
    return words.text(f"evidence.deviation.{key}", what=what, sealed=sealed, now=now)


def _plain(value: object, words: Words) -> str:
    """A sealed value as people read it; weeks count from 1."""
    if isinstance(value, date):
        return written_date(value, words)
    if isinstance(value, Grade):
        return words.text(f"evidence.grade.{value.name.lower()}")
    if value is None:
        return words.text("act_result.never")
    return str(value)


# --------------------------------------------------------------------------- predictions


def predictions(worksheet: Worksheet, words: Words) -> tuple[str, ...]:
    """How often sealed predictions of the gate came true, of five people or more; below that the
    sentence why nothing is shown, and nothing where none is decided."""
    told = [
        Prediction(str(row["foretold_by"]), float(str(row["foretold_share"])) / 100, came)
        for row in _foretold(worksheet)
        if (came := {"yes": True, "no": False}.get(str(row.get("came_true")))) is not None
    ]
    found = group_calibration(told)
    if found is None:
        return (words.text("evidence.calibration.hidden"),) if told else ()
    lines = [
        words.text(
            "evidence.calibration.group",
            said=whole_percent(band.said),
            came_true=band.came_true,
            times=band.times,
        )
        for band in found.bands
    ]
    return (*lines, words.text("act_result.brier", brier=f"{found.brier:.2f}"))


def _foretold(worksheet: Worksheet) -> Iterator[Mapping[str, Value]]:
    """Sealed predictions that say who foretold what, and how likely."""
    needed = {"foretold_by", "foretold_share", "foretold_sealed"}
    for row in worksheet.rows("predictions"):
        if row.answers.keys() >= needed:
            yield row.answers


def told(
    result: WhatWasFound | None, worksheet: Worksheet | None, words: Words
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each part that says something, behind levels and verdict: its heading and its sentences.
    `worksheet` is the gate's."""
    found: dict[str, tuple[str, ...]] = {}
    if result:
        found |= {
            "rule": (result.rule,) if result.rule else (),
            "grade": (result.grade,),
            "deviations": result.deviations,
        }
    if worksheet:
        found["predictions"] = predictions(worksheet, words)
    for part, said in found.items():
        if said:
            yield words.text(f"act_result.head.{part}"), said
