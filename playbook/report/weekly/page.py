"""One page that a workgroup runs its weekly 30 minutes from, gathered from the sheets of Act.

Nothing is answered here: each part leads to the field that changes it. A verdict is the word of the
sheet that says it, as home and gate have it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from playbook.analysis.pilot.record import Pilot
from playbook.analysis.pilot.told import plain
from playbook.assessing.workbook import Entry, Workbook
from playbook.model import Sheet, Value
from playbook.model.wording import Words
from playbook.report.act_gate.pilot import focus_of, pilot_in
from playbook.report.focus.charts import luck_text
from playbook.report.obstacles.board import obstacles_in
from playbook.report.pathway import SheetState, at_field, href_of, stage_work
from playbook.report.steps import NextStep
from playbook.report.weekly.freed import freed_in_group
from playbook.report.weekly.moves import ActMove, four_moves
from playbook.report.weekly.parts import (
    Column,
    Drawn,
    InTheWay,
    LastAction,
    Practice,
    Said,
    WeeklyPage,
)
from playbook.report.weekly.reviews import pilot_days, review_days
from playbook.report.weekly.runs import run_alt, run_says, runs_of_group
from playbook.worksheet.figures import figure
from playbook.worksheet.kinds import choice_labels
from playbook.worksheet.kinds.date import written_date
from playbook.worksheet.visibility import visible_answers

STAGE = "act"
COLUMNS = {
    "provoke": ("question", "contexts", "friction"),
    "propel": ("outcome", "action", "trajectory"),
    "pull": ("reflect", "potential", "repair"),
}
"""The nine practices as they are drawn; which belongs to which column is unverified."""

IN_USE = {"trying": "→", "steady": "↗", "adapted": "↗"}
CONNECTED = ("within", "across", "outside", "customers")
OLD = "obstacle_sponsor_days"


def weekly_page(workbook: Workbook, group: str = "", today: date | None = None) -> WeeklyPage:
    """The page of a group; of the one whose check-ins count, where none is named or known."""
    return _Page(workbook, today or workbook.today).page(group)


@dataclass
class _Page:
    workbook: Workbook
    today: date

    def page(self, wanted: str) -> WeeklyPage:
        focus = focus_of(self.workbook)
        pilot = pilot_in(focus) if focus else None
        groups = _groups(pilot) if pilot else ()
        practices = self._practices(wanted)
        group = self._group(wanted, groups, practices)
        told = _answers(practices)
        stage = next(one for one in self.workbook.framework.stages if one.id == STAGE)
        state = stage_work(stage, self.workbook, listed=False)
        freed, (connections, customers) = (
            freed_in_group(self.workbook, focus, group),
            self._connections(),
        )
        sheets = (*state.musts, *state.supporting) if state else ()
        return WeeklyPage(
            title=self._title(group),
            day=written_date(self.today, self.words),
            group=group,
            groups=groups,
            note=practices.note if practices else "",
            outcome=self._said(practices, told, "outcome"),
            question=self._said(practices, told, "question"),
            mark=state.mark if state else None,
            text=state.text if state else self.say("not_begun"),
            sheets=sheets,
            next=_next(sheets) if state else self._begin(),
            charts=tuple(self._charts(focus, pilot, group)),
            luck=luck_text(pilot, self.workbook.framework.words) if pilot else "",
            columns=tuple(self._columns(practices)),
            freed=freed,
            connections=connections,
            customers=customers,
            problems=tuple(self._problems(focus)),
            obstacles=tuple(self._obstacles()),
            sponsor=self.say("obstacle.sponsor", days=self._old),
            action=self._action(practices),
            moves=self._moves(practices),
            review=self._review(),
            hrefs=self._hrefs(practices),
        )

    # -- what is there

    @property
    def words(self) -> Words:
        return self.workbook.framework.words

    @property
    def _old(self) -> int:
        return round(self.workbook.framework.threshold_values[OLD])

    def say(self, key: str, **told: object) -> str:
        return self.words.text(f"weekly.{key}", **told)

    def _sheet(self, name: str) -> Sheet | None:
        return self.workbook.framework.sheets.get(name)

    def _entry(self, name: str) -> Entry | None:
        sheet = self._sheet(name)
        return self.workbook.current(sheet) if sheet else None

    def _practices(self, group: str) -> Entry | None:
        """The check-ins of the group whose name the worksheet has, else those that count."""
        wanted = plain(group)
        own = (
            self.workbook.entries("practices", lambda name: wanted in plain(name)) if group else []
        )
        mine = [entry for entry in own if not entry.example] or own
        return mine[0] if mine else self._entry("practices")

    def _group(self, wanted: str, groups: tuple[str, ...], practices: Entry | None) -> str:
        if wanted in groups:
            return wanted
        name = plain(practices.info.name) if practices else ""
        return next((one for one in groups if plain(one) in name), groups[0] if groups else "")

    def _title(self, group: str) -> str:
        name, (first, last) = group or self.say("pilot"), pilot_days(self.workbook)
        if first is None or self.today < first:
            return self.say("before", group=group) if group else self.say("before_all")
        week = (self.today - first).days // 7 + 1
        if last is None:
            return self.say("week", group=name, week=week)
        weeks = (last - first).days // 7 + 1
        return self.say("week_of", group=name, week=min(week, weeks), weeks=weeks)

    def _begin(self) -> NextStep | None:
        """The first sheet of the stage, while nobody has begun."""
        stages = (stage for stage in self.workbook.framework.stages if stage.id == STAGE)
        ids = (one for stage in stages for one in stage.sheets)
        first = next((found for one in ids if (found := self._sheet(one))), None)
        if first is None:
            return None
        return NextStep(self.say("begin", sheet=first.title), href_of(first, ""))

    def _said(self, entry: Entry | None, told: Mapping[str, Value], question: str) -> Said:
        return Said(str(told.get(question, "")), self._at("practices", question, entry))

    def _at(self, sheet: str, field: str, entry: Entry | None = None) -> str:
        """The address of a field of a sheet, on the worksheet that counts or on that one."""
        found = self._sheet(sheet)
        if found is None:
            return ""
        entry = entry or self._entry(sheet)
        return at_field(href_of(found, entry.info.id if entry else ""), field)

    def _hrefs(self, practices: Entry | None) -> dict[str, str]:
        return {
            "measures": self._at("focus", "measures//measure"),
            "practices": self._at("practices", "practices//version", practices),
            "time": self._at("focus", "hours//person"),
            "connections": self._at("connect", "connections//partner"),
            "problems": self._at("focus", "problems//problem"),
            "obstacles": self._at("obstacles", "obstacles//what"),
            "action": self._at("practices", "check_ins//week", practices),
        }

    # -- its parts

    def _charts(self, entry: Entry | None, pilot: Pilot | None, group: str) -> Iterator[Drawn]:
        for run in runs_of_group(pilot, group) if pilot else ():
            href = self._at("focus", run.field, entry)
            yield Drawn(run, run_says(run, self.words), run_alt(run, self.words), href)

    def _columns(self, entry: Entry | None) -> Iterator[Column]:
        sheet = self._sheet("practices")
        if sheet is None:
            return
        names = choice_labels(sheet.question("which", "practices"), self.words)
        rows = {str(told.get("which")): (row, told) for row, told in _rows(entry, "practices")}
        for column, practices in COLUMNS.items():
            told = tuple(self._practice(names[one], rows.get(one), entry) for one in practices)
            yield Column(self.say(f"column.{column}"), told)

    def _practice(
        self, name: str, found: tuple[str, Mapping[str, Value]] | None, entry: Entry | None
    ) -> Practice:
        if found is None:
            href = self._at("practices", "practices//version", entry)
            return Practice(name, "", self.say("practice.none"), "", href)
        row, told = found
        state = str(told.get("state", "trying"))
        href = self._at("practices", f"practices/{row}/version", entry)
        own = str(told.get("version", ""))
        return Practice(name, own, self.say(f"practice.{state}"), IN_USE.get(state, ""), href)

    def _connections(self) -> tuple[tuple[tuple[str, int], ...], str]:
        """How many connections of each kind there are, and what is said of customers."""
        entry = self._entry("connect")
        numbers = entry.assessment.numbers if entry else {}
        counts = tuple(
            (self.say(f"connection.{kind}"), round(numbers[f"connections_{kind}"]))
            for kind in CONNECTED
            if f"connections_{kind}" in numbers
        )
        hours = numbers.get("customer_hours")
        said = "" if hours is None else self.say("connection.hours", hours=figure(round(hours, 1)))
        if counts and not numbers.get("connections_customers"):
            said = self.say("connection.no_customers")
        return counts, said

    def _problems(self, entry: Entry | None) -> Iterator[tuple[str, str]]:
        for _, told in _rows(entry, "problems"):
            state = str(told.get("state", ""))
            if told.get("problem") and state:
                why = str(told.get("dropped_why", self.say("obstacle.open"))).rstrip(".")
                yield str(told["problem"]), self.say(f"problem.{state}", why=why)

    def _obstacles(self) -> Iterator[InTheWay]:
        entry = self._entry("obstacles")
        found = obstacles_in(entry.worksheet, self.today) if entry else ()
        still = [one for one in found if one.is_open and one.what]
        for one in sorted(still, key=lambda it: -(it.age or 0)):
            none = self.say("obstacle.open")
            yield InTheWay(
                what=one.what,
                cover=one.cover or none,
                fix=one.fix or none,
                owner=one.owner or none,
                age=self._age(one.age),
                old=one.is_sponsors(self._old),
                href=self._at("obstacles", f"obstacles/{one.row}/what", entry),
            )

    def _age(self, days: int | None) -> str:
        if days is None:
            return self.say("obstacle.no_age")
        return self.say("obstacle.day" if days == 1 else "obstacle.days", days=days)

    def _action(self, entry: Entry | None) -> LastAction | None:
        rows = [(row, told) for row, told in _rows(entry, "check_ins") if told.get("action")]
        if entry is None or not rows:
            return None
        row, told = max(rows, key=lambda one: str(one[1].get("week", "")))
        week, due = (_written(told.get(name), self.words) for name in ("week", "due"))
        text = self.say(
            "action.last",
            day=week or self.say("action.no_day"),
            what=str(told["action"]).rstrip("."),
            who=str(told.get("who") or self.say("action.no_owner")).rstrip("."),
            due=due or self.say("action.no_day"),
        )
        place = f"check_ins/{row}"
        href = self._at("practices", f"{place}/action", entry)
        return LastAction(text, bool(told.get("done")), href, entry.info.id, f"{place}/done")

    def _moves(self, practices: Entry | None) -> tuple[ActMove, ...]:
        """The group's own check-ins stand for the sheet of practices."""
        own = {"practices": practices}

        def entry(sheet: str) -> Entry | None:
            return own[sheet] if sheet in own else self._entry(sheet)

        def at(sheet: str, field: str) -> str:
            return self._at(sheet, field, own.get(sheet))

        return four_moves(entry, at, self.words)

    def _review(self) -> str:
        coming = [day for _, day in review_days(self.workbook) if day >= self.today]
        return self.say("next_review", day=written_date(coming[0], self.words)) if coming else ""


