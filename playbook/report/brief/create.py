"""What the page of Create works out: who is freed, the groups and why each was made, supervisors,
guardrails, the first days, and how much is prepared.

It knows people as the sheets do: by role or code, told only where private answers are. It has no
score and no figure for one person: hours and views are those of many together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from playbook.analysis.capacity import Share
from playbook.assessing.workbook import Entry
from playbook.model import Value
from playbook.report.answers import shown
from playbook.report.brief.brief import Hours
from playbook.report.brief.facts import Facts, Item, Lists, Pictures, Texts
from playbook.report.capacity.hours import (
    FLOOR,
    HoursPlan,
    hours_plan,
    people_named,
    summary,
    team_of,
)
from playbook.report.expectations.programme import ProgrammeDay, clock, programme
from playbook.report.workgroups.board import (
    Board,
    board_of,
    missing_sentence,
    missing_views,
    rules_on,
)
from playbook.report.workgroups.columns import DIFFERENCES
from playbook.worksheet.figures import figure, whole_percent
from playbook.worksheet.kinds import choice_labels

LEVERS = {"stop": "stopped", "simplify": "simplified", "automate": "automated", "relax": "relaxed"}
"""What becomes of a task's hours, by what was decided; what is left changes hands or stays."""

GUARDED, OPEN = "guardrails", ("none", "dont_know")
"""What guardrails are about, and the answers that name nothing."""

AGREED = ("yes", "partly", "no")
ROUNDING = 0.05
DAY_PARTS = 4
"""So many parts of a day are told."""


