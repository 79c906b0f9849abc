"""What the sponsor page works out: the one request, what the groups moved, the time that was
protected, promises, obstacles that wait for the sponsor, dates.

People appear as groups. No code of a volunteer is told here, also where somebody typed one, and no
figure is about one person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from playbook.analysis.obstacles import Obstacle
from playbook.analysis.pilot.record import Pilot
from playbook.analysis.pull_back import FreedWeeks, freed_weeks
from playbook.report.act_gate.pilot import focus_of, pilot_in
from playbook.report.brief.brief import Hours, Origin, Runs
from playbook.report.brief.facts import Facts, Item, Lists, Pictures, Texts
from playbook.report.focus.charts import luck_text
from playbook.report.obstacles.board import obstacles_in
from playbook.report.weekly.reviews import pilot_dates, pilot_days, review_days
from playbook.report.weekly.runs import WeeklyRun, run_alt, run_says, runs_of_all
from playbook.worksheet.figures import figure, whole_percent
from playbook.worksheet.kinds.date import written_date

FLOOR = "capacity_floor_share"
OLD = "obstacle_sponsor_days"
LEAST = 5
"""What is said of people's hours is said of five or more."""

SHOWN = 3
"""So many charts stand side by side."""

CODES = (
    ("workgroups", "people", "code"),
    ("focus", "hours", "person"),
    ("act_gate", "predictions", "foretold_by"),
)
"""Where codes of people are answered."""

_LOOKS_LIKE_A_CODE = re.compile(r"\b[A-Z]{1,2}\d{1,3}\b")