def _groups(pilot: Pilot) -> tuple[str, ...]:
    """The groups with figures, in the promise's order, then as listed."""
    counted = dict.fromkeys(it.group for it in pilot.weeks if it.group)
    named = [one for one in pilot.groups if one in counted]
    return (*named, *(one for one in counted if one not in named))


def _answers(entry: Entry | None) -> Mapping[str, Value]:
    return visible_answers(entry.sheet, entry.worksheet) if entry else {}


def _rows(entry: Entry | None, table: str) -> list[tuple[str, Mapping[str, Value]]]:
    if entry is None:
        return []
    return [
        (row.id, visible_answers(entry.sheet, entry.worksheet, table, row))
        for row in entry.worksheet.rows(table)
    ]


def _next(sheets: tuple[SheetState, ...]) -> NextStep | None:
    """The step of the sheet that is least far: what stops, then what lacks, then what waits."""
    order = {"fail": 0, "unknown": 1, "warn": 2}
    open_ones = [one for one in sheets if one.next and one.mark.level.value in order]
    first = min(open_ones, key=lambda one: order[one.mark.level.value], default=None)
    if first is None or first.next is None:
        return None
    return replace(first.next, href=first.next.href or first.href)


def _written(value: Value | None, words: Words) -> str:
    return written_date(date.fromisoformat(value), words) if isinstance(value, str) else ""