@dataclass(frozen=True)
class Create(Facts):
    """The figures of capacity, workgroups, supervisors, expectations and their gate."""

    @property
    def texts(self) -> Texts:
        """Figures by name."""
        return {
            "group_people": self.group_people,
            "group_count": self.group_count,
            "freed_people": self.freed_people,
            "freed": self.freed,
            "freed_hours": self.freed_hours,
            "taken_over": self.taken_over,
            "group_differences": self.group_differences,
            "guards_reviewed": self.guards_reviewed,
            "all_settled": self.all_settled,
        }

    @property
    def lists(self) -> Lists:
        """Lists by name."""
        return {
            "groups": self.groups,
            "group_rules": self.group_rules,
            "freed_rows": self.freed_rows,
            "supervisors": self.supervisors,
            "guards": self.guards,
            "days": self.days,
            "critical": self.critical,
        }

    @property
    def pictures(self) -> Pictures:
        """Pictures by name."""
        return {"hours": self.hours}

    # -- who is freed

    @cached_property
    def _plan(self) -> HoursPlan | None:
        entry = self.entry("capacity")
        if entry is None:
            return None
        framework = self.workbook.framework
        return hours_plan(entry.sheet, entry.worksheet, entry.assessment, framework)

    @cached_property
    def _freed(self) -> tuple[Share, ...]:
        shares = self._plan.allocation.shares if self._plan else ()
        return tuple(one for one in shares if one.freed)

    def freed_people(self) -> str | None:
        return self._people(sum(one.people for one in self._freed))

    def freed(self) -> str | None:
        """How many are freed, in the sheet's own sentence."""
        return summary(self._plan, self.workbook.framework)[0] if self._plan else None

    def freed_hours(self) -> str | None:
        """Their free hours a week in all, and where each of them comes from."""
        free = sum(one.people * (one.contract - one.after) for one in self._freed)
        if free <= 0:
            return None
        found = sorted(self.hours_by_source().items(), key=lambda one: -one[1])
        told = [
            self.say(f"hours.{name}", hours=figure(round(hours, 1)))
            for name, hours in found
            if round(hours, 1)
        ]
        whole = figure(round(free, 1))
        if abs(sum(hours for _, hours in found) - free) > ROUNDING:
            return self.say("hours.free_alone", hours=whole)  # some have more tasks than hours
        return self.say("hours.free", hours=whole, sources=self._listed(told))

    def hours_by_source(self) -> dict[str, float]:
        """Hours a week of all who are freed, by what frees them; “unfilled” has no task today."""
        entry, found = self.entry("capacity"), defaultdict[str, float](float)
        if entry is None:
            return {}
        people = Counter[str]()
        for one in self._freed:
            people[one.person] += one.people
            found["handed"] += one.people * sum(hours for _, hours in one.gives)
            found["unfilled"] += one.people * max(one.contract - one.today, 0.0)
        decided = {row: str(told.get("triage", "")) for row, told in self.rows("capacity", "tasks")}
        for task in team_of(entry.sheet, entry.worksheet).tasks:
            if source := LEVERS.get(decided[task.id]):
                found[source] += people[task.doer] * float(task.hours - task.left)
        return dict(found)

    def taken_over(self) -> str | None:
        """Who takes tasks over, where nobody of them has more tasks than hours."""
        shares = self._plan.allocation.shares if self._plan else ()
        takers = [one for one in shares if one.takes]
        if not takers or any(one.after > one.contract for one in takers):
            return None
        fullest = max(one.after / one.contract for one in takers)
        people = sum(one.people for one in takers)
        return self.say("taken_over", people=people, share=whole_percent(fullest))

    def freed_rows(self) -> list[Item]:
        """Who is freed by role or code, with their hours, as one item: {names}; private."""
        entry, plan = self.entry("capacity"), self._plan
        if entry is None or plan is None or not self._freed:
            return []
        framework = self.workbook.framework
        told = [
            self.say(
                "freed_row",
                name=people_named(plan, one, framework),
                free=figure(round(one.contract - one.after, 1)),
                contract=figure(one.contract),
            )
            for one in self._freed
        ]
        source = self.origin(entry, f"people/{self._freed[0].person}/who")
        return [Item({"names": "; ".join(told)}, {"names": source}, frozenset({"names"}))]

    def hours(self) -> Hours | None:
        """The free share of all hours of those who are freed, beside the share that is needed."""
        contracted = sum(one.people * one.contract for one in self._freed)
        if not contracted:
            return None
        after = sum(one.people * one.after for one in self._freed)
        free, limit = 1 - after / contracted, self.workbook.framework.threshold_values[FLOOR]
        told = {"free": whole_percent(free), "limit": whole_percent(limit)}
        told["kept"] = whole_percent(1 - free)
        return Hours(free, limit, self.say("hours_alt", **told))

    # -- the groups

    @cached_property
    def _board(self) -> Board | None:
        entry = self.entry("workgroups")
        board = board_of(entry.sheet, entry.worksheet, self.words) if entry else None
        return board if board and any(board.groups) else None

    def group_people(self) -> str | None:
        placed = sum(number is not None for number in self._board.groups) if self._board else 0
        return self._people(placed)

    def _people(self, count: int) -> str | None:
        if not count:
            return None
        return self.say("person" if count == 1 else "people", count=count)

    def group_count(self) -> str | None:
        count = len(set(self._board.groups) - {None}) if self._board else 0
        if not count:
            return None
        return self.say("group" if count == 1 else "groups", count=count)

    def groups(self) -> list[Item]:
        """Each group: how many people, what it is for, and whose view is missing: {number, people,
        outcome, missing, codes}; codes are private."""
        board, entry = self._board, self.entry("workgroups")
        if board is None or entry is None:
            return []
        outcomes, missing = self.rows("workgroups", "groups"), missing_views(board)
        found = []
        for number in range(1, board.count + 1):
            size = board.groups.count(number)
            if not size:
                continue
            row, told = outcomes[number - 1] if number <= len(outcomes) else ("", {})
            said = {
                "number": str(number),
                "people": self._people(size) or "",
                "outcome": str(told.get("outcome", "")),
                "missing": missing_sentence(missing[number], self.words),
            }
            here = [at for at, it in enumerate(board.groups) if it == number]
            said["codes"] = ", ".join(board.roster.names[at] for at in here)
            field = f"people/{board.rows[here[0]]}"
            sources = {
                "codes": self.origin(entry, f"{field}/code"),
                "missing": self.origin(entry, f"{field}/area"),
            }
            if row:
                sources["outcome"] = self.origin(entry, f"groups/{row}/outcome")
            found.append(Item(said, sources, frozenset({"codes"})))
        return found

    def group_differences(self) -> str | None:
        """What people of a group differ in on purpose; never who differs from whom."""
        board = self._board
        if board is None or self.answers("workgroups").get("formed") != "different":
            return None
        differing = {one.column for one in board.compared.attributes}
        names = [board.titles[one] for one in DIFFERENCES if board.titles[one] in differing]
        told = self._listed([name[:1].lower() + name[1:] for name in names])
        return self.say("differences", names=told) if told else None

    def group_rules(self) -> list[Item]:
        """The rules that the groups keep, with their reasons: {rule, because}; one that names
        people is private."""
        board, entry = self._board, self.entry("workgroups")
        if board is None or entry is None:
            return []
        return [
            Item(
                {"rule": one.text, "because": one.because},
                {
                    "rule": self.origin(entry, f"rules/{one.row}/kind"),
                    "because": self.origin(entry, f"rules/{one.row}/because"),
                },
                frozenset({"rule", "because"} if "people" in one.written else ()),
            )
            for one in rules_on(entry.worksheet, board, self.words)
            if not one.problem
        ]

    # -- supervisors and guardrails

    def supervisors(self) -> list[Item]:
        """Each supervisor: {who, agreed, focus}; what is said of how they are stays out."""
        entry = self.entry("supervisors")
        found = []
        for row, told in self.rows("supervisors", "supervisors"):
            if entry and told.get("who"):
                said = {
                    "who": str(told["who"]),
                    "agreed": self._agreed(told),
                    "focus": str(told.get("focus_on", "")),
                }
                fields = {"who": "who", "focus": "focus_on"}
                sources = {
                    blank: self.origin(entry, f"supervisors/{row}/{name}")
                    for blank, name in fields.items()
                }
                found.append(Item(said, sources))
        return found

    def _agreed(self, told: Mapping[str, Value]) -> str:
        agreed, day = told.get("agreed"), self.day(told.get("agreed_on"))
        if agreed not in AGREED:
            return self.say("agreed.open")
        if agreed == "yes" and day:
            return self.say("agreed.on", day=day)
        return self.say(f"agreed.{agreed}")

    def guards(self) -> list[Item]:
        """Each guardrail: {may, guard, review}; the day only where not all have the same.

        Where none is written down by itself, what they are about."""
        entry, rows = self.entry("expectations"), self.rows("expectations", "guards")
        if entry and not any(told.get("guard") for _, told in rows):
            return self._guards_known(entry)
        same = self.guards_reviewed() is not None
        found = []
        for row, told in rows:
            if entry and told.get("guard"):
                asked = entry.sheet.question("guard_may", "guards")
                may, day = told.get("guard_may"), self.day(told.get("guard_review"))
                said = {
                    "guard": str(told["guard"]),
                    "may": shown(asked, may, self.words) if may else "",
                    "review": "" if same else day or self.say("no_review"),
                }
                found.append(Item(said, {"guard": self.origin(entry, f"guards/{row}/guard")}))
        return found

    def _guards_known(self, entry: Entry) -> list[Item]:
        clear = self.answers("expectations").get(GUARDED)
        labels = choice_labels(entry.sheet.question(GUARDED), self.words)
        named = [labels[one] for one in clear or () if one not in OPEN]
        if not named:
            return []
        said = {"guard": self.say("guards_known", names=", ".join(named)), "may": "", "review": ""}
        return [Item(said, {"guard": self.origin(entry, GUARDED)})]

    def guards_reviewed(self) -> str | None:
        """The one day on which all guardrails are looked at again."""
        rows = [told for _, told in self.rows("expectations", "guards") if told.get("guard")]
        if not rows:
            return self.day(self.answers("expectations").get("guard_look")) or None
        days = {self.day(told.get("guard_review")) for told in rows}
        return days.pop() or None if len(days) == 1 else None

    # -- the first days

    def days(self) -> list[Item]:
        """Each of the first days: {day, from, to, parts}, with the longest parts in their order."""
        entry = self.entry("expectations")
        if entry is None:
            return []
        days = programme(entry.sheet, entry.worksheet, self.words).days
        return [self._day(entry, day) for day in days]

    def _day(self, entry: Entry, day: ProgrammeDay) -> Item:
        led = [part for part in day.parts if part.who] or list(day.parts)  # nobody leads a break
        longest = sorted(led, key=lambda part: part.begins - part.ends)[:DAY_PARTS]
        told = {
            "day": day.name,
            "from": clock(day.parts[0].begins, self.words),
            "to": clock(day.parts[-1].ends, self.words),
            "parts": "; ".join(part.what.rstrip(".") for part in led if part in longest),
        }
        return Item(told, {"parts": self.origin(entry, f"programme/{day.parts[0].row}/activity")})

    # -- how much is prepared

    def critical(self) -> list[Item]:
        """What is critical now, as one item: {names}."""
        entry = self.entry("create_gate")
        rows = [
            (row, str(told["preparation"]).rstrip("."))
            for row, told in self.rows("create_gate", "preparations")
            if told.get("prepare_when") == "now" and told.get("preparation")
        ]
        if entry is None or not rows:
            return []
        source = self.origin(entry, f"preparations/{rows[0][0]}/preparation")
        return [Item({"names": "; ".join(name for _, name in rows)}, {"names": source})]

    def all_settled(self) -> str | None:
        if self.open_points or self.answers("create_gate").get("unsettled"):
            return None
        return self.say("nothing_open")

    def _listed(self, told: Sequence[str]) -> str:
        """“a, b and c”."""
        if len(told) < 2:  # noqa: PLR2004 - a list of one needs no “and”
            return "".join(told)
        return self.say("and", first=", ".join(told[:-1]), last=told[-1])