@dataclass(frozen=True)
class Act(Facts):
    """The figures of the sheets of Act and of their gate."""

    @property
    def texts(self) -> Texts:
        """Figures by name."""
        return {
            "act_week": self.act_week,
            "act_headline": self.act_headline,
            "act_luck": self.act_luck,
            "time_kept": self.time_kept,
            "learned": self.learned,
        }

    @property
    def lists(self) -> Lists:
        """Lists by name."""
        return {
            "requests": self.requests,
            "moved": self.moved,
            "promises_made": self.promises_made,
            "waiting": self.waiting,
            "pilot_dates": self.pilot_dates,
        }

    @property
    def pictures(self) -> Pictures:
        """Pictures by name."""
        return {"runs": self.runs, "freed": self.freed}

    @cached_property
    def _codes(self) -> frozenset[str]:
        """Codes of people, as they are answered anywhere."""
        found = (
            str(told[question]).strip()
            for sheet, table, question in CODES
            for _, told in self.rows(sheet, table)
            if told.get(question)
        )
        return frozenset(filter(None, found))

    def _without_codes(self, text: str) -> str:
        """A text in which nobody is named by a code."""
        somebody = self.say("act.somebody")
        if self._codes:
            known = "|".join(re.escape(one) for one in sorted(self._codes, key=len, reverse=True))
            text = re.sub(rf"(?<!\w)(?:{known})(?!\w)", somebody, text)
        text = _LOOKS_LIKE_A_CODE.sub(somebody, text)
        return text[:1].upper() + text[1:]

    # -- where it stands

    def act_week(self) -> str | None:
        """Which week of the pilot it is."""
        first, last = pilot_days(self.workbook)
        if first is None or self.today < first:
            return None
        week = (self.today - first).days // 7 + 1
        if last is None:
            return self.say("act.week", week=week)
        weeks = (last - first).days // 7 + 1
        return self.say("act.week_of", week=min(week, weeks), weeks=weeks)

    def act_headline(self) -> str | None:
        """What changed and what of the time is at risk: the sponsor reads it first."""
        told = [one for one in self._runs if one.told.chart.settled]
        changed = sum(one.signal for one in told)
        said = []
        if told:
            key = "act.changed" if changed else "act.unchanged"
            said.append(self.say(key, changed=changed, count=len(told)))
        if waiting := len(self._waiting):
            key = "act.waits_one" if waiting == 1 else "act.waits"
            said.append(self.say(key, count=waiting))
        return " ".join(said) or None

    # -- the request

    def requests(self) -> list[Item]:
        """The one request: {ask} with its day where somebody wrote it, else the oldest obstacle."""
        gate, told = self.entry(self.gate.id), self.answers(self.gate.id)
        if gate and told.get("sponsor_ask"):
            ask = self._without_codes(str(told["sponsor_ask"]).rstrip("."))
            by = self.day(told.get("sponsor_by"))
            return [Item({"ask": ask, "by": by}, {"ask": self.origin(gate, "sponsor_ask")})]
        if not self._waiting:
            return []
        oldest = max(self._waiting, key=lambda one: one.age or 0)
        wanted = oldest.fix or self.say("act.move", what=oldest.what)
        ask = self._without_codes(wanted.rstrip("."))
        return [Item({"ask": ask, "why": self._without_codes(oldest.what)}, self._at(oldest))]

    # -- what moved

    @cached_property
    def _pilot(self) -> Pilot | None:
        entry = focus_of(self.workbook)
        return pilot_in(entry) if entry else None

    @cached_property
    def _runs(self) -> tuple[WeeklyRun, ...]:
        return runs_of_all(self._pilot) if self._pilot else ()

    def moved(self) -> list[Item]:
        """Each measure: {measure, figure, says}, as the mean of its groups."""
        entry, found = focus_of(self.workbook), []
        for run in self._runs:
            if run.last is None or entry is None:
                continue
            told = {
                "measure": run.name,
                "figure": figure(round(run.last, 1), run.unit),
                "says": run_says(run, self.words),
            }
            found.append(Item(told, {"measure": self.origin(entry, run.field)}))
        return found

    def act_luck(self) -> str | None:
        """How many charts signalled, and how many luck alone would bring."""
        return (
            luck_text(self._pilot, self.workbook.framework.words) or None if self._pilot else None
        )

    def runs(self) -> Runs | None:
        """The first measures as small charts."""
        shown = [run for run in self._runs if run.last is not None][:SHOWN]
        if not shown:
            return None
        return Runs(tuple(shown), tuple(run_alt(run, self.words) for run in shown))

    # -- time

    @cached_property
    def _freed(self) -> tuple[FreedWeeks, ...]:
        """People's hours in the latest week that is known of anybody."""
        found = freed_weeks(row for _, row in self.rows("focus", "hours"))
        latest = max((one.last[0] for one in found), default=None)
        return tuple(one for one in found if one.last[0] == latest)

    def time_kept(self) -> str | None:
        """How many had their time in the latest week, of five people or more."""
        if len(self._freed) < LEAST:
            return None
        floor = self.workbook.framework.threshold_values[FLOOR]
        kept = sum(one.below(floor) == 0 for one in self._freed)
        day = written_date(self._freed[0].last[0], self.words)
        told = {"count": len(self._freed), "kept": kept, "floor": whole_percent(floor), "day": day}
        return self.say("act.time_all" if kept == len(self._freed) else "act.time", **told)

    def freed(self) -> Hours | None:
        """The free share of all their hours, beside the share that is needed."""
        if len(self._freed) < LEAST:
            return None
        free = sum(one.last[1] for one in self._freed) / len(self._freed)
        limit = self.workbook.framework.threshold_values[FLOOR]
        told = {"free": whole_percent(free), "limit": whole_percent(limit)}
        alt = self.say("hours_alt", kept=whole_percent(1 - free), **told)
        return Hours(min(free, 1.0), limit, alt)

    # -- promises, obstacles, dates

    def promises_made(self) -> list[Item]:
        """What leaders promised, each with its last day: {promise, until}."""
        return list(self._promises())

    def _promises(self) -> Iterator[Item]:
        for sheet, question, key in (
            ("champion", "covers_until", "protection"),
            ("catalyst", "no_cuts_until", "no_cuts"),
        ):
            entry, given = self.entry(sheet), self._decisive(sheet, question)
            if entry and given:
                end = date.fromisoformat(given)
                told = {"promise": self.say(f"act.{key}"), "until": self._left(end)}
                yield Item(told)
        for row, said in self.rows(self.gate.id, "reviews"):
            entry = self.entry(self.gate.id)
            if entry and said.get("review_action"):
                due = said.get("review_due")
                done = bool(said.get("review_done"))
                until = self.say("act.kept") if done else self._due(due)
                told = {"promise": self._without_codes(str(said["review_action"])), "until": until}
                yield Item(told, {"promise": self.origin(entry, f"reviews/{row}/review_action")})

    def _decisive(self, sheet: str, question: str) -> str | None:
        """The answer of the sheet, or of its decisive candidate."""
        entry = self.entry(sheet)
        if entry is None:
            return None
        value = self.answers(sheet).get(question)
        table = entry.sheet.candidates
        if value is None and table:
            rows = dict(self.rows(sheet, table.id))
            value = rows.get(entry.assessment.decisive or "", {}).get(question)
        return value if isinstance(value, str) else None

    def _left(self, end: date) -> str:
        days = (end - self.today).days
        key = "act.until" if days >= 0 else "act.ended"
        return self.say(key, day=written_date(end, self.words), days=days)

    def _due(self, due: object) -> str:
        if not isinstance(due, str):
            return self.say("act.no_day")
        late = date.fromisoformat(due) < self.today
        return self.say("act.late" if late else "act.due", day=self.day(due))

    @cached_property
    def _waiting(self) -> tuple[Obstacle, ...]:
        """Open obstacles that have waited long enough for the sponsor, the oldest first."""
        entry = self.entry("obstacles")
        if entry is None:
            return ()
        days = round(self.workbook.framework.threshold_values[OLD])
        found = obstacles_in(entry.worksheet, self.today)
        old = [one for one in found if one.is_sponsors(days) and one.what]
        return tuple(sorted(old, key=lambda one: -(one.age or 0)))

    def waiting(self) -> list[Item]:
        """What only the sponsor can move: {what, cover, fix, age}."""
        found = []
        for one in self._waiting:
            told = {
                "what": self._without_codes(one.what.rstrip(".")),
                "cover": self._without_codes(one.cover.rstrip(".")),
                "fix": self._without_codes(one.fix.rstrip(".")),
                "age": self.say("act.days", days=one.age),
            }
            found.append(Item(told, self._at(one)))
        return found

    def _at(self, one: Obstacle) -> dict[str, Origin]:
        entry = self.entry("obstacles")
        if entry is None:
            return {}
        named = {"what": "what", "cover": "cover", "fix": "fix", "ask": "fix", "why": "what"}
        place = f"obstacles/{one.row}"
        return {key: self.origin(entry, f"{place}/{name}") for key, name in named.items()}

    def learned(self) -> str | None:
        """What was learned, by the latest review."""
        said = [
            (str(told.get("review_on", "")), str(told["review_learned"]))
            for _, told in self.rows(self.gate.id, "reviews")
            if told.get("review_learned")
        ]
        return self._without_codes(max(said)[1]) if said else None

    def pilot_dates(self) -> list[Item]:
        """The days to come: {day, what}; the next review first."""
        found = [(one.day, one.what) for one in pilot_dates(self.workbook)]
        reviews = [day for _, day in review_days(self.workbook) if day >= self.today]
        _, last = pilot_days(self.workbook)
        if last and last >= self.today:
            found.append((last, self.say("act.ends")))
        later = set(reviews[1:])
        return [
            Item({"day": written_date(day, self.words), "what": what})
            for day, what in sorted(found)
            if day >= self.today and day not in later
        ]
